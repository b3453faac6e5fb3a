using Automation.Runtime.Ports;
using Automation.Server.Anchors;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>What is done once a day about the ledger: anchors of the days that are over, room for the days to come, and away with what is older than it is to be kept.</summary>
internal sealed partial class HouseKeeping(
    LedgerKeep keep, string? anchors, ILedgerStore ledger, ILedgerUpkeep upkeep, IDefinitionStore definitions, SecretBox secrets, IClock clock, ILogger<HouseKeeping> log)
{
    /// <summary>Whether there is anything to do in a store that needs no room made ahead.</summary>
    public bool IsWanted => anchors is not null || keep != new LedgerKeep(null, null, null);

    /// <summary>Hides what stands in clear from an earlier time; null where nothing is hidden.</summary>
    public Func<CancellationToken, Task<EarlierPlace>>? HideEarlier { get; init; }

    public async Task RunAsync(Instant planned, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        if (anchors is { } folder)
        {
            var days = await new AnchorFolder(folder, ledger, definitions, secrets).WriteAsync(now, cancellation);
            LogAnchored(days.Count, days is [.., var last] ? last : "");
        }
        await upkeep.MakePeriodsAsync(now, cancellation);
        var dropped = await upkeep.DropAsync(keep.CutsAt(now), cancellation);
        LogKeptHouse(planned, dropped.EventPeriods, dropped.FactPeriods, dropped.Events, dropped.Facts, dropped.NonMatches);
        if (HideEarlier is not null)
        {
            await HideEarlier(cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Anchors were written of {Days} days, up to {Last}")]
    private partial void LogAnchored(int days, string last);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Daily upkeep of the ledger, planned for {Planned}: {EventPeriods} periods of events and {FactPeriods} of facts dropped, {Events} events, {Facts} facts and {NonMatches} non-matches deleted")]
    private partial void LogKeptHouse(Instant planned, int eventPeriods, int factPeriods, long events, long facts, long nonMatches);
}
