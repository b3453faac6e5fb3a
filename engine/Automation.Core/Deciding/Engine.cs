using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Sending;
using Automation.Core.Triggers;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>
/// What happens next to a contact. It knows only what it is given: same journeys, contact, stimulus and moment, same decision,
/// on every machine and in every year. This stays a table; what an arm does stands in the file it names.
/// </summary>
public static class Engine
{
    public static Decision Decide(JourneySet journeys, Contact contact, Stimulus stimulus, Instant now)
    {
        var turn = new Turn(journeys, contact, now) { Actor = ActorOf(stimulus) };
        if (contact.IsErased)
        {
            turn.Reject(NameOf(stimulus), Reasons.Erased, "Expected a contact that is there, but it was erased.");
            return turn.Decided();
        }
        if (contact.MergedInto is { } survivor)
        {
            turn.Reject(NameOf(stimulus), Reasons.ContactMerged, $"Expected a contact of its own, but it is part of contact {survivor}.");
            return turn.Decided();
        }
        switch (stimulus)
        {
            case Stimulus.EventArrived arrived:
                EventArrival.Apply(turn, arrived.Event);
                break;
            case Stimulus.TimerDue:
                Timers.Due(turn);
                break;
            case Stimulus.OutcomeReported reported:
                Outcomes.Report(turn, reported.Outcome);
                break;
            case Stimulus.ScheduleFired fired:
                ScheduleTrigger.Fire(turn, fired);
                break;
            case Stimulus.Absorb absorb:
                Absorption.Apply(turn, absorb.Other);
                break;
            case Stimulus.WasAbsorbed absorbed:
                turn.Record(new ContactFact.ContactMerged(absorbed.Survivor));
                break;
            case Stimulus.Swept:
                break; // Deadlines come from the contact and the set; settling the reactions below looks at the segments.
            case Command command:
                Commands.Apply(turn, command);
                break;
            default:
                throw new InvalidOperationException($"Expected a known stimulus, but got {stimulus.GetType().Name}.");
        }
        if (stimulus is not (Stimulus.WasAbsorbed or Command.Erase))
        {
            Reactions.Settle(turn, contact);
        }
        return turn.Decided();
    }

    // A person may also say what became of a message.
    private static string? ActorOf(Stimulus stimulus) => stimulus switch
    {
        Command command => command.Actor,
        Stimulus.OutcomeReported reported => reported.Outcome.Actor,
        _ => null,
    };

    /// <summary>The stimulus in the ledger's words.</summary>
    public static string NameOf(Stimulus stimulus) => stimulus switch
    {
        Stimulus.EventArrived => "event",
        Stimulus.TimerDue => "timer",
        Stimulus.OutcomeReported => "outcome",
        Stimulus.ScheduleFired => "schedule",
        Stimulus.Absorb or Stimulus.WasAbsorbed => "merge",
        Stimulus.Swept => "sweep",
        Command => "command",
        _ => throw new InvalidOperationException($"Expected a known stimulus, but got {stimulus.GetType().Name}."),
    };
}
