using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Triggers;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>The earliest moment at which time alone can change something for a contact; the store's index of timers.</summary>
public static class NextDue
{
    /// <param name="now">When the contact was last decided on: windows of watched segments change after it.</param>
    public static Instant? Of(JourneySet journeys, Contact contact, Instant now)
    {
        var deadline = Deadlines.Earliest(journeys, contact)?.At;
        var change = SegmentWatch.NextChange(journeys, contact, now);
        return deadline is null ? change : change is null ? deadline : Instant.Min(deadline.Value, change.Value);
    }
}
