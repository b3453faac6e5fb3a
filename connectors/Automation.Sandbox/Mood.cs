using System.Collections.Concurrent;

namespace Automation.Sandbox;

/// <summary>How a stand-in treats a request that sends.</summary>
public enum Mood
{
    /// <summary>As the vendor does.</summary>
    Well,

    /// <summary>Says that it is too much, in the vendor's own words.</summary>
    Busy,

    /// <summary>Says that something broke, in the vendor's own words.</summary>
    Broken,

    /// <summary>Answers with 500 and nothing else.</summary>
    ServerError,

    /// <summary>Takes the message, and never answers.</summary>
    SilentAfterTaking,

    /// <summary>Takes the message, and breaks the connection.</summary>
    ResetAfterTaking,

    /// <summary>Says that all tokens so far have expired.</summary>
    TokenExpired,
}

/// <summary>What becomes of a message that was taken, and of its receipt.</summary>
/// <param name="Code">The carrier's or vendor's code of a failure; null when it arrives.</param>
/// <param name="Receipts">How many receipts are sent: 0 when it gets lost, 2 when it comes twice.</param>
public sealed record Fate(string? Code = null, int Receipts = 1)
{
    /// <summary>It arrives, and one receipt says so.</summary>
    public static Fate Arrives { get; } = new();
}

/// <summary>What a stand-in was told to do with the next requests and messages.</summary>
public sealed class Plan
{
    private readonly ConcurrentQueue<Mood> _moods = new();
    private readonly ConcurrentQueue<Fate> _fates = new();

    /// <summary>The next requests that send are treated so, one after the other.</summary>
    public void Next(params ReadOnlySpan<Mood> moods)
    {
        foreach (var mood in moods)
        {
            _moods.Enqueue(mood);
        }
    }

    /// <summary>The next messages that are taken meet these fates.</summary>
    public void Next(params ReadOnlySpan<Fate> fates)
    {
        foreach (var fate in fates)
        {
            _fates.Enqueue(fate);
        }
    }

    internal Mood TakeMood() => _moods.TryDequeue(out var mood) ? mood : Mood.Well;

    internal Fate TakeFate() => _fates.TryDequeue(out var fate) ? fate : Fate.Arrives;
}
