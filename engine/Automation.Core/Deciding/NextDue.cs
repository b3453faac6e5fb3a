using Automation.Core.Contacts;
using Automation.Core.Journeys;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>The earliest moment at which time alone can change something for a contact; the store's index of timers.</summary>
public static class NextDue
{
    public static Instant? Of(JourneySet journeys, Contact contact) => null;
}
