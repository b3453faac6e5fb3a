using System.Text;
using Automation.Core.Deciding;
using Automation.Runtime.Approvals;
using Automation.Runtime.Bulk;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Definitions;

/// <summary>
/// Settles, at the start of a process, changes that an earlier one noted and did not finish. What was made gets its fact, once, and
/// everything that follows from it; what was not made is forgotten: whoever asked for it had no answer.
/// </summary>
public sealed partial class UnfinishedChanges(
    IDefinitionStore definitions, ILedgerStore ledger, IEngine engine, JourneyRegistry registry, JourneyOperations journeys, SegmentSweeps segments,
    IHoldStore holds, ILogger<UnfinishedChanges> log)
{
    private const int FactsMax = 1_000;

    /// <summary>Younger notes are left alone: where several processes change definitions, another one may be about to finish them.</summary>
    public Duration OlderThan { get; init; }

    /// <summary>Where users are kept; without it their changes are nobody's to settle.</summary>
    public IAccessStore? Access { get; init; }

    /// <summary>After the loop has started; in a process that is alone, before anybody else changes a definition.</summary>
    /// <returns>How many facts were missing.</returns>
    public async Task<int> SettleAsync(CancellationToken cancellation = default)
    {
        var missing = 0;
        var before = engine.Clock.GetCurrentInstant() - OlderThan;
        var notes = (await definitions.ListAsync(DefinitionChanges.Kind, cancellation)).Where(note => OlderThan == Duration.Zero || note.UpdatedAt <= before).ToList();
        foreach (var note in notes)
        {
            var (at, changes) = ChangeNote.Read(note.Draft!);
            foreach (var change in changes)
            {
                missing += await SettleAsync(change, at, cancellation);
            }
            await definitions.DeleteAsync(DefinitionChanges.Kind, note.Key, cancellation);
        }
        if (notes.Count > 0)
        {
            LogSettled(notes.Count, missing);
            await registry.ReloadAsync(cancellation);
            foreach (var segment in notes.SelectMany(note => ChangeNote.Read(note.Draft!).Changes).Where(one => one.Kind == DefinitionKinds.Segment))
            {
                await segments.OrderAsync(segment.Key, segment.Fact.Actor ?? "", cancellation);
            }
        }
        return missing;
    }

    private async ValueTask<int> SettleAsync(PendingChange change, Instant at, CancellationToken cancellation)
    {
        var made = new List<WorkspaceFact>();
        if (await MadeAsync(change, at, cancellation) is { } fact)
        {
            made.Add(fact);
        }
        if (change.Kind == DefinitionKinds.Journey
            && ApprovalTraces.VoidedAt(await definitions.Approvals.FindAsync(change.Key, cancellation), at) is { } voided)
        {
            made.Add(voided);
        }
        var missing = 0;
        foreach (var one in made)
        {
            if (!await IsRecordedAsync(one, at, cancellation))
            {
                await engine.RecordAsync([one], cancellation);
                missing++;
            }
        }
        return missing;
    }

    /// <summary>The fact as it came out, after what was begun is finished; null when nothing was changed yet.</summary>
    private async ValueTask<WorkspaceFact?> MadeAsync(PendingChange change, Instant at, CancellationToken cancellation)
    {
        var found = await definitions.FindAsync(change.Kind, change.Key, cancellation);
        var state = JourneyState.Read(change.Kind == DefinitionKinds.Journey ? found?.State : null);
        switch (change.Fact)
        {
            case WorkspaceFact.DefinitionSaved saved:
                return found?.Revision > change.Revision ? saved with { Version = await LiveVersionAsync(found, at, cancellation) } : null;
            case WorkspaceFact.JourneyPublished published when found?.PublishedVersion >= published.Version:
                published = published with { Version = found.PublishedVersion };
                if (state.PublishedAt != at)
                {
                    await journeys.GoLiveAsync(published, at);
                }
                return published;
            case WorkspaceFact.JourneyWasPaused:
                return state.Pause?.Since == at ? change.Fact : null;
            case WorkspaceFact.JourneyResumed:
                return found is not null && (state.Pause is null || state.Sweeps.Any(plan => plan.Kind == SweepKind.Released)) ? change.Fact : null;
            case WorkspaceFact.JourneyArchived:
                return state.IsArchived ? change.Fact : null;
            case WorkspaceFact.UserChanged when Access is not null:
                // Only users count their changes here: a session or a wrong guess is no change of them.
                return (await Access.FindAsync(change.Kind, change.Key, cancellation))?.Revision > change.Revision ? change.Fact : null;
            case WorkspaceFact.KeyCreated:
                return found is not null ? change.Fact : null;
            case WorkspaceFact.DefinitionDeleted or WorkspaceFact.KeyRevoked:
                return found is null ? change.Fact : null;
            case WorkspaceFact.ApprovalWasSet:
                return found?.Revision > change.Revision ? change.Fact : null;
            case WorkspaceFact.ApprovalAsked or WorkspaceFact.ApprovalGiven or WorkspaceFact.ApprovalRejected or WorkspaceFact.ApprovalWithdrawn:
                return ApprovalTraces.IsMade(change.Fact, await definitions.Approvals.FindAsync(change.Key, cancellation), at) ? change.Fact : null;
            case WorkspaceFact.BulkActionStarted:
                return found?.Draft is not null ? change.Fact : null;
            case WorkspaceFact.BulkActionEnded:
                return BulkProgress.Read(found?.State).EndedAt == at ? change.Fact : null;
            case WorkspaceFact.MessagesHeld:
                return (await HoldsAsync(change, cancellation)).Any(hold => hold.Since == at) ? change.Fact : null;
            case WorkspaceFact.MessagesReleased:
                return (await HoldsAsync(change, cancellation)).Any(hold => hold.End?.At == at) ? change.Fact : null;
            default:
                return null;
        }
    }

    private async ValueTask<IEnumerable<Hold>> HoldsAsync(PendingChange change, CancellationToken cancellation) =>
        (await holds.ListAsync(cancellation)).Where(hold => hold.Target.Name == change.Key);

    /// <summary>The version that is live, or 0 for a journey's draft. What is live with its saving, and was saved only, goes live now.</summary>
    private async ValueTask<int> LiveVersionAsync(Definition found, Instant at, CancellationToken cancellation)
    {
        if (found.Kind == DefinitionKinds.Journey)
        {
            return 0;
        }
        return found.Draft is { } draft
            ? await definitions.PublishAsync(found.Kind, found.Key, draft, at, found.UpdatedBy, cancellation)
            : found.PublishedVersion;
    }

    // Facts about definitions stand under contact 0, so only those are looked through.
    private async ValueTask<bool> IsRecordedAsync(WorkspaceFact fact, Instant at, CancellationToken cancellation)
    {
        var header = FactJson.Header(fact);
        var whole = Encoding.UTF8.GetString(FactJson.Write(fact));
        var recorded = await ledger.FactsAsync(
            new FactQuery(Contact: 0, Kind: header.Kind, Actor: header.Actor, From: Instant.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), Limit: FactsMax),
            cancellation);
        return recorded.Any(row => row.Journey == header.Journey && row.Version == header.Version && whole.Contains(row.Details, StringComparison.Ordinal));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notes} changes of definitions were under way when an earlier process ended; {Missing} of their facts were missing and are recorded now")]
    private partial void LogSettled(int notes, int missing);
}
