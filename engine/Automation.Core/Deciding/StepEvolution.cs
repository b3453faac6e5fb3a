using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What facts about one enrollment at one step change in that enrollment; messages are in <see cref="MessageEvolution"/>.</summary>
internal static class StepEvolution
{
    public static Contact Apply(Contact contact, StepFact fact, Instant at, FoldContext context)
    {
        contact = MessageEvolution.Apply(contact, fact, at);
        if (fact is StepFact.ContactUpdated updated)
        {
            contact = Update(contact, updated);
        }
        var index = IndexOf(contact, fact.Ordinal);
        if (index < 0)
        {
            return contact; // Receipts outlive their enrollment: the message still changes.
        }
        if (fact is StepFact.Exited or StepFact.Completed)
        {
            return contact with { Enrollments = contact.Enrollments.RemoveAt(index) };
        }
        var before = contact.Enrollments[index];
        var after = Advance(Arrive(before, fact, at), fact, context);
        return ReferenceEquals(before, after) ? contact : contact with { Enrollments = contact.Enrollments.SetItem(index, after) };
    }

    /// <summary>The first fact of a visit is the arrival at its step.</summary>
    private static Enrollment Arrive(Enrollment enrollment, StepFact fact, Instant at) =>
        fact.Visit <= enrollment.Visit
            ? enrollment
            : enrollment with
            {
                Step = fact.Step,
                Visit = fact.Visit,
                Since = at,
                Status = EnrollmentStatus.Waiting,
                WakeAt = null,
                ChainIndex = 0,
                StuckReason = null,
                HeldSince = null,
            };

    private static Enrollment Advance(Enrollment enrollment, StepFact fact, FoldContext context) => fact switch
    {
        // A fact of an earlier visit, e.g. a late receipt: only the step's result changes.
        _ when fact.Visit < enrollment.Visit => StepResults.Note(enrollment, fact, context.Event),
        StepFact.WaitStarted started => enrollment with
        {
            Status = started.ForEvent ? EnrollmentStatus.WaitingForEvent : EnrollmentStatus.Waiting,
            WakeAt = started.Until,
        },
        StepFact.MessageQueued queued => StepResults.Note(enrollment, fact, context.Event) with
        {
            Status = EnrollmentStatus.AwaitingOutcome,
            WakeAt = queued.AnswerBy,
            ChainIndex = queued.ChainIndex,
        },
        StepFact.MessageReplayed replayed => enrollment with
        {
            Status = EnrollmentStatus.AwaitingOutcome,
            WakeAt = null,
            ChainIndex = replayed.ChainIndex,
            StuckReason = null,
        },
        StepFact.MessagePostponed postponed => enrollment with
        {
            Status = EnrollmentStatus.Postponed,
            WakeAt = postponed.Until,
            ChainIndex = postponed.ChainIndex,
        },
        StepFact.FallbackStarted fallback => enrollment with { ChainIndex = fallback.ChainIndex, WakeAt = null },
        StepFact.VariantDrawn drawn => StepResults.Note(enrollment, fact, context.Event) with { HeldOut = enrollment.HeldOut || drawn.Holdout },
        StepFact.Stuck => enrollment with { Status = EnrollmentStatus.Stuck, StuckReason = fact.Reason, WakeAt = null },
        StepFact.Unstuck => enrollment with { Status = EnrollmentStatus.Waiting, StuckReason = null, WakeAt = null },
        StepFact.Held held => held.EntersStep
            ? enrollment with { Status = EnrollmentStatus.Postponed, WakeAt = null, HeldSince = enrollment.HeldSince ?? enrollment.Since }
            : enrollment with { HeldSince = enrollment.WakeAt },
        StepFact.Released released => enrollment with { HeldSince = null, WakeAt = released.WakeAt },
        StepFact.Moved moved => enrollment with { Version = moved.Version },
        _ => StepResults.Note(enrollment, fact, context.Event),
    };

    private static Contact Update(Contact contact, StepFact.ContactUpdated updated)
    {
        var attributes = contact.Attributes.Overlay(updated.Set);
        foreach (var name in updated.Unset)
        {
            attributes = attributes.Without(name);
        }
        return contact with
        {
            Attributes = attributes,
            Tags = SortedSet.Change(contact.Tags, updated.AddedTags, updated.RemovedTags),
        };
    }

    private static int IndexOf(Contact contact, int ordinal)
    {
        for (var i = 0; i < contact.Enrollments.Length; i++)
        {
            if (contact.Enrollments[i].Ordinal == ordinal)
            {
                return i;
            }
        }
        return -1;
    }
}
