namespace Automation.Bus;

/// <summary>Where the depth of queues is measured, for whoever collects it.</summary>
public static class BusMeter
{
    public const string Name = "Automation.Bus";
}
