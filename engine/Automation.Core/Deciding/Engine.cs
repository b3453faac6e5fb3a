using Automation.Core.Contacts;
using Automation.Core.Journeys;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>
/// What happens next to a contact. It knows only what it is given: same journeys, contact, stimulus and moment, same decision,
/// on every machine and in every year.
/// </summary>
public static class Engine
{
    public static Decision Decide(JourneySet journeys, Contact contact, Stimulus stimulus, Instant now) => stimulus switch
    {
        Stimulus.EventArrived arrived => new Decision(Evolution.Apply(contact, arrived.Event), [], []),
        _ => new Decision(contact, [], []),
    };
}
