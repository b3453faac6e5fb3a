using Automation.Core.Contacts;
using Automation.Core.Sending;
using Automation.Core.Triggers;

namespace Automation.Core.Deciding;

/// <summary>What follows from a changed contact, whoever changed it: messages taken back, tag triggers and segment triggers.</summary>
internal static class Reactions
{
    /// <summary>How often one change may follow from another; journeys that tag each other for ever stop here, and go on with the next stimulus.</summary>
    private const int RoundsMax = 8;

    public static void Settle(Turn turn, Contact before)
    {
        if (before.Consents != turn.Contact.Consents)
        {
            TakeBackUnwanted(turn);
        }
        for (var round = 0; round < RoundsMax; round++)
        {
            var tags = before.Tags;
            before = turn.Contact;
            if (!turn.Journeys.Tags.IsEmpty && !tags.SequenceEqual(before.Tags, StringComparer.Ordinal))
            {
                TagTrigger.Fire(turn, tags, before.Tags);
            }
            SegmentWatch.Settle(turn);
            if (ReferenceEquals(before, turn.Contact))
            {
                return;
            }
        }
    }

    /// <summary>A contact that says no gets nothing more, also not what was decided before and still waits to be sent.</summary>
    private static void TakeBackUnwanted(Turn turn)
    {
        foreach (var message in turn.Contact.Messages)
        {
            if (MessageEvolution.Find(turn.Contact, message.Id) is not null && !message.IsCall && message.Status is (MessageStatus.Queued or MessageStatus.RetryScheduled)
                && Consents.Find(turn.Contact.Consents, message.Channel) is { Granted: false })
            {
                turn.Do(new Effect.CancelMessage(message.Id));
                Outcomes.GiveUp(turn, message, Reasons.NoConsent, null, null);
            }
        }
    }
}
