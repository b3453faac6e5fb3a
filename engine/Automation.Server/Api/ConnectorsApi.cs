using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors;
using Automation.Runtime.Dispatch;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>What connectors this server has, as they describe themselves.</summary>
internal static class ConnectorsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var connectors = routes.MapGroup("/api/connectors").WithTags("connectors");
        connectors.MapGet("", (ConnectorRegistry registry) => new ConnectorsAnswer([.. registry.Manifests.Select(WithRate)]))
            .Needs(Permission.Read).WithName("connectors_list").WithSummary("The manifests of all connectors.");
        connectors.MapGet("{key}", (ConnectorRegistry registry, string key) => WithRate(registry.Manifest(key) ?? throw ApiException.NotFound("connector", key, registry.Manifests.Select(one => one.Key))))
            .Needs(Permission.Read).WithName("connectors_get").WithSummary("One connector's manifest: channels, schemas, limits.");
    }

    /// <summary>Adds what every account may say, whatever its connector: how many messages a second the vendor takes of it.</summary>
    private static ConnectorManifest WithRate(ConnectorManifest manifest)
    {
        if (JsonNode.Parse(manifest.ConfigurationSchema.GetRawText()) is not JsonObject schema)
        {
            return manifest;
        }
        if (schema["properties"] is not JsonObject properties)
        {
            schema["properties"] = properties = [];
        }
        properties[ConnectorAccount.RateProperty] = new JsonObject
        {
            ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 100_000, ["title"] = "每秒条数 / Messages a second",
            ["description"] = "厂商对该账号的限速；不填用渠道的限制。 / What the vendor takes of this account. Without it the channel's limit holds.",
        };
        return manifest with { ConfigurationSchema = JsonSerializer.SerializeToElement(schema) };
    }

    internal sealed record ConnectorsAnswer(IReadOnlyList<ConnectorManifest> Connectors);
}
