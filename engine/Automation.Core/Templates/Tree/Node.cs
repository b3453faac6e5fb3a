using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

/// <summary>A part of a parsed template. Nodes are immutable: what a render changes lives in its <see cref="Rendering"/>.</summary>
internal abstract class Node(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public Fault Fault(string message) => new(Line, Column, message);
}

/// <summary>How execution goes on after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
}

internal abstract class Statement(int line, int column) : Node(line, column)
{
    public abstract Flow Execute(Rendering rendering);
}

internal abstract class Expression(int line, int column) : Node(line, column)
{
    /// <summary>The value; a name that stands for a function is called.</summary>
    public abstract Value Evaluate(Rendering rendering);

    /// <summary>The value as it stands: a function is answered, not called.</summary>
    public virtual Value Resolve(Rendering rendering) => Evaluate(rendering);

    /// <summary>How this reads in a message to a person.</summary>
    public virtual string Describe() => "expression";
}
