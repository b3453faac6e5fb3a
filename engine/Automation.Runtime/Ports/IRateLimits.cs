namespace Automation.Runtime.Ports;

/// <summary>Keeps an account within its vendor's messages a second, however many dispatchers send through it.</summary>
public interface IRateLimits
{
    /// <summary>Takes what may go now, at most <paramref name="wanted"/>.</summary>
    /// <param name="lane">Account and channel.</param>
    ValueTask<RateGrant> TakeAsync(string lane, double perSecond, int wanted, CancellationToken cancellation);

    /// <summary>Gives back what was not used.</summary>
    ValueTask ReturnAsync(string lane, double perSecond, int unused);
}

/// <param name="Granted">How many may go now.</param>
/// <param name="Wait">Where none may: how long until one may.</param>
public readonly record struct RateGrant(int Granted, TimeSpan Wait);
