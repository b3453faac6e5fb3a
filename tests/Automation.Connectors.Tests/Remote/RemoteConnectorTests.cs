using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Remote;
using Microsoft.AspNetCore.Http;

namespace Automation.Connectors.Tests.Remote;

public sealed class RemoteConnectorTests
{
    [Theory]
    [InlineData("""{ "manifest": {} }""", "/address")]
    [InlineData("""{ "address": "http://127.0.0.1/" }""", "/manifest")]
    [InlineData("""{ "address": "http://example.com/", "manifest": %M% }""", "/address")]
    [InlineData("""{ "address": "http://127.0.0.1/", "manifest": %M%, "nonsense": 1 }""", "/nonsense")]
    [InlineData("""{ "address": "http://127.0.0.1/", "manifest": %OTHER% }""", "/manifest/contract_version")]
    public void A_description_that_is_wrong_is_refused_with_its_place(string description, string place)
    {
        var manifest = JsonElement.Parse(File.ReadAllText(Sample("connector.json"))).GetProperty("manifest").GetRawText();
        var whole = description.Replace("%M%", manifest, StringComparison.Ordinal)
            .Replace("%OTHER%", manifest.Replace("\"contract_version\": 1", "\"contract_version\": 2", StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Equal(place, Assert.Throws<ConnectorConfigurationException>(() => RemoteConnectorFactory.Read(whole)).Path);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "results": [1, {}, { "id": "x" }] }""")]
    [InlineData("""{ "results": [{ "id": "%ID%", "outcome": "failed", "reason": "unknown_outcome" }] }""")]
    [InlineData("""{ "results": [{ "id": "%ID%", "outcome": "splendid" }] }""")]
    public async Task A_process_that_says_nothing_clear_leaves_the_outcome_unknown(string answer)
    {
        await using var vendor = await Webhook.Receiver.StartAsync();
        var message = new RemoteRig().Message(1, "x");
        vendor.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.Replace("%ID%", message.IdText, StringComparison.Ordinal));
        };
        var factory = RemoteConnectorFactory.Read(File.ReadAllText(Sample("connector.json")).Replace("http://127.0.0.1:7080/", $"http://127.0.0.1:{vendor.Port}/", StringComparison.Ordinal));
        await using var connector = factory.Create(Account("notes.txt"), new ConnectorServices());

        var result = Assert.Single(await connector.SendAsync([message], CancellationToken.None));

        Assert.Equal(SendOutcome.Unknown, result.Outcome);
    }

    [PythonFact]
    public async Task The_sample_in_Python_writes_messages_and_brings_receipts()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("automation-remote-").FullName, "notes.txt");
        using var python = Process.Start(new ProcessStartInfo("python3", [Sample("notebook.py"), "0"]) { RedirectStandardOutput = true })!;
        try
        {
            var address = await python.StandardOutput.ReadLineAsync();
            var factory = RemoteConnectorFactory.Read(File.ReadAllText(Sample("connector.json")).Replace("http://127.0.0.1:7080/", address, StringComparison.Ordinal));
            await using var connector = factory.Create(Account(file), new ConnectorServices());
            var batch = new[] { new RemoteRig().Message(1, "您好🎁"), new RemoteRig().Message(2, "second") };

            var health = await connector.HealthAsync(CancellationToken.None);
            var first = await connector.SendAsync(batch, CancellationToken.None);
            await connector.SendAsync(batch, CancellationToken.None);
            var asked = await connector.QueryOutcomeAsync([new OutcomeQuery(batch[0], null, default), new OutcomeQuery(new RemoteRig().Message(3, "x"), null, default)], CancellationToken.None);
            var answer = await ((IReceiptHandler)connector).HandleAsync(
                new VendorCallback
                {
                    Method = "POST", Headers = new Dictionary<string, string>(), Query = new Dictionary<string, string> { ["password"] = "let-me-in" },
                    Body = Encoding.UTF8.GetBytes($$"""{ "read": ["{{batch[0].IdText}}"] }"""), ReceivedAt = DateTimeOffset.UnixEpoch,
                },
                CancellationToken.None);

            Assert.True(health.Healthy, health.Text);
            Assert.All(first, result => Assert.Equal(SendOutcome.Accepted, result.Outcome));
            Assert.Equal(["您好🎁", "second"], (await File.ReadAllLinesAsync(file)).Select(line => JsonElement.Parse(line).GetProperty("text").GetString()!));
            Assert.Equal([SendOutcome.Accepted, SendOutcome.Failed], asked.Select(result => result.Outcome));
            Assert.Equal((batch[0].Id, ReceiptStatus.Read), (Assert.Single(answer.Receipts).MessageId, answer.Receipts[0].Status));
        }
        finally
        {
            python.Kill();
            await python.WaitForExitAsync();
        }
    }

    private static ConnectorAccount Account(string file) => new()
    {
        Key = "notes",
        ConnectorKey = "notebook",
        Configuration = JsonSerializer.SerializeToElement(new { file }),
        Secrets = new Dictionary<string, string> { ["password"] = "let-me-in" },
    };

    private static string Sample(string file, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(here)!, "..", "..", "..", "connectors", "Automation.Connectors.Remote", "Sample", file));
}
