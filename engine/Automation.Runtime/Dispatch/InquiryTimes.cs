using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// When a vendor is asked about a message: at the age of 10 s, 20 s, 40 s and so on, the last time at 45 hours. The age is all that
/// decides, so nothing has to be kept: a process that was away asks once for each message whose time came meanwhile.
/// </summary>
internal static class InquiryTimes
{
    public const int Times = 15;

    public static readonly Duration First = Duration.FromSeconds(10);

    /// <summary>Older ones are left to a receipt or a person: as long as the core waits for a receipt.</summary>
    public static readonly Duration End = Duration.FromDays(3);

    /// <summary>How often a vendor is asked about messages that wait for a person's word: a fallback's time must not come before the news.</summary>
    private static readonly Duration PersonEvery = Duration.FromMinutes(15);

    // Vendors ask not to be called at the full and the half hour, when everybody calls.
    private static readonly Duration PersonOffset = Duration.FromMinutes(7);

    /// <summary>The messages that wait for a person's word and are to be asked about now, whatever their age; null when it is not the time.</summary>
    /// <param name="last">When it was last looked; null for never in this process.</param>
    public static (Instant After, Instant Until)? OfPersons(Instant? last, Instant now) =>
        last is { } before && Round(before) == Round(now) ? null : (now - End, now - PersonEvery);

    private static long Round(Instant at) => (at - NodaConstants.UnixEpoch - PersonOffset).BclCompatibleTicks / PersonEvery.BclCompatibleTicks;

    /// <summary>The stretches of time in which a message must have been claimed, so that it is to be asked about now and was not yet.</summary>
    /// <param name="last">When it was last looked; null for never in this process.</param>
    public static IEnumerable<(Instant After, Instant Until)> Due(Instant? last, Instant now)
    {
        if (last is not { } before || now - before >= End)
        {
            yield return (now - End, now);
            yield break;
        }
        var free = now;
        var age = First;
        for (var i = 0; i < Times; i++, age += age)
        {
            // After a long pause neighbouring stretches meet; each message is asked about once all the same.
            var until = Instant.Min(now - age, free);
            var after = Instant.Max(before - age, now - End);
            if (after < until)
            {
                yield return (after, until);
                free = after;
            }
        }
    }
}
