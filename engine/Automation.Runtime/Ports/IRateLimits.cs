namespace Automation.Runtime.Ports;

/// <summary>
/// Keeps an account within its vendor's messages a second, however many dispatchers send through it. Who wants to send takes first, which
/// paces, and enters just before the call, which keeps every second: between the two messages are claimed, and that takes now longer, now shorter.
/// </summary>
public interface IRateLimits
{
    /// <summary>Takes what may go now: as much as a call is to have, or <paramref name="wanted"/> where that is less, or nothing.</summary>
    /// <param name="lane">Account and channel.</param>
    ValueTask<RateGrant> TakeAsync(string lane, double perSecond, int wanted, CancellationToken cancellation);

    /// <summary>Gives back what was taken and not used.</summary>
    ValueTask ReturnAsync(string lane, double perSecond, int unused);

    /// <summary>Enters the second that begins now with messages that were taken.</summary>
    ValueTask<RateEntry> EnterAsync(string lane, double perSecond, int count, CancellationToken cancellation);

    /// <summary>The call of an entry took so much longer than calls usually do: its messages may have come to the vendor that much later.</summary>
    ValueTask LateAsync(string lane, double perSecond, RateEntry entry, TimeSpan late);
}

/// <param name="Granted">How many may go now.</param>
/// <param name="Wait">Where none may: how long until it is worth asking again.</param>
public readonly record struct RateGrant(int Granted, TimeSpan Wait);

/// <param name="Wait">Zero, and they are in; or how long until it is worth trying again.</param>
/// <param name="Id">Of this entry, to say by that it was late; below zero where one process keeps the limits.</param>
/// <param name="Count">Its messages.</param>
public readonly record struct RateEntry(TimeSpan Wait, long Id, int Count);
