using System.Diagnostics;

namespace Automation.Runtime.Loop;

/// <summary>
/// Where the engine's part of a trace is made: from the request that brought an event over its decision to the call of the vendor. Nothing
/// is made where nobody listens.
/// </summary>
public static class EngineTrace
{
    public const string SourceName = "Automation.Engine";

    public const string Decide = "decide";
    public const string Send = "send";

    /// <summary>On spans of calls and of receipts, so that one finds the other.</summary>
    public const string MessageTag = "automation.message";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>From when an envelope was taken in until its decisions are durable. It is nobody's surrounding: others run meanwhile.</summary>
    internal static Activity? Deciding(bool isRoot) => Activity.Current is not null || isRoot ? Start(Decide, ActivityKind.Internal, Activity.Current?.Context ?? default) : null;

    /// <param name="trace">The message's decision, in W3C's form.</param>
    internal static Activity? Sending(string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var decided) ? Start(Send, ActivityKind.Client, decided) : null;

    /// <summary>The trace of a span in W3C's form, as spans and logs name it; empty where there is none.</summary>
    internal static string IdOf(string? span) => ActivityContext.TryParse(span, null, out var context) ? context.TraceId.ToString() : "";

    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }
        var around = Activity.Current;
        var made = Source.StartActivity(name, kind, parent);
        Activity.Current = around;
        return made;
    }
}
