using Automation.Core.Contacts;
using Automation.Core.Deciding;

namespace Automation.Runtime.Loop;

/// <summary>What stands as the cause of a fact; see <see cref="Ports.RecordedFact"/>.</summary>
internal static class Causes
{
    public static string Of(Stimulus stimulus) => stimulus switch
    {
        Stimulus.EventArrived arrived => Of(arrived.Event),
        Stimulus.TimerDue => "timer",
        Stimulus.OutcomeReported reported => $"outcome:{reported.Outcome.Message:D}",
        Stimulus.ScheduleFired => "schedule",
        Stimulus.Swept => "sweep",
        _ => $"command:{FactNames.Of(stimulus)}",
    };

    /// <summary>Also of a merge: the event whose identities showed that two contacts are one.</summary>
    public static string Of(ContactEvent happened) => string.Concat("event:", happened.MessageId);

    public static string Of(WorkspaceFact fact) => $"command:{FactJson.Kind(fact)}";
}
