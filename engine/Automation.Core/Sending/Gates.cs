using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Sending;

/// <summary>One way to send: the first choice of a send step, or a link of its fallback chain.</summary>
internal readonly record struct Way(string Channel, string Account, string Template, string? Quota, string? AddressType);

/// <summary>What a gate says: nothing (open), a reason to drop the message, or a time to try again.</summary>
internal readonly record struct Verdict(string? Reason, Instant? Until, EvaluatedValue Looked)
{
    public static readonly Verdict Open;

    public bool IsOpen => Reason is null;

    public static Verdict Refuse(string reason, EvaluatedValue looked) => new(reason, null, looked);

    public static Verdict Postpone(string reason, Instant until, EvaluatedValue looked) => new(reason, until, looked);
}

/// <summary>The gates before a message, in their order. Each refusal is a fact with a stable code and the value that decided.</summary>
internal static class Gates
{
    private delegate Verdict Gate(Turn turn, Enrollment? enrollment, in Way way);

    private static readonly ImmutableArray<Gate> Order = [HasAddress, HasConsent, HasQuota, IsNotHeldOut, IsUnderCaps, IsNotQuiet];

    public static Verdict Ask(Turn turn, Enrollment enrollment, in Way way)
    {
        foreach (var gate in Order)
        {
            var verdict = gate(turn, enrollment, way);
            if (!verdict.IsOpen)
            {
                return verdict;
            }
        }
        return Verdict.Open;
    }

    /// <summary>For a message that was decided once already: what may have changed since. The control group has not.</summary>
    public static Verdict AskAgain(Turn turn, in Way way)
    {
        foreach (var gate in (ReadOnlySpan<Gate>)[HasAddress, HasConsent, HasQuota, IsUnderCaps, IsNotQuiet])
        {
            var verdict = gate(turn, null, way);
            if (!verdict.IsOpen)
            {
                return verdict;
            }
        }
        return Verdict.Open;
    }

    /// <summary>The contact's address for a channel; null where there is none.</summary>
    public static Identity? AddressOf(Contact contact, string addressType)
    {
        foreach (var identity in contact.Identities)
        {
            var fits = addressType == Channels.AnyOpenId
                ? identity.Type.StartsWith(Identity.OpenIdPrefix, StringComparison.Ordinal)
                : string.Equals(identity.Type, addressType, StringComparison.Ordinal);
            if (fits)
            {
                return identity;
            }
        }
        return null;
    }

    public static Verdict HasConsent(Turn turn, Enrollment? enrollment, in Way way)
    {
        var word = Consents.Find(turn.Contact.Consents, way.Channel);
        var granted = word?.Granted ?? Channels.Consent(turn.Journeys.Settings, way.Channel) == ConsentMode.Assumed;
        return granted ? Verdict.Open : Verdict.Refuse(
            Reasons.NoConsent, new EvaluatedValue($"consent.{way.Channel}", "=", true, word?.Granted, false));
    }

    public static Verdict IsNotQuiet(Turn turn, Enrollment? enrollment, in Way way)
    {
        if (!turn.Journeys.Settings.QuietHours.TryGetValue(way.Channel, out var quiet))
        {
            return Verdict.Open;
        }
        var clock = turn.Now.InZone(turn.Zone);
        if (!Quiet.Contains(quiet, clock.TimeOfDay))
        {
            return Verdict.Open;
        }
        var looked = new EvaluatedValue(
            "contact.local_time", "notBetween", $"{quiet.From:HH:mm}–{quiet.To:HH:mm}", clock.TimeOfDay.ToString("HH:mm:ss", null), false);
        return quiet.Postpone
            ? Verdict.Postpone(Reasons.QuietHours, Quiet.End(quiet, clock), looked)
            : Verdict.Refuse(Reasons.QuietHours, looked);
    }

    private static Verdict HasAddress(Turn turn, Enrollment? enrollment, in Way way) =>
        way.AddressType is null || AddressOf(turn.Contact, way.AddressType) is not null
            ? Verdict.Open
            : Verdict.Refuse(Reasons.NoAddress, new EvaluatedValue($"identity.{way.AddressType}", "notNull", null, null, false));

    private static Verdict HasQuota(Turn turn, Enrollment? enrollment, in Way way)
    {
        if (way.Quota is null)
        {
            return Verdict.Open;
        }
        var balance = Quotas.Find(turn.Contact.Quotas, way.Quota).Balance;
        return balance > 0 ? Verdict.Open : Verdict.Refuse(
            Reasons.NoQuota, new EvaluatedValue($"quota.{way.Quota}", ">=", 1L, balance, false));
    }

    private static Verdict IsNotHeldOut(Turn turn, Enrollment? enrollment, in Way way)
    {
        if (enrollment?.HeldOut == true)
        {
            return Verdict.Refuse(Reasons.HeldOut, new EvaluatedValue("split.holdout", "=", false, true, false));
        }
        var percent = turn.Journeys.Settings.HoldoutPercent;
        if (percent <= 0)
        {
            return Verdict.Open;
        }
        var draw = (decimal)StableHash.Share("workspace", "holdout", Chance.Of(turn.Contact)) * 100;
        return draw >= percent ? Verdict.Open : Verdict.Refuse(
            Reasons.HeldOut, new EvaluatedValue("workspace.holdout", ">=", percent, decimal.Round(draw, 4), false));
    }

    private static Verdict IsUnderCaps(Turn turn, Enrollment? enrollment, in Way way) => IsUnderCaps(turn, way.Channel, turn.Contact.RecentSends);

    /// <param name="sends">Those that count: all of the contact's, or all but the message's own.</param>
    public static Verdict IsUnderCaps(Turn turn, string channel, ImmutableArray<RecentSend> sends)
    {
        if (!Channels.ReachesPeople(channel))
        {
            return Verdict.Open;
        }
        foreach (var cap in turn.Journeys.Settings.Caps)
        {
            if (cap.Channel is not null && cap.Channel != channel)
            {
                continue;
            }
            var count = RecentSends.CountWithin(sends, cap.Channel, turn.Now, cap.Per);
            if (count >= cap.AtMost)
            {
                return Verdict.Refuse(Reasons.FrequencyCap, new EvaluatedValue(
                    $"sends{(cap.Channel is null ? "" : $".{cap.Channel}")} within {RelativeTime.Text(cap.Per)}", "<", (long)cap.AtMost, (long)count, false));
            }
        }
        return Verdict.Open;
    }
}
