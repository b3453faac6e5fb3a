using System.Collections.Immutable;
using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What facts change in the contact's messages in flight, quotas and remembered sends.</summary>
internal static class MessageEvolution
{
    public static Contact Apply(Contact contact, StepFact fact, Instant at) => fact switch
    {
        StepFact.MessageQueued queued => Queue(contact, queued, at),
        StepFact.MessageReplayed replayed => Replay(contact, replayed, at),
        StepFact.MessageSent sent => Sent(contact, sent),
        StepFact.MessageDelivered delivered => Consume(contact, delivered.Message, keep: false),
        StepFact.CallAnswered answered => Consume(contact, answered.Message, keep: false),
        StepFact.ReceiptGivenUp given => Consume(contact, given.Message, keep: false),
        StepFact.MessageFailed failed => Fail(contact, failed.Message),
        StepFact.RetryScheduled retry => Change(Recount(contact, retry, at), retry.Message, message => message with
        {
            Status = MessageStatus.RetryScheduled, DueAt = retry.At, Attempt = retry.Attempt,
        }),
        StepFact.MessageRetried retried => Change(contact, retried.Message, message => message with
        {
            Status = MessageStatus.Queued, DueAt = null, Attempt = retried.Attempt,
        }),
        StepFact.MessageUnknown unknown => Change(contact, unknown.Message, message => message with
        {
            Status = MessageStatus.Unknown, DueAt = null,
        }),
        _ => contact,
    };

    public static MessageInFlight? Find(Contact contact, Guid id)
    {
        var index = IndexOf(contact.Messages, id);
        return index < 0 ? null : contact.Messages[index];
    }

    private static Contact Queue(Contact contact, StepFact.MessageQueued fact, Instant at) => contact with
    {
        Messages = contact.Messages.Add(new MessageInFlight(
            fact.Message, fact.Ordinal, fact.Journey, fact.Version, fact.Step, fact.Visit, fact.ChainIndex,
            fact.Channel, fact.Account, fact.Template, fact.IsCall, Attempt: 1, MessageStatus.Queued, at, DueAt: null, fact.Quota)),
        Quotas = Quotas.Reserve(contact.Quotas, fact.Quota),
        RecentSends = fact.IsCall ? contact.RecentSends : RecentSends.Add(contact.RecentSends, new RecentSend(at, fact.Channel, fact.Message)),
    };

    private static Contact Replay(Contact contact, StepFact.MessageReplayed fact, Instant at) => contact with
    {
        Messages = contact.Messages.Add(new MessageInFlight(
            fact.Message, fact.Ordinal, fact.Journey, fact.Version, fact.Step, fact.Visit, fact.ChainIndex,
            fact.Channel, fact.Account, fact.Template, fact.IsCall, Attempt: 1, MessageStatus.Queued, at, DueAt: null, fact.Quota)),
        Quotas = Quotas.Reserve(contact.Quotas, fact.Quota),
        RecentSends = fact.IsCall ? contact.RecentSends : RecentSends.Add(contact.RecentSends, new RecentSend(at, fact.Channel, fact.Message)),
        Replayed = contact.Replayed.Add(fact.Failed),
    };

    private static Contact Sent(Contact contact, StepFact.MessageSent sent) =>
        sent.AwaitReceipt
            ? Change(
                Consume(contact, sent.Message, keep: true),
                sent.Message,
                message => message with { Status = MessageStatus.Sent, DueAt = sent.ReceiptBy, Quota = null })
            : Consume(contact, sent.Message, keep: false);

    /// <summary>The quota's unit is spent.</summary>
    private static Contact Consume(Contact contact, Guid id, bool keep)
    {
        var index = IndexOf(contact.Messages, id);
        return index < 0 ? contact : contact with
        {
            Quotas = Quotas.Consume(contact.Quotas, contact.Messages[index].Quota),
            Messages = keep ? contact.Messages : contact.Messages.RemoveAt(index),
        };
    }

    /// <summary>A message that was never sent gives its quota back and counts in no cap.</summary>
    private static Contact Fail(Contact contact, Guid id)
    {
        var index = IndexOf(contact.Messages, id);
        return index < 0 ? contact : contact with
        {
            Quotas = Quotas.Release(contact.Quotas, contact.Messages[index].Quota),
            RecentSends = contact.Messages[index].Status == MessageStatus.Sent
                ? contact.RecentSends
                : RecentSends.Without(contact.RecentSends, id),
            Messages = contact.Messages.RemoveAt(index),
        };
    }

    // What waited under a hold reaches the person now, not when it was decided: that is what caps are about.
    private static Contact Recount(Contact contact, StepFact.RetryScheduled retry, Instant at) =>
        retry.Reason == Reasons.HoldReleased && IndexOf(contact.Messages, retry.Message) >= 0 && !contact.Messages[IndexOf(contact.Messages, retry.Message)].IsCall
            ? contact with
            {
                RecentSends = RecentSends.Add(
                    RecentSends.Without(contact.RecentSends, retry.Message), new RecentSend(at, retry.Channel, retry.Message)),
            }
            : contact;

    private static Contact Change(Contact contact, Guid id, Func<MessageInFlight, MessageInFlight> change)
    {
        var index = IndexOf(contact.Messages, id);
        return index < 0 ? contact : contact with { Messages = contact.Messages.SetItem(index, change(contact.Messages[index])) };
    }

    private static int IndexOf(ImmutableArray<MessageInFlight> messages, Guid id)
    {
        for (var i = 0; i < messages.Length; i++)
        {
            if (messages[i].Id == id)
            {
                return i;
            }
        }
        return -1;
    }
}
