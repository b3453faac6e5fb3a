using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>
/// One turn of the loop: takes stimuli in order, asks the core, and gathers what it answers in a batch. It knows neither store nor
/// clock; everything the core may look at is in the cache before. The simulator runs this same code.
/// </summary>
internal sealed partial class BatchDecider(ContactCache cache, ParkedContacts parked, ILogger log)
{
    private readonly Queue<(CachedContact Contact, ContactEvent Event)> _emitted = new();
    private readonly Visits _visits = new();

    public required JourneySet Journeys { get; set; }

    public Instant Now { get; set; }

    /// <summary>The trace that what is decided belongs to, or null.</summary>
    public string? Trace { get; set; }

    /// <summary>An event, with a message id that is known to be new.</summary>
    /// <returns>False when it has no identity to find a contact by.</returns>
    public bool Event(Batch batch, Submission? submission, ContactEvent happened)
    {
        if (happened.Identities.IsDefaultOrEmpty)
        {
            return false;
        }
        var (target, joined, foreign) = IdentityResolution.Of(happened, cache);
        foreach (var other in joined)
        {
            Join(batch, submission, target!, other, Causes.Of(happened));
        }
        if (!foreign.IsEmpty)
        {
            happened = happened with { Identities = happened.Identities.RemoveRange(foreign) };
        }
        target ??= Create(batch, happened);
        foreach (var identity in happened.Identities)
        {
            var owner = cache.Find(identity);
            if (!ReferenceEquals(owner, target))
            {
                Link(batch, identity, target, owner?.Id);
            }
        }
        Record(batch, submission, target, happened);
        // A device that several people use is nothing to report; a number or an account is.
        foreach (var identity in foreign.Where(identity => identity.Type != Identity.AnonymousId))
        {
            Keep(batch, submission, target.Id, string.Concat("event:", happened.MessageId), new ContactFact.StimulusRejected(
                identity.Type, $"Expected {identity.Type} to be this contact's, but it is contact {cache.Find(identity)!.Id}'s.") { Reason = Reasons.IdentityTaken });
        }
        DrainEmitted(batch, submission);
        return true;
    }

    /// <summary>A stimulus for a contact by id. One that was merged hands over to the survivor.</summary>
    /// <returns>False when there is no such contact.</returns>
    public bool Stimulus(Batch batch, Submission? submission, long id, Stimulus stimulus)
    {
        if (Survivor(id) is not { } contact)
        {
            return false;
        }
        Decide(batch, submission, contact, stimulus);
        DrainEmitted(batch, submission);
        return true;
    }

    /// <summary>Lets pass the deadlines of a contact that have come, if they still have.</summary>
    public void Due(Batch batch, Submission? submission, long id)
    {
        if (cache.Find(id) is not { } contact || contact.Contact.MergedInto is not null)
        {
            return;
        }
        cache.Pin(contact, batch.Number);
        // Between the question to the store and this turn an event may have moved the deadline.
        var isStale = contact.ChangedIn == batch.Number
            ? !(NextDue.Of(Journeys, contact.Contact, Now) <= Now)
            : contact.HasDue && !(contact.DueAt <= Now);
        if (isStale)
        {
            return;
        }
        Timer(batch, contact, submission);
    }

    /// <summary>Lets pass the deadlines of a contact that is here and has one.</summary>
    public void Timer(Batch batch, CachedContact contact, Submission? submission = null)
    {
        var before = contact.Contact;
        Decide(batch, submission, contact, Core.Deciding.Stimulus.TimerDue.Now);
        DrainEmitted(batch, submission);
        if (ReferenceEquals(before, contact.Contact) && NextDue.Of(Journeys, before, Now) <= Now)
        {
            // The deadline stands and nothing moved: asking again would turn for ever.
            LogDeadlineStands(contact.Id);
            parked.Park(contact.Id, Now);
        }
    }

    /// <summary>A fact about a definition.</summary>
    public void Fact(Batch batch, Submission? submission, WorkspaceFact fact)
    {
        batch.Count(new CounterKey("", 0, "", FactJson.Kind(fact)));
        Keep(batch, submission, 0, Causes.Of(fact), fact);
    }

    private CachedContact? Survivor(long id)
    {
        var contact = cache.Find(id);
        // Who was erased hears it themselves: a message of theirs that is on its way still has an outcome.
        while (contact?.Contact is { MergedInto: { } survivor, IsErased: false })
        {
            contact = cache.Find(survivor);
        }
        return contact;
    }

    private CachedContact Create(Batch batch, ContactEvent happened)
    {
        var contact = cache.Add(new Contact(batch.TakeContactId(), happened.OccurredAt));
        cache.Pin(contact, batch.Number);
        batch.Change(contact, isNew: true);
        return contact;
    }

    private void Link(Batch batch, in Identity identity, CachedContact contact, long? before)
    {
        cache.Link(identity, contact);
        batch.Identities.Add(new IdentityLink(identity, contact.Id, before));
    }

    // Who comes by one of them from now on is somebody new.
    private void Forget(Batch batch, CachedContact contact)
    {
        foreach (var identity in contact.Contact.Identities)
        {
            cache.Unlink(identity);
            batch.Identities.Add(new IdentityLink(identity, Contact.Nobody, contact.Id));
        }
    }

    private void Join(Batch batch, Submission? submission, CachedContact survivor, CachedContact other, string cause)
    {
        var absorbed = other.Contact;
        Decide(batch, submission, survivor, new Stimulus.Absorb(absorbed), cause);
        Decide(batch, submission, other, new Stimulus.WasAbsorbed(survivor.Id), cause);
        foreach (var identity in absorbed.Identities)
        {
            Link(batch, identity, survivor, absorbed.Id);
        }
    }

    private void Record(Batch batch, Submission? submission, CachedContact contact, ContactEvent happened)
    {
        Decide(batch, submission, contact, new Stimulus.EventArrived(happened));
    }

    private void DrainEmitted(Batch batch, Submission? submission)
    {
        while (_emitted.TryDequeue(out var next))
        {
            // Its id is a hash of enrollment, step and visit: known already only where this very step was decided before.
            if (batch.MessageIds.Add(next.Event.MessageId))
            {
                Record(batch, submission, next.Contact, next.Event);
            }
        }
    }

    private void Decide(Batch batch, Submission? submission, CachedContact contact, Stimulus stimulus, string? cause = null)
    {
        cache.Pin(contact, batch.Number);
        batch.Change(contact);
        _visits.Begin(contact.Contact);
        Decision decision;
        try
        {
            decision = Engine.Decide(Journeys, contact.Contact, stimulus, Now);
        }
#pragma warning disable CA1031 // Whatever our own code threw, it must cost one stimulus and not the loop.
        catch (Exception error)
#pragma warning restore CA1031
        {
            decision = Park(contact, stimulus, error);
        }
        if (decision.Contact.IsErased && !contact.Contact.IsErased)
        {
            Forget(batch, contact);
        }
        contact.Contact = decision.Contact;
        var spoken = Keep(batch, submission, contact, stimulus, cause, decision);
        if (stimulus is Stimulus.OutcomeReported reported && !spoken && TellsOfTheRow(reported.Outcome, contact.Contact))
        {
            batch.MessageChanges.Add(MessageRows.Of(reported.Outcome, Now));
        }
        if (decision.Effects.Count > 0)
        {
            Take(batch, contact, decision.Effects);
        }
    }

    // A stage that is known already changes nothing, not even the row; nor does a release of what was let go already.
    private static bool TellsOfTheRow(MessageOutcome outcome, Contact contact) => outcome.Kind switch
    {
        OutcomeKind.Progressed => false,
        OutcomeKind.Released => contact.Messages.All(message => message.Id != outcome.Message),
        _ => true,
    };

    // The event itself happened, whatever we made of it, so it is folded in; the fact tells that nothing was decided.
    private Decision Park(CachedContact contact, Stimulus stimulus, Exception error)
    {
        LogInvariantBroken(error, contact.Id, FactNames.Of(stimulus));
        if (stimulus is Stimulus.TimerDue)
        {
            parked.Park(contact.Id, Now);
        }
        var fact = new ContactFact.StimulusRejected(
            FactNames.Of(stimulus), $"Expected a decision, but our own code broke a promise: {error.GetType().Name}.")
        {
            Reason = Reasons.InvariantBroken,
            Actor = (stimulus as Command)?.Actor,
        };
        try
        {
            var after = stimulus is Stimulus.EventArrived arrived ? Evolution.Apply(contact.Contact, arrived.Event) : contact.Contact;
            return new Decision(Evolution.Apply(after, fact, Now), [fact], []);
        }
        catch (InvariantBrokenException)
        {
            return new Decision(contact.Contact, [fact], []);
        }
    }

    /// <returns>Whether a fact told what became of the message that the stimulus spoke of.</returns>
    private bool Keep(Batch batch, Submission? submission, CachedContact contact, Stimulus stimulus, string? cause, in Decision decision)
    {
        var happened = (stimulus as Stimulus.EventArrived)?.Event;
        var facts = decision.Facts;
        var spoken = false;
        if (facts.Count == 0)
        {
            Keep(batch, contact.Id, happened);
            return spoken;
        }
        cause ??= Causes.Of(stimulus);
        for (var i = 0; i < facts.Count; i++)
        {
            if (i == decision.FactsBeforeEvent)
            {
                // What deadlines before the event decided stands before it, so that the ledger folds in its own order.
                Keep(batch, contact.Id, happened);
            }
            var fact = facts[i];
            Keep(batch, submission, contact.Id, cause, fact);
            switch (fact)
            {
                case StepFact step:
                    batch.Count(new CounterKey(step.Journey, step.Version, step.Step, FactNames.Counted(fact)));
                    if (_visits.IsArrival(step))
                    {
                        batch.Count(new CounterKey(step.Journey, step.Version, step.Step, Visits.Reached));
                    }
                    CountDay(batch, fact, step.Journey);
                    if (MessageRows.Of(fact, Now) is { } change)
                    {
                        batch.MessageChanges.Add(change);
                        spoken |= stimulus is Stimulus.OutcomeReported reported && reported.Outcome.Message == change.Message;
                    }
                    break;
                case JourneyFact journey:
                    batch.Count(new CounterKey(journey.Journey, journey.Version, "", FactNames.Counted(fact)));
                    CountDay(batch, fact, journey.Journey);
                    break;
                case ContactFact.StimulusRejected { Reason: Reasons.MessageSettled }:
                    spoken = true; // The row has its last word already.
                    break;
                default:
                    break;
            }
        }
        if (decision.FactsBeforeEvent >= facts.Count)
        {
            Keep(batch, contact.Id, happened);
        }
        return spoken;
    }

    /// <summary>What a journey's line over the days is drawn from; the day is the workspace's.</summary>
    private void CountDay(Batch batch, Fact fact, string journey)
    {
        if (fact is JourneyFact.Enrolled or JourneyFact.GoalReached or StepFact.MessageQueued { IsCall: false })
        {
            batch.Count(new DayKey(journey, Journeys.DayOf(Now), FactJson.Kind(fact)));
        }
    }

    private static void Keep(Batch batch, long contact, ContactEvent? happened)
    {
        if (happened is not null)
        {
            batch.Events.Add(new RecordedEvent(batch.TakeSequence(), contact, happened));
        }
    }

    private void Keep(Batch batch, Submission? submission, long contact, string cause, Fact fact)
    {
        var recorded = new RecordedFact(batch.TakeSequence(), contact, Now, cause, fact);
        batch.Facts.Add(recorded);
        submission?.Keep(recorded);
    }

    private void Take(Batch batch, CachedContact contact, IReadOnlyList<Effect> effects)
    {
        for (var i = 0; i < effects.Count; i++)
        {
            switch (effects[i])
            {
                case Effect.SendMessage send:
                    batch.Messages.Add(new OutboxMessage(contact.Id, Now, send) { Trace = Trace });
                    break;
                case Effect.ResendMessage again:
                    batch.MessageChanges.Add(new MessageChange(
                        again.Message, OutboxStatus.Queued, Now, again.Attempt, again.SendBefore, null, null, null, null));
                    batch.Again.Add(again.Message);
                    break;
                case Effect.CancelMessage cancel:
                    batch.MessageChanges.Add(new MessageChange(
                        cancel.Message, OutboxStatus.Cancelled, Now, null, null, null, null, null, null));
                    break;
                case Effect.EmitEvent emit:
                    _emitted.Enqueue((contact, emit.Event));
                    break;
                default:
                    throw new InvalidOperationException($"Expected an effect that the loop knows, but got {effects[i].GetType().Name}.");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Contact {Contact}: {Stimulus} could not be decided and was put aside; the ledger has the fact")]
    private partial void LogInvariantBroken(Exception error, long contact, string stimulus);

    [LoggerMessage(Level = LogLevel.Error, Message = "Contact {Contact}: a deadline passed without a change; its timers are put off")]
    private partial void LogDeadlineStands(long contact);
}
