using System.Text;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Telling;

/// <summary>Since when a journey was live and when not, for who never entered it.</summary>
/// <param name="Journey">The published document; null where none is, or a newer engine wrote it.</param>
/// <param name="Published">When a version went live first; null for never.</param>
internal sealed record JourneyLife(Definition? Definition, Journey? Journey, JourneyState State, Instant? Published)
{
    public static async ValueTask<JourneyLife> ReadAsync(ILedgerStore ledger, IDefinitionStore definitions, string key, CancellationToken cancellation)
    {
        var definition = await definitions.FindAsync(DefinitionKinds.Journey, key, cancellation);
        var first = await ledger.FactsAsync(new FactQuery(Journey: key, Kind: "journey_published", NewestFirst: false, Limit: 1), cancellation);
        return new JourneyLife(
            definition, definition?.Published is { } document ? JourneyDocument.Read(Encoding.UTF8.GetBytes(document)).Value : null,
            JourneyState.Read(definition?.State), first is [var row] ? row.At : null);
    }
}
