namespace Automation.Bench;

/// <summary>One measured number, with the goal it is held against, if it has one.</summary>
/// <param name="AtLeast">Goal for numbers that should be large.</param>
/// <param name="AtMost">Goal for numbers that should be small.</param>
internal sealed record Figure(string Scenario, string Name, double Value, string Unit, double? AtLeast = null, double? AtMost = null)
{
    /// <summary>Whether the goal is met; null where there is none.</summary>
    public bool? Met =>
        AtLeast is { } least ? Value >= least
        : AtMost is { } most ? Value <= most
        : null;
}
