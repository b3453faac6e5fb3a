using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Rules;

namespace Automation.Core.Steps;

/// <summary>Walks an enrollment from step to step until it waits, ends, or meets a bound.</summary>
internal static class Walk
{
    /// <summary>From a fresh enrollment (null: the door stayed shut) into the first step.</summary>
    public static void Start(Turn turn, Enrollment? enrollment)
    {
        if (enrollment is not null)
        {
            On(turn, enrollment.Ordinal, turn.Journeys.Find(enrollment.Journey, enrollment.Version)?.FirstStep);
        }
    }

    /// <summary>The enrollment's time has come.</summary>
    public static void WakeUp(Turn turn, Enrollment enrollment)
    {
        var here = Place.Of(enrollment);
        if (turn.Journeys.Find(enrollment.Journey, enrollment.Version) is not { } journey || journey.FindStep(enrollment.Step) is not { } step)
        {
            Stick(turn, here, Reasons.StepGone, $"Expected step '{enrollment.Step}' in version {enrollment.Version}, but it is gone.");
            return;
        }
        if (journey.Pause is not null)
        {
            turn.Record(new StepFact.Held(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, EntersStep: false) { Reason = Reasons.JourneyPaused });
            return;
        }
        Follow(turn, enrollment.Ordinal, enrollment.Status == EnrollmentStatus.Postponed ? step.Enter(turn, here) : step.WakeUp(turn, enrollment, here));
    }

    /// <summary>Goes where a step said.</summary>
    public static void Follow(Turn turn, int ordinal, Move move)
    {
        if (move.Kind == MoveKind.To)
        {
            On(turn, ordinal, move.Next);
        }
    }

    public static void On(Turn turn, int ordinal, string? next)
    {
        while (turn.Find(ordinal) is { } enrollment)
        {
            if (next is null)
            {
                var last = Place.Of(enrollment);
                turn.Record(new StepFact.Completed(last.Journey, last.Version, last.Ordinal, last.Step, last.Visit));
                return;
            }
            var here = new Place(enrollment.Journey, enrollment.Version, ordinal, next, enrollment.Visit + 1);
            if (turn.Journeys.Find(enrollment.Journey, enrollment.Version) is not { } journey || journey.FindStep(next) is not { } step)
            {
                Stick(turn, here, Reasons.StepGone, $"Expected step '{next}' in version {enrollment.Version}, but there is none.");
                return;
            }
            if (turn.StepsLeft-- <= 0)
            {
                Stick(turn, here, Reasons.StepLimit, $"Expected at most {Turn.StepsMax} steps at one moment, but the journey wants more.");
                return;
            }
            if (journey.Pause is not null)
            {
                turn.Record(new StepFact.Held(here.Journey, here.Version, ordinal, here.Step, here.Visit, EntersStep: true) { Reason = Reasons.JourneyPaused });
                return;
            }
            var move = step.Enter(turn, here);
            if (move.Kind != MoveKind.To)
            {
                return;
            }
            next = move.Next;
        }
    }

    public static void Stick(Turn turn, in Place here, string reason, string? text) =>
        turn.Record(new StepFact.Stuck(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, text) { Reason = reason });

    /// <summary>Ends an enrollment early. What it still has in the outbox is taken back.</summary>
    public static void Exit(Turn turn, Enrollment enrollment, string reason, string? eventId = null, ImmutableArray<EvaluatedValue> looked = default)
    {
        Sending.Outcomes.TakeBack(turn, enrollment, reason);
        var here = Place.Of(enrollment);
        turn.Record(new StepFact.Exited(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, eventId) { Reason = reason, Looked = looked });
    }

    /// <summary>What the step's failure policy says.</summary>
    public static Move Fail(Turn turn, in Place here, FailurePolicy policy, string? next, string? text)
    {
        switch (policy.Action)
        {
            case FailureAction.Continue:
                return Move.To(next);
            case FailureAction.Branch:
                return Move.To(policy.Next);
            case FailureAction.Stuck:
                Stick(turn, here, Reasons.StepFailed, text);
                return Move.Stay;
            case FailureAction.Exit:
                turn.Record(new StepFact.Exited(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, null) { Reason = Reasons.StepFailed });
                return Move.Ended;
            default:
                throw new InvalidOperationException($"Expected a known failure action, but got {policy.Action}.");
        }
    }
}
