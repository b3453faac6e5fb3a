using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Runtime.Approvals;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using NodaTime;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Definitions;

/// <summary>What a person may do with a journey beside editing it: publish, pause, resume, archive.</summary>
public sealed class JourneyOperations(
    IDefinitionStore definitions, ILedgerStore ledger, IEngine engine, JourneyRegistry registry, DefinitionDesk desk, SweepQueue sweeps,
    DefinitionChanges changes)
{
    private readonly ApprovalGate _gate = new(definitions, registry);

    /// <summary>
    /// Makes the draft the version that enrols from now on. Every way to publish a journey comes through here, so here is looked whether
    /// somebody else has to approve it; the store looks once more, at the same moment as it publishes.
    /// </summary>
    /// <param name="inFlight">What becomes of those on the way in older versions.</param>
    /// <param name="countExisting">Whether those who match a dormancy, date or segment trigger already may enter.</param>
    /// <returns>The version's number.</returns>
    /// <exception cref="DefinitionRefusedException">It has errors, needs an approval that it does not have, or somebody saved it meanwhile.</exception>
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
        var before = await definitions.Approvals.FindAsync(key, cancellation);
        var approval = await _gate.AdmitAsync(key, document, inFlight, countExisting, cancellation);
        var now = engine.Clock.GetCurrentInstant();
        var expected = new WorkspaceFact.JourneyPublished(
            key, definition.PublishedVersion + 1, inFlight, countExisting, approval?.Asked.By, approval?.Decision?.By)
        {
            Actor = actor, Looked = DocumentChanges.Between(definition.Published, document),
        };
        var facts = await changes.MakeAsync(
            [new PendingChange(DefinitionKinds.Journey, key, definition.Revision, expected)], now,
            async () =>
            {
                var version = await definitions.PublishJourneyAsync(
                    key, document, new PublishTerms(definition.Revision, approval?.Number ?? 0), now, actor, CancellationToken.None);
                if (version == 0)
                {
                    throw await _gate.WhyNotAsync(key, document, definition.Revision, inFlight, countExisting, CancellationToken.None);
                }
                var made = expected with { Version = version };
                await GoLiveAsync(made, now);
                return await definitions.Approvals.WithVoidedAsync(key, before, now, made);
            },
            cancellation);
        await registry.ReloadAsync(cancellation);
        sweeps.Begin(key);
        return facts.OfType<WorkspaceFact.JourneyPublished>().Single().Version;
    }

    /// <summary>What follows from a publication: the journey's state, with the sweeps that are to be made, in one write.</summary>
    internal async ValueTask GoLiveAsync(WorkspaceFact.JourneyPublished published, Instant at)
    {
        var key = published.Journey;
        var plan = new SweepPlan(SweepKind.Published, key, published.Version, at, published.Actor ?? "");
        var plans = new List<SweepPlan>();
        if (published.InFlight != InFlightChoice.Stay && published.Version > 1)
        {
            var enrolled = await EnrolledAsync(key, heldOnly: false, CancellationToken.None);
            plans.Add(plan with { Kind = SweepKind.VersionChanged, InFlight = published.InFlight, Total = enrolled });
        }
        var document = (await FindPublishedAsync(key, CancellationToken.None)).Published!;
        if (JourneyDocument.Read(Encoding.UTF8.GetBytes(document)).Value?.Trigger is Trigger.OnDormant or Trigger.OnDate or Trigger.OnSegment)
        {
            var contacts = (await ledger.TotalsAsync(CancellationToken.None)).Contacts;
            plans.Add(plan with { CountExisting = published.CountExisting, Total = contacts });
        }
        await registry.ChangeStateAsync(
            key,
            state => state with
            {
                PublishedAt = at, CountExisting = published.CountExisting, IsArchived = false, Sweeps = [.. state.Sweeps, .. plans],
            });
    }

    public async ValueTask PauseAsync(string key, PauseTime time, string actor, CancellationToken cancellation = default)
    {
        await FindPublishedAsync(key, cancellation);
        var now = engine.Clock.GetCurrentInstant();
        var paused = new WorkspaceFact.JourneyWasPaused(key, time) { Actor = actor };
        await ChangeAsync(
            paused, key, now,
            state => state.Pause is null
                ? state with { Pause = new JourneyPause(now, time) }
                : throw new DefinitionRefusedException(Codes.AlreadyPaused, $"Expected a running journey, but '{key}' is paused since {state.Pause.Since}."),
            cancellation);
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
        await ChangeAsync(
            new WorkspaceFact.JourneyResumed(key, spread, held) { Actor = actor }, key, now,
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
                var plan = new SweepPlan(SweepKind.Released, key, 0, now, actor)
                {
                    PausedAt = pause.Since, TimeStoodStill = stoodStill, Spread = spread, Held = held, Total = held,
                };
                // Where time stood still it stands until every wait has its time back: else one could end in between.
                return state with { Pause = stoodStill ? pause : null, Sweeps = [.. state.Sweeps, plan] };
            },
            cancellation);
        sweeps.Begin(key);
        return held;
    }

    /// <summary>Enrols nobody any more. Who is on the way goes on; publishing again brings it back.</summary>
    public async ValueTask ArchiveAsync(string key, string actor, CancellationToken cancellation = default)
    {
        await FindPublishedAsync(key, cancellation);
        await ChangeAsync(
            new WorkspaceFact.JourneyArchived(key) { Actor = actor }, key, engine.Clock.GetCurrentInstant(), state => state with { IsArchived = true }, cancellation);
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

    private async ValueTask ChangeAsync<T>(T fact, string key, Instant at, Func<JourneyState, JourneyState> change, CancellationToken cancellation)
        where T : WorkspaceFact
    {
        await changes.MakeAsync(
            DefinitionKinds.Journey, key, 0, fact, at,
            async () =>
            {
                await registry.ChangeStateAsync(key, change);
                return fact;
            },
            cancellation);
        await registry.ReloadAsync(cancellation);
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
