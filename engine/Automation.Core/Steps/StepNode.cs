namespace Automation.Core.Steps;

/// <summary>One step of a journey as it was drawn. What it does stands beside it, in the same folder.</summary>
/// <param name="Id">Unique in the journey.</param>
public abstract record StepNode(string Id)
{
    /// <summary>A name people gave it; the canvas shows a generated sentence without one.</summary>
    public string? Name { get; init; }

    /// <summary>The word that stands under <c>type</c> in the document.</summary>
    public abstract string Type { get; }
}
