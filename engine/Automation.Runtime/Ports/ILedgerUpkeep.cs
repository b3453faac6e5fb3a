using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>What has to be done about a ledger now and then so that it neither runs out of room nor grows for ever. Any node may do it, at any time.</summary>
public interface ILedgerUpkeep
{
    /// <summary>Makes room for the time at hand and the time after it, long before the first commit needs it.</summary>
    ValueTask MakePeriodsAsync(Instant now, CancellationToken cancellation);

    /// <summary>Drops what is older than it is to be kept. Nothing where another node is at it.</summary>
    Task<LedgerDropped> DropAsync(LedgerCuts cuts, CancellationToken cancellation);
}

/// <summary>Records of periods that ended before these times are dropped, or of commits in a store without periods; null keeps them for ever.</summary>
/// <param name="Events">With them goes what tells their message ids from new ones.</param>
/// <param name="NonMatches">Facts that a rule looked at somebody and said no; the most by far where many events come in.</param>
public sealed record LedgerCuts(Instant? Events, Instant? Facts, Instant? NonMatches);

/// <param name="EventPeriods">Periods whose events were dropped.</param>
/// <param name="FactPeriods">Periods whose facts were dropped.</param>
/// <param name="NonMatches">Facts that were deleted in periods whose other facts are kept.</param>
public sealed record LedgerDropped(int EventPeriods, int FactPeriods, long NonMatches)
{
    public static readonly LedgerDropped Nothing = new(0, 0, 0);

    /// <summary>Events that were deleted one by one, in a store without periods.</summary>
    public long Events { get; init; }

    /// <summary>The same of facts.</summary>
    public long Facts { get; init; }
}
