namespace Automation.Connectors.Testing;

/// <summary>One thing that every connector promises.</summary>
/// <param name="Key">Stable, in snake case, as <c>silent_after_taking</c>.</param>
/// <param name="Sentence">What is promised.</param>
/// <param name="NotFor">Says why a connector need not keep it; null when it must.</param>
/// <param name="Keep">Tries it; throws <see cref="PromiseBrokenException"/> when it is broken.</param>
public sealed record Promise(string Key, string Sentence, Func<ConnectorRig, string?> NotFor, Func<PromiseRun, Task> Keep)
{
    /// <summary>Names the promise.</summary>
    public override string ToString() => Key;
}

/// <summary>A connector does not do what it promises.</summary>
/// <param name="text">One sentence, "Expected …, but …".</param>
/// <param name="inner">The cause, if there is one.</param>
public sealed class PromiseBrokenException(string text, Exception? inner = null) : Exception(text, inner);

/// <summary>How one promise came out.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="Kept">True: kept. False: broken. Null: not for this connector.</param>
/// <param name="Text">Why it is broken, or not for this connector. Empty when kept.</param>
public sealed record PromiseOutcome(Promise Promise, bool? Kept, string Text)
{
    /// <summary>A line of the report.</summary>
    public override string ToString() => Kept switch
    {
        true => $"pass  {Promise.Sentence}",
        false => $"FAIL  {Promise.Sentence} {Text}",
        null => $"n/a   {Promise.Sentence} ({Text})",
    };
}
