using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>
/// Events by which a contact changes what it may be sent: an opt-out by reply, a subscription, an allowance that is gone. They come from
/// vendors' callbacks, once each because a repeated event is dropped before, and each leaves its own fact.
/// </summary>
internal static class VendorWords
{
    public const string ConsentGranted = "consent_granted";
    public const string ConsentRevoked = "consent_revoked";
    public const string QuotaAdded = "quota_added";
    public const string QuotaEmptied = "quota_emptied";

    /// <summary>More than this at once is no allowance but a mistake.</summary>
    private const decimal AmountMax = 1_000_000;

    public static void Hear(Turn turn, ContactEvent happened)
    {
        if (happened.Type != EventType.Track || happened.EmitDepth > 0)
        {
            return;
        }
        switch (happened.Name)
        {
            case ConsentGranted or ConsentRevoked when Text(happened, "channel") is { } channel:
                var evidence = ConsentEvidence.Of(happened.Properties.Find("evidence"));
                turn.Record(new ContactFact.ConsentChanged(
                    channel, happened.Name == ConsentGranted, Text(happened, "source") ?? happened.Name,
                    evidence is null ? null : happened.OccurredAt, evidence));
                break;
            case QuotaAdded when Text(happened, "quota") is { } quota:
                var amount = PropertyValues.TryNumber(happened.Properties.Find("amount"), out var number)
                    ? (long)Math.Clamp(number, -AmountMax, AmountMax)
                    : 1;
                Change(turn, quota, amount);
                break;
            case QuotaEmptied when Text(happened, "quota") is { } quota:
                Empty(turn, quota);
                break;
        }
    }

    /// <summary>A vendor refused a message with the contact's own no: what the engine believed is put right.</summary>
    public static void Learn(Turn turn, MessageInFlight message, string reason)
    {
        if (reason == Reasons.NoConsent && Consents.Find(turn.Contact.Consents, message.Channel) is not { Granted: false })
        {
            turn.Record(new ContactFact.ConsentChanged(message.Channel, Granted: false, Source: $"vendor of {message.Account}"));
        }
        else if (reason == Reasons.QuotaGone && message.Quota is { } quota)
        {
            Empty(turn, quota);
        }
    }

    private static void Empty(Turn turn, string quota)
    {
        var balance = Quotas.Find(turn.Contact.Quotas, quota).Balance;
        if (balance > 0)
        {
            Change(turn, quota, -balance);
        }
    }

    private static void Change(Turn turn, string quota, long amount)
    {
        var balance = Math.Max(0, Quotas.Find(turn.Contact.Quotas, quota).Balance + amount);
        turn.Record(new ContactFact.QuotaChanged(quota, amount, balance));
    }

    private static string? Text(ContactEvent happened, string name) =>
        happened.Properties.Find(name) is string { Length: > 0 and <= 100 } text ? text : null;
}
