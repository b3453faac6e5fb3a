using Automation.Core.Deciding;

namespace Automation.Runtime.Loop;

/// <summary>What stands as the cause of a fact; see <see cref="Ports.RecordedFact"/>.</summary>
internal static class Causes
{
    public static string Of(Stimulus stimulus) => stimulus switch
    {
        Stimulus.EventArrived arrived => string.Concat("event:", arrived.Event.MessageId),
        Stimulus.TimerDue => "timer",
        Stimulus.OutcomeReported reported => $"outcome:{reported.Outcome.Message:D}",
        Stimulus.ScheduleFired => "schedule",
        Stimulus.Swept => "sweep",
        Stimulus.Absorb or Stimulus.WasAbsorbed => "merge",
        _ => $"command:{FactNames.Of(stimulus)}",
    };

    public static string Of(WorkspaceFact fact) => $"command:{FactJson.Kind(fact)}";
}
