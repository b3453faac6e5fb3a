namespace Automation.Core.Templates.Evaluation;

/// <summary>
/// Stops one render. It is thrown deep inside an expression and caught once, in Render; it never leaves this namespace.
/// The position is that of the node; without one it is the call being evaluated.
/// </summary>
internal sealed class Fault : Exception
{
    public Fault(string message)
        : base(message)
    {
    }

    public Fault(int line, int column, string message)
        : base(message)
    {
        Line = line;
        Column = column;
    }

    public Fault()
    {
    }

    public Fault(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public int Line { get; }

    public int Column { get; }

    /// <summary>The argument that was wrong, counted from zero, so that the position can point at it; -1 means the call.</summary>
    public int Argument { get; init; } = -1;
}
