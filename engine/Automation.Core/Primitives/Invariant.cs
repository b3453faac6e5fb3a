using System.Diagnostics.CodeAnalysis;

namespace Automation.Core.Primitives;

/// <summary>Thrown where our own code broke a promise. The shell parks the enrollment at hand and goes on.</summary>
public sealed class InvariantBrokenException(string message) : Exception(message);

/// <summary>Promises that code makes to itself, checked where they are relied on.</summary>
public static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw new InvariantBrokenException(message);
        }
    }
}
