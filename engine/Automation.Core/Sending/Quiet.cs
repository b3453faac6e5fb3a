using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Sending;

/// <summary>Quiet hours are [from, to) on the contact's clock and may span midnight; equal ends mean none.</summary>
internal static class Quiet
{
    public static bool Contains(QuietHours quiet, LocalTime time) =>
        quiet.From <= quiet.To
            ? time >= quiet.From && time < quiet.To
            : time >= quiet.From || time < quiet.To;

    /// <summary>When the quiet hours that contain this moment end: a postponed send goes at that time.</summary>
    public static Instant End(QuietHours quiet, ZonedDateTime inside)
    {
        var day = inside.TimeOfDay < quiet.To ? inside.Date : inside.Date.PlusDays(1);
        return inside.Zone.AtLeniently(day.At(quiet.To)).ToInstant();
    }

    /// <summary>When the next quiet hours begin: a message handed out now must reach the vendor before. Null when there are none.</summary>
    public static Instant? NextStart(QuietHours? quiet, ZonedDateTime now)
    {
        if (quiet is null || quiet.From == quiet.To)
        {
            return null;
        }
        var day = now.TimeOfDay < quiet.From ? now.Date : now.Date.PlusDays(1);
        return now.Zone.AtLeniently(day.At(quiet.From)).ToInstant();
    }
}
