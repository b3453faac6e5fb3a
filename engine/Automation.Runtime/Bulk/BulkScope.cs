using System.Globalization;
using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Sending;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Bulk;

/// <summary>Finds whom an action is about, to count them and to ask them, so that both are the same people.</summary>
public sealed class BulkScope(IOperationsStore operations, ILedgerStore ledger, IEngine engine, JourneyRegistry registry)
{
    public const int PageSize = 500;

    public async ValueTask<BulkCount> CountAsync(BulkKind kind, BulkFilter filter, Instant asOf, CancellationToken cancellation)
    {
        if (kind == BulkKind.ReplayFailed)
        {
            var failed = await operations.CountFailedAsync(filter.Failed(asOf), cancellation);
            return new BulkCount(failed.Messages, failed.People, [.. failed.Groups.Select(group => new BulkGroup(group.Reason, group.Account, group.Messages))]);
        }
        return filter.Segment is null ? await CountAsync(filter, cancellation) : await WalkAsync(filter, cancellation);
    }

    /// <summary>The next page: what is asked of whom, and how far that is. No progress means that there is nobody left.</summary>
    public ValueTask<(List<Addressed> Stimuli, BulkProgress? Progress)> PageAsync(BulkPlan plan, BulkProgress progress, CancellationToken cancellation) =>
        plan.Kind == BulkKind.ReplayFailed ? FailedAsync(plan, progress, cancellation) : StandersAsync(plan, progress, cancellation);

    private async ValueTask<(List<Addressed> Stimuli, BulkProgress? Progress)> FailedAsync(BulkPlan plan, BulkProgress progress, CancellationToken cancellation)
    {
        (Instant, Guid)? after = progress is { At: { } at, Message: { } message } ? (at, message) : null;
        var page = await operations.FailedAsync(plan.Filter.Failed(plan.At), after, PageSize, cancellation);
        var stimuli = new List<Addressed>(page.Count);
        foreach (var row in page)
        {
            stimuli.Add(new Addressed(row.Contact, new Command.ReplayMessage(
                plan.Actor, row.Id, row.Journey, row.Version, row.Ordinal, row.Step, row.Channel, row.Account, row.Template, row.IsCall, row.AddressType,
                PropertyJson.Parse(Encoding.UTF8.GetBytes(row.Content)), plan.Reason)));
        }
        return (stimuli, page.Count == 0 ? null : progress with
        {
            At = page[^1].ChangedAt, Message = page[^1].Id, Asked = progress.Asked + page.Count,
        });
    }

    private async ValueTask<(List<Addressed> Stimuli, BulkProgress? Progress)> StandersAsync(BulkPlan plan, BulkProgress progress, CancellationToken cancellation)
    {
        var page = await ledger.StandingAsync(plan.Filter.Journey!, plan.Filter.Step, (progress.Contact, progress.Ordinal), PageSize, cancellation);
        var stimuli = new List<Addressed>(page.Count);
        foreach (var one in page)
        {
            if (await IsMeantAsync(plan.Filter, one, cancellation))
            {
                stimuli.Add(new Addressed(one.Contact, new Command.EndEnrollment(plan.Actor, plan.Filter.Journey!, one.Ordinal, plan.Reason)));
            }
        }
        return (stimuli, page.Count == 0 ? null : progress with
        {
            Contact = page[^1].Contact, Ordinal = page[^1].Ordinal, Asked = progress.Asked + stimuli.Count,
        });
    }

    private async ValueTask<BulkCount> CountAsync(BulkFilter filter, CancellationToken cancellation)
    {
        var steps = (await ledger.StepCountsAsync(filter.Journey!, cancellation))
            .Where(one => (filter.Step is null || one.Step == filter.Step) && (filter.Version is null || one.Version == filter.Version)).ToList();
        var groups = steps.GroupBy(one => (one.Version, one.Step)).Select(group => Group(group.Key.Version, group.Key.Step, group.Sum(one => one.Count)));
        var people = steps.Sum(one => one.Count);
        return new BulkCount(people, people, [.. groups.OrderByDescending(one => one.Count)]);
    }

    private async ValueTask<BulkCount> WalkAsync(BulkFilter filter, CancellationToken cancellation)
    {
        var counts = new Dictionary<(int Version, string Step), long>();
        var after = (Contact: 0L, Ordinal: 0);
        while (await ledger.StandingAsync(filter.Journey!, filter.Step, after, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var one in page)
            {
                if (await IsMeantAsync(filter, one, cancellation))
                {
                    counts[(one.Version, one.Step)] = counts.GetValueOrDefault((one.Version, one.Step)) + 1;
                }
            }
            after = (page[^1].Contact, page[^1].Ordinal);
        }
        var people = counts.Values.Sum();
        return new BulkCount(people, people, [.. counts.Select(one => Group(one.Key.Version, one.Key.Step, one.Value)).OrderByDescending(one => one.Count)]);
    }

    private async ValueTask<bool> IsMeantAsync(BulkFilter filter, Stander one, CancellationToken cancellation)
    {
        if (filter.Version is { } version && one.Version != version)
        {
            return false;
        }
        if (filter.Segment is not { } segment)
        {
            return true;
        }
        return await ledger.ContactAsync(one.Contact, cancellation) is { } contact
            && Preview.IsIn(registry.Journeys, contact, segment, engine.Clock.GetCurrentInstant());
    }

    private static BulkGroup Group(int version, string step, long count) => new(step, version.ToString(CultureInfo.InvariantCulture), count);
}

/// <param name="Count">Messages, or enrollments.</param>
/// <param name="Groups">The same by reason and account, or by step and version.</param>
public sealed record BulkCount(long Count, long People, IReadOnlyList<BulkGroup> Groups);

/// <param name="Name">A reason, or a step.</param>
/// <param name="Of">An account, or a version.</param>
public readonly record struct BulkGroup(string Name, string Of, long Count);
