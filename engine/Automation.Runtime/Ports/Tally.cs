using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>
/// What facts are counted and found by. Each commit adds to the count of its keys in its own transaction, so that "how many, and why"
/// is answered without reading facts, and always says what they say.
/// </summary>
/// <param name="Reason">A code; texts that people gave as reasons count as <see cref="OtherReason"/>.</param>
/// <param name="Channel">Of facts about a message or a consent.</param>
/// <param name="Account">Of facts that name one: a message that was queued.</param>
public readonly record struct TallyKey(string Kind, string? Reason, string? Journey, string? Step, string? Channel, string? Account)
{
    /// <summary>Keys must be few, and what people write is not.</summary>
    public const string OtherReason = "other";

    private const int ReasonLengthMax = 64;

    public static TallyKey Of(in FactHeader header, Fact fact) =>
        new(header.Kind, ReasonOf(header.Reason), header.Journey, header.Step, ChannelOf(fact), fact switch
        {
            StepFact.MessageQueued queued => queued.Account,
            StepFact.MessageReplayed replayed => replayed.Account,
            _ => null,
        });

    public static TallyKey Of(Fact fact) => Of(FactJson.Header(fact), fact);

    /// <summary>The reason under which a reason is counted.</summary>
    public static string? ReasonOf(string? reason) => reason is null || IsCode(reason) ? reason : OtherReason;

    public static string? ChannelOf(Fact fact) => fact switch
    {
        StepFact.MessageQueued about => about.Channel,
        StepFact.MessageSuppressed about => about.Channel,
        StepFact.MessagePostponed about => about.Channel,
        StepFact.MessageSent about => about.Channel,
        StepFact.MessageProgressed about => about.Channel,
        StepFact.MessageDelivered about => about.Channel,
        StepFact.MessageFailed about => about.Channel,
        StepFact.MessageReplayed about => about.Channel,
        StepFact.ReplayRefused about => about.Channel,
        StepFact.RetryScheduled about => about.Channel,
        StepFact.MessageRetried about => about.Channel,
        StepFact.ReceiptGivenUp about => about.Channel,
        StepFact.MessageUnknown about => about.Channel,
        ContactFact.ConsentChanged about => about.Channel,
        _ => null,
    };

    /// <summary>Whether it is a stable code, and not what somebody wrote.</summary>
    internal static bool IsCode(string reason)
    {
        foreach (var letter in reason)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '_')
            {
                return false;
            }
        }
        return reason.Length is > 0 and <= ReasonLengthMax;
    }
}

/// <summary>What is to be counted, in whole hours; null means any.</summary>
/// <param name="From">Rounded down to its hour.</param>
/// <param name="To">Rounded up to the next.</param>
public sealed record TallyQuery(Instant From, Instant To)
{
    public string? Kind { get; init; }

    public string? Reason { get; init; }

    public string? Journey { get; init; }

    public string? Step { get; init; }

    public string? Channel { get; init; }

    public string? Account { get; init; }

    public bool Takes(in TallyKey key) =>
        (Kind is null || key.Kind == Kind) && (Reason is null || key.Reason == TallyKey.ReasonOf(Reason)) && (Journey is null || key.Journey == Journey)
        && (Step is null || key.Step == Step) && (Channel is null || key.Channel == Channel) && (Account is null || key.Account == Account);
}

public readonly record struct TallyCount(TallyKey Key, long Count);

/// <summary>Hours since 1970 in UTC: what counts are kept by. Days of any zone whose offset is whole hours are sums of them.</summary>
public static class TallyHours
{
    private const long MillisecondsPerHour = 3_600_000;

    public static int Of(Instant at) => (int)Math.Floor(at.ToUnixTimeMilliseconds() / (double)MillisecondsPerHour);

    /// <summary>The first hour that begins at this time or later.</summary>
    public static int After(Instant at) => (int)Math.Ceiling(at.ToUnixTimeMilliseconds() / (double)MillisecondsPerHour);

    public static Instant Start(int hour) => Instant.FromUnixTimeMilliseconds(hour * MillisecondsPerHour);
}
