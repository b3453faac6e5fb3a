using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>For how many days each kind of record is kept; null for ever.</summary>
/// <param name="NonMatchesDays">Facts that a rule looked and said no; null for as long as other facts.</param>
internal sealed record LedgerKeep(int? EventsDays, int? FactsDays, int? NonMatchesDays)
{
    public LedgerCuts CutsAt(Instant now) => new(Before(now, EventsDays), Before(now, FactsDays), Before(now, NonMatchesDays));

    private static Instant? Before(Instant now, int? days) => days is { } count ? now - Duration.FromDays(count) : null;
}
