using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using NodaTime;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Definitions;

/// <summary>What a person may do with a journey beside editing it: publish, pause, resume, archive.</summary>
public sealed class JourneyOperations(
    IDefinitionStore definitions, ILedgerStore ledger, IEngine engine, JourneyRegistry registry, DefinitionDesk desk, SweepQueue sweeps)
{
    /// <summary>Makes the draft the version that enrols from now on.</summary>
    /// <param name="inFlight">What becomes of those on the way in older versions.</param>
    /// <param name="countExisting">Whether those who match a dormancy, date or segment trigger already may enter.</param>
    /// <returns>The version's number.</returns>
    public async ValueTask<int> PublishAsync(
        string key, InFlightChoice inFlight, bool countExisting, string actor, CancellationToken cancellation = default)
    {
        var definition = await FindAsync(key, cancellation);
        var document = definition.Draft ?? definition.Published
            ?? throw new DefinitionRefusedException(Codes.NotFound, $"Expected a draft of '{key}', but there is none.");
        var findings = desk.Check(DefinitionKinds.Journey, key, document);
        if (DefinitionDesk.HasErrors(findings))
        {
            throw new DefinitionRefusedException(findings);
        }
        var journey = JourneyDocument.Read(Encoding.UTF8.GetBytes(document)).Value!;
        var now = engine.Clock.GetCurrentInstant();
        var version = await definitions.PublishAsync(DefinitionKinds.Journey, key, document, now, actor, cancellation);
        await registry.ChangeStateAsync(
            key, state => state with { PublishedAt = now, CountExisting = countExisting, IsArchived = false }, cancellation);
        await engine.RecordAsync([new WorkspaceFact.JourneyPublished(key, version, inFlight, countExisting) { Actor = actor }], cancellation);
        await registry.ReloadAsync(cancellation);
        if (inFlight != InFlightChoice.Stay && version > 1)
        {
            await sweeps.AddAsync(
                new SweepPlan(SweepKind.VersionChanged, key, version, now, actor)
                {
                    InFlight = inFlight, Total = await EnrolledAsync(key, heldOnly: false, cancellation),
                },
                cancellation);
        }
        if (journey.Trigger is Trigger.OnDormant or Trigger.OnDate or Trigger.OnSegment)
        {
            await sweeps.AddAsync(
                new SweepPlan(SweepKind.Published, key, version, now, actor)
                {
                    CountExisting = countExisting, Total = (await ledger.TotalsAsync(cancellation)).Contacts,
                },
                cancellation);
        }
        return version;
    }

    public async ValueTask PauseAsync(string key, PauseTime time, string actor, CancellationToken cancellation = default)
    {
        await FindPublishedAsync(key, cancellation);
        var now = engine.Clock.GetCurrentInstant();
        await registry.ChangeStateAsync(
            key,
            state => state.Pause is null
                ? state with { Pause = new JourneyPause(now, time) }
                : throw new DefinitionRefusedException(Codes.AlreadyPaused, $"Expected a running journey, but '{key}' is paused since {state.Pause.Since}."),
            cancellation);
        await engine.RecordAsync([new WorkspaceFact.JourneyWasPaused(key, time) { Actor = actor }], cancellation);
        await registry.ReloadAsync(cancellation);
    }

    /// <summary>How many are held, and so would go on at once: what a person sees before choosing a spread.</summary>
    public ValueTask<long> HeldAsync(string key, CancellationToken cancellation = default) => EnrolledAsync(key, heldOnly: true, cancellation);

    /// <param name="spread">Over which time the held ones are let go; zero for at once.</param>
    /// <returns>How many are held.</returns>
    public async ValueTask<long> ResumeAsync(string key, Duration spread, string actor, CancellationToken cancellation = default)
    {
        await FindPublishedAsync(key, cancellation);
        var held = await HeldAsync(key, cancellation);
        var now = engine.Clock.GetCurrentInstant();
        SweepPlan? plan = null;
        await registry.ChangeStateAsync(
            key,
            state =>
            {
                if (state.Pause is not { } pause)
                {
                    throw new DefinitionRefusedException(Codes.NotPaused, $"Expected a paused journey, but '{key}' is not.");
                }
                if (state.Sweeps.Any(sweep => sweep.Kind == SweepKind.Released))
                {
                    throw new DefinitionRefusedException(Codes.SweepUnderWay, $"Expected a paused journey, but '{key}' is being resumed already.");
                }
                var stoodStill = pause.Time == PauseTime.StandsStill;
                plan = new SweepPlan(SweepKind.Released, key, 0, now, actor)
                {
                    PausedAt = pause.Since, TimeStoodStill = stoodStill, Spread = spread, Held = held, Total = held,
                };
                // Where time stood still it stands until every wait has its time back: else one could end in between.
                return state with { Pause = stoodStill ? pause : null };
            },
            cancellation);
        await engine.RecordAsync([new WorkspaceFact.JourneyResumed(key, spread, held) { Actor = actor }], cancellation);
        await registry.ReloadAsync(cancellation);
        await sweeps.AddAsync(plan!, cancellation);
        return held;
    }

    /// <summary>Enrols nobody any more. Who is on the way goes on; publishing again brings it back.</summary>
    public async ValueTask ArchiveAsync(string key, string actor, CancellationToken cancellation = default)
    {
        await FindPublishedAsync(key, cancellation);
        await registry.ChangeStateAsync(key, state => state with { IsArchived = true }, cancellation);
        await engine.RecordAsync([new WorkspaceFact.JourneyArchived(key) { Actor = actor }], cancellation);
        await registry.ReloadAsync(cancellation);
    }

    /// <summary>The calendar of a journey fired: everybody is asked. Returns when the sweep is ordered.</summary>
    public async ValueTask FireScheduleAsync(string key, Instant firedAt, CancellationToken cancellation = default)
    {
        var definition = await FindPublishedAsync(key, cancellation);
        await sweeps.AddAsync(
            new SweepPlan(SweepKind.ScheduleFired, key, definition.PublishedVersion, firedAt, "schedule")
            {
                Total = (await ledger.TotalsAsync(cancellation)).Contacts,
            },
            cancellation);
    }

    private async ValueTask<long> EnrolledAsync(string key, bool heldOnly, CancellationToken cancellation) =>
        (await ledger.StepCountsAsync(key, cancellation)).Where(step => !heldOnly || step.Held).Sum(step => step.Count);

    private async ValueTask<Definition> FindAsync(string key, CancellationToken cancellation) =>
        await definitions.FindAsync(DefinitionKinds.Journey, key, cancellation)
        ?? throw new DefinitionRefusedException(Codes.NotFound, $"Expected a journey '{key}', but there is none.");

    private async ValueTask<Definition> FindPublishedAsync(string key, CancellationToken cancellation)
    {
        var definition = await FindAsync(key, cancellation);
        return definition.PublishedVersion > 0
            ? definition
            : throw new DefinitionRefusedException(Codes.NotPublished, $"Expected a published journey, but '{key}' is a draft.");
    }
}
