using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Sweeps;

/// <summary>
/// Walks over contacts a page at a time. A page's stimuli are committed before its position is kept, so nobody is left out; who
/// is asked twice after a crash answers the second time that nothing is to be done.
/// </summary>
public sealed class Sweep(IEngine engine, ILedgerStore ledger)
{
    public const int PageSize = 1_000;

    /// <param name="progress">Told after each page, with the plan as it is to be kept.</param>
    /// <returns>The plan at its end.</returns>
    public async Task<SweepPlan> RunAsync(SweepPlan plan, Func<SweepPlan, ValueTask> progress, CancellationToken cancellation)
    {
        while (true)
        {
            var (stimuli, last, isLast) = await PageAsync(plan, cancellation);
            if (stimuli.Count > 0)
            {
                await engine.SubmitAsync(stimuli, cancellation);
            }
            plan = plan with { Position = last, Asked = plan.Asked + stimuli.Count };
            if (isLast)
            {
                return plan;
            }
            await progress(plan);
        }
    }

    private ValueTask<(List<Addressed> Stimuli, long Last, bool IsLast)> PageAsync(SweepPlan plan, CancellationToken cancellation) =>
        plan.Kind is SweepKind.Published or SweepKind.ScheduleFired or SweepKind.SegmentSaved ? EverybodyAsync(plan, cancellation) : EnrolledAsync(plan, cancellation);

    private async ValueTask<(List<Addressed> Stimuli, long Last, bool IsLast)> EverybodyAsync(SweepPlan plan, CancellationToken cancellation)
    {
        var page = await ledger.ContactPageAsync(plan.Position, PageSize, cancellation);
        Stimulus stimulus = plan.Kind == SweepKind.ScheduleFired
            ? new Stimulus.ScheduleFired(plan.Journey, plan.At)
            : new Stimulus.Swept(plan.Journey, plan.CountExisting);
        var stimuli = new List<Addressed>(page.Count);
        foreach (var contact in page)
        {
            if (contact.MergedInto is null)
            {
                stimuli.Add(new Addressed(contact.Id, stimulus));
            }
        }
        return (stimuli, page.Count == 0 ? plan.Position : page[^1].Id, page.Count < PageSize);
    }

    private async ValueTask<(List<Addressed> Stimuli, long Last, bool IsLast)> EnrolledAsync(SweepPlan plan, CancellationToken cancellation)
    {
        // Where time kept counting only held contacts have to be let go; where it stood still every wait gets its time back.
        var heldOnly = plan is { Kind: SweepKind.Released, TimeStoodStill: false };
        var page = await ledger.EnrolledContactsAsync(plan.Journey, version: null, heldOnly, plan.Position, PageSize, cancellation);
        var stimuli = new List<Addressed>(page.Count);
        foreach (var contact in page)
        {
            stimuli.Add(new Addressed(contact, plan.Kind == SweepKind.VersionChanged
                ? new Command.ChangeVersion(plan.Actor, plan.Journey, plan.Version, plan.InFlight)
                : new Command.Release(plan.Actor, plan.Journey, plan.PausedAt, plan.TimeStoodStill, ReleaseAt(plan, stimuli.Count))));
        }
        return (stimuli, page.Count == 0 ? plan.Position : page[^1], page.Count < PageSize);
    }

    // Evenly over the spread, in the order of contacts; one that came late goes with the last.
    private static Instant ReleaseAt(SweepPlan plan, int inPage)
    {
        var place = Math.Min(plan.Asked + inPage, plan.Total);
        var after = plan.Total <= 1 ? 0 : plan.Spread.TotalMilliseconds * place / plan.Total;
        return plan.At + Duration.FromMilliseconds((long)after);
    }
}
