using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Anchors;
using Automation.Server.Security;
using Automation.Server.Telling;
using NodaTime.Text;

namespace Automation.Server.Api;

/// <summary>Signed anchors, to be kept elsewhere: one a day is enough.</summary>
internal static class AnchorsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var anchors = routes.MapGroup("/api/audit/anchors").WithTags("audit");
        anchors.MapGet("{day}", GetAsync).Needs(Permission.Read).WithName("audit_anchor")
            .WithSummary("The newest seal of every partition at the end of a day that is over, in the workspace's zone, signed.");
        anchors.MapGet("key", KeyAsync).Needs(Permission.Read).WithName("audit_anchor_key")
            .WithSummary("The public key that anchors are signed with, as PEM.");
    }

    private static async Task<SignedAnchor> GetAsync(
        ILedgerStore ledger, IDefinitionStore definitions, SecretBox box, IEngine engine, string day, CancellationToken cancellation)
    {
        var times = await WorkspaceTimes.ReadAsync(definitions, cancellation);
        var now = engine.Clock.GetCurrentInstant();
        if (LocalDatePattern.Iso.Parse(day) is not { Success: true } parsed)
        {
            throw ApiException.BadRequest("bad_day", "Expected a day such as 2026-03-01, but found another text.");
        }
        var until = times.Zone.AtStartOfDay(parsed.Value.PlusDays(1)).ToInstant();
        if (until > now)
        {
            throw ApiException.BadRequest("day_not_over", "Expected a day that is over, but it has not ended in the workspace's zone.");
        }
        using var key = await new AnchorKey(definitions, box).OpenAsync(now, cancellation);
        return SignedAnchor.Sign(await LedgerAnchor.ReadAsync(ledger, day, until, cancellation), key);
    }

    private static async Task<AnchorKeyAnswer> KeyAsync(IDefinitionStore definitions, SecretBox box, IEngine engine, CancellationToken cancellation)
    {
        using var key = await new AnchorKey(definitions, box).OpenAsync(engine.Clock.GetCurrentInstant(), cancellation);
        return new AnchorKeyAnswer(key.ExportSubjectPublicKeyInfoPem());
    }

    internal sealed record AnchorKeyAnswer(string PublicKey);
}
