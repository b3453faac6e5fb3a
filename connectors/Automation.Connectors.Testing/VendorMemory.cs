using System.Collections.Concurrent;
using System.Globalization;

namespace Automation.Connectors.Testing;

/// <summary>What the vendor's double knows: what arrived, whom it refuses, its tokens and its clock.</summary>
public sealed class VendorMemory(TimeProvider time)
{
    private readonly ConcurrentQueue<(string Key, string Text)> _arrivals = new();
    private readonly ConcurrentDictionary<string, byte> _refused = new(StringComparer.Ordinal);
    private int _tokens;
    private int _expired;

    /// <summary>Every message that reached a person, as often as it did.</summary>
    public IReadOnlyCollection<(string Key, string Text)> Arrivals => _arrivals;

    /// <summary>How many tokens were given out.</summary>
    public int TokensIssued => Volatile.Read(ref _tokens);

    /// <summary>How far the vendor's clock is before ours.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>What time it is at the vendor.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + ClockOffset;

    /// <summary>A message reaches its person.</summary>
    /// <param name="key">As <see cref="ConnectorRig.ArrivalKey"/> gives it, for example the address.</param>
    /// <param name="text">What the person reads.</param>
    public void Take(string key, string text) => _arrivals.Enqueue((key, text));

    /// <summary>Whether the vendor says of this person that there is none.</summary>
    /// <param name="key">As in <see cref="Take"/>.</param>
    public bool Refuses(string key) => _refused.ContainsKey(key);

    /// <summary>Makes the vendor say of a person that there is none.</summary>
    /// <param name="key">As in <see cref="Take"/>.</param>
    public void Refuse(string key) => _refused.TryAdd(key, 0);

    /// <summary>Gives out a new token.</summary>
    public string IssueToken() => $"token-{Interlocked.Increment(ref _tokens).ToString(CultureInfo.InvariantCulture)}-of-the-double";

    /// <summary>Whether a token was given out last and has not expired.</summary>
    /// <param name="token">What the connector brought.</param>
    public bool IsCurrent(string? token) =>
        token == $"token-{TokensIssued.ToString(CultureInfo.InvariantCulture)}-of-the-double" && TokensIssued > Volatile.Read(ref _expired);

    /// <summary>Makes every token that was given out so far expired.</summary>
    public void ExpireTokens() => Volatile.Write(ref _expired, TokensIssued);
}
