using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Automation.Connectors.Testing.PromiseRun;

namespace Automation.Connectors.Testing.Promises;

/// <summary>What a connector says about itself must be whole, and true of its configuration.</summary>
internal static partial class ManifestPromises
{
    public static IReadOnlyList<Promise> All { get; } =
    [
        new("manifest_complete", "The manifest is complete and built for this contract.", Always, Complete),
        new("manifest_as_json", "The manifest can be served as JSON.", Always, AsJson),
        new("schema_accepts_text", "Each channel's schema accepts a plain text.", Always, AcceptsText),
        new("defaults_accepted", "Each default of the configuration schema is accepted.", Always, DefaultsAccepted),
        new("unknown_property_refused", "An unknown property of the configuration is refused with its place.", Always, UnknownRefused),
        new("missing_property_refused", "A missing property or secret is refused with its place.", Always, MissingRefused),
    ];

    internal static string? Always(ConnectorRig rig) => null;

    private static Task Complete(PromiseRun run)
    {
        var manifest = run.Rig.Factory.Manifest;
        Expect(Key().IsMatch(manifest.Key), $"Expected a key in lower case with underscores, but got '{manifest.Key}'.");
        Expect(
            manifest.ContractVersion == ConnectorManifest.CurrentContractVersion,
            $"Expected contract {ConnectorManifest.CurrentContractVersion}, but it is built for {manifest.ContractVersion}.");
        Expect(manifest.Channels.Count > 0, "Expected at least one channel, but there is none.");
        Expect(manifest.Channels.Select(c => c.Key).Distinct().Count() == manifest.Channels.Count, "Expected each channel once, but one is there twice.");
        Expect(manifest.Channel(run.Rig.Channel) is not null, $"Expected the channel '{run.Rig.Channel}', but the manifest has none of that name.");
        ExpectName(manifest.Name);
        ExpectName(manifest.Summary);
        foreach (var channel in manifest.Channels)
        {
            ExpectName(channel.Name);
            Expect(channel.Limits is { BatchSizeMax: > 0, BodyBytesMax: > 0 }, $"Expected limits above zero for '{channel.Key}', but one is not.");
            Expect(channel.Limits.MessagesPerSecond is null or > 0, $"Expected a rate above zero for '{channel.Key}', but it is not.");
            Expect(
                channel.Limits.PerContact.All(limit => limit.AtMost > 0 && limit.Per > TimeSpan.Zero),
                $"Expected limits per contact above zero for '{channel.Key}', but one is not.");
        }

        Expect(
            manifest.Receipts != ReceiptDelivery.Push || run.Connector is IReceiptHandler || !run.Rig.SpeaksHttp,
            "Expected a connector whose receipts are pushed to take callbacks, but it does not.");
        Expect(!manifest.HasInbound || run.Connector is IReceiptHandler, "Expected a connector with inbound events to take callbacks, but it does not.");
        return Task.CompletedTask;
    }

    private static Task AsJson(PromiseRun run)
    {
        var json = JsonSerializer.SerializeToElement(run.Rig.Factory.Manifest);
        Expect(json.GetProperty("Key").GetString() == run.Rig.Factory.Manifest.Key, "Expected the key in the JSON, but it is another.");
        Expect(json.GetProperty("ConfigurationSchema").ValueKind == JsonValueKind.Object, "Expected the schema to be an object, but it is not.");
        Expect(json.GetProperty("Idempotency").ValueKind == JsonValueKind.String, "Expected words for enumerations, but got numbers.");
        return Task.CompletedTask;
    }

    private static Task AcceptsText(PromiseRun run)
    {
        foreach (var channel in run.Rig.Factory.Manifest.Channels)
        {
            var schema = channel.MessageSchema;
            Expect(schema.GetProperty("type").GetString() == "object", $"Expected the schema of '{channel.Key}' to be of an object, but it is not.");
            var hasText = schema.TryGetProperty("properties", out var properties)
                && properties.TryGetProperty("text", out var text)
                && text.GetProperty("type").GetString() == "string";
            Expect(hasText, $"Expected a property 'text' of type string on '{channel.Key}', but there is none.");
            Expect(
                !schema.TryGetProperty("required", out var required) || IsTextAlone(required),
                $"Expected nothing but 'text' to be required on '{channel.Key}', but more is.");
            Expect(
                !schema.TryGetProperty("anyOf", out var ways) || ways.EnumerateArray().Any(way => IsTextAlone(way.GetProperty("required"))),
                $"Expected 'text' alone to be one way on '{channel.Key}', but it is none.");
        }

        return Task.CompletedTask;
    }

    private static async Task DefaultsAccepted(PromiseRun run)
    {
        foreach (var property in run.Rig.Factory.Manifest.ConfigurationSchema.GetProperty("properties").EnumerateObject())
        {
            if (property.Value.TryGetProperty("default", out var value))
            {
                await using var connector = run.Rig.Factory.Create(With(run, property.Name, JsonNode.Parse(value.GetRawText())), run.Services);
            }
        }
    }

    private static Task UnknownRefused(PromiseRun run)
    {
        var error = Refusal(run, With(run, "nonsense", 1));
        Expect(error.Path == "/nonsense", $"Expected the place /nonsense, but got '{error.Path}'.");
        return Task.CompletedTask;
    }

    private static Task MissingRefused(PromiseRun run)
    {
        if (!run.Rig.Factory.Manifest.ConfigurationSchema.TryGetProperty("required", out var required))
        {
            return Task.CompletedTask;
        }

        foreach (var name in required.EnumerateArray().Select(one => one.GetString()!))
        {
            var isSecret = run.Account.Secrets.ContainsKey(name);
            var account = isSecret
                ? Copy(run.Account, run.Account.Configuration, run.Account.Secrets.Where(one => one.Key != name))
                : With(run, name, null);
            var error = Refusal(run, account);
            var place = isSecret ? $"/secrets/{name}" : $"/{name}";
            Expect(error.Path == place, $"Expected the place {place}, but got '{error.Path}'.");
        }

        return Task.CompletedTask;
    }

    private static ConnectorConfigurationException Refusal(PromiseRun run, ConnectorAccount account)
    {
        try
        {
            run.Rig.Factory.Create(account, run.Services);
        }
        catch (ConnectorConfigurationException error)
        {
            Expect(error.Message.StartsWith("Expected ", StringComparison.Ordinal), $"Expected a sentence 'Expected …, but …', but got '{error.Message}'.");
            return error;
        }

        throw new PromiseBrokenException("Expected the configuration to be refused, but it was taken.");
    }

    private static ConnectorAccount With(PromiseRun run, string name, JsonNode? value)
    {
        var configuration = JsonNode.Parse(run.Account.Configuration.GetRawText())!.AsObject();
        configuration.Remove(name);
        if (value is not null)
        {
            configuration[name] = value;
        }

        return Copy(run.Account, JsonElement.Parse(configuration.ToJsonString()), run.Account.Secrets);
    }

    private static ConnectorAccount Copy(ConnectorAccount account, JsonElement configuration, IEnumerable<KeyValuePair<string, string>> secrets) => new()
    {
        Key = account.Key,
        ConnectorKey = account.ConnectorKey,
        Configuration = configuration,
        Secrets = secrets.ToDictionary(one => one.Key, one => one.Value),
    };

    private static void ExpectName(DisplayName name) =>
        Expect(name.Zh.Length > 0 && name.En.Length > 0, "Expected a name in both languages, but one is empty.");

    private static bool IsTextAlone(JsonElement required) => required.GetArrayLength() == 1 && required[0].GetString() == "text";

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Key();
}
