using System.Collections.Concurrent;
using System.Globalization;

namespace Automation.Sandbox;

/// <summary>Access tokens: an application gets the same one until it ends.</summary>
internal sealed class Tokens(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(7_200);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _current = new(StringComparer.Ordinal);
    private int _issued;
    private int _asked;

    /// <summary>How often one was asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <param name="owner">The application, and its secret where it has several.</param>
    public (string Token, int Seconds) Get(string owner)
    {
        Interlocked.Increment(ref _asked);
        var now = time.GetUtcNow();
        var (token, until) = _current.AddOrUpdate(owner, _ => Make(now), (_, known) => known.Until > now ? known : Make(now));
        return (token, (int)(until - now).TotalSeconds);
    }

    public bool IsGood(string owner, string? token) =>
        _current.TryGetValue(owner, out var known) && known.Token == token && known.Until > time.GetUtcNow();

    public void Expire() => _current.Clear();

    private (string, DateTimeOffset) Make(DateTimeOffset now) =>
        (string.Create(CultureInfo.InvariantCulture, $"sandbox-token-{Interlocked.Increment(ref _issued)}-{Guid.NewGuid():N}"), now + Life);
}
