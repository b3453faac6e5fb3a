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
        connectors.MapGet("", (ConnectorRegistry registry) => new ConnectorsAnswer([.. registry.Manifests]))
            .Needs(Permission.Read).WithName("connectors_list").WithSummary("The manifests of all connectors.");
        connectors.MapGet("{key}", (ConnectorRegistry registry, string key) => registry.Manifest(key) ?? throw ApiException.NotFound("connector", key))
            .Needs(Permission.Read).WithName("connectors_get").WithSummary("One connector's manifest: channels, schemas, limits.");
    }

    internal sealed record ConnectorsAnswer(IReadOnlyList<ConnectorManifest> Connectors);
}
