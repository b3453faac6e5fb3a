using System.Globalization;
using Automation.Connectors.Tokens;
using StackExchange.Redis;

namespace Automation.Redis;

/// <summary>
/// Vendors' tokens for all processes: whoever finds none takes the lock and fetches, and the others wait for what it brings. Some vendors
/// invalidate the old token with each new one, so two that fetch at once would take turns breaking each other. While Redis is
/// away each process fetches for itself, which costs a vendor's patience and nothing else.
/// </summary>
/// <param name="hide">Tokens are secrets: Redis gets them hidden.</param>
/// <param name="reveal">Undoes <paramref name="hide"/>.</param>
public sealed class RedisTokenStore(RedisLink redis, TimeProvider time, Func<string, string> hide, Func<string, string> reveal) : ITokenStore
{
    private static readonly TimeSpan FetchMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private const string DeleteIfSame = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";

    // In front of Redis: most calls find a good token in memory, and of one process one goes and looks.
    private readonly ProcessTokenStore _own = new(time);

    public ValueTask<VendorToken> GetAsync(
        string key, Func<CancellationToken, ValueTask<VendorToken>> fetch, CancellationToken cancellation) =>
        _own.GetAsync(key, ending => SharedAsync(key, fetch, ending), cancellation);

    public async ValueTask DropAsync(string key, VendorToken token, CancellationToken cancellation)
    {
        await _own.DropAsync(key, token, cancellation);
        var (done, kept) = await redis.TryAsync(database => database.StringGetAsync(Place(key)));
        // Another process may have brought a new one already; only the refused one goes.
        if (done && kept.HasValue && Read(kept)?.Value == token.Value)
        {
            await redis.TryAsync(database => database.ScriptEvaluateAsync(DeleteIfSame, [Place(key)], [kept]));
        }
    }

    private async ValueTask<VendorToken> SharedAsync(string key, Func<CancellationToken, ValueTask<VendorToken>> fetch, CancellationToken cancellation)
    {
        var mine = Guid.NewGuid().ToString("N");
        while (true)
        {
            var (isThere, kept) = await redis.TryAsync(database => database.StringGetAsync(Place(key)));
            if (!isThere)
            {
                return await fetch(cancellation);
            }
            if (kept.HasValue && Read(kept) is { } good && good.GoodUntil > time.GetUtcNow())
            {
                return good;
            }
            var (asked, isMine) = await redis.TryAsync(database => database.LockTakeAsync(Lock(key), mine, FetchMax));
            if (!asked)
            {
                return await fetch(cancellation);
            }
            if (isMine)
            {
                return await FetchAsync(key, mine, fetch, cancellation);
            }
            await Task.Delay(LookAgain, time, cancellation);
        }
    }

    private async ValueTask<VendorToken> FetchAsync(
        string key, string mine, Func<CancellationToken, ValueTask<VendorToken>> fetch, CancellationToken cancellation)
    {
        try
        {
            var token = await fetch(cancellation);
            var left = token.GoodUntil - time.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await redis.TryAsync(database => database.StringSetAsync(Place(key), Write(token), left));
            }
            return token;
        }
        finally
        {
            await redis.TryAsync(database => database.LockReleaseAsync(Lock(key), mine));
        }
    }

    private string Write(VendorToken token) =>
        string.Create(CultureInfo.InvariantCulture, $"{token.GoodUntil.ToUnixTimeMilliseconds()} {hide(token.Value)}");

    private VendorToken? Read(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        try
        {
            return space > 0 && long.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                ? new VendorToken(reveal(text[(space + 1)..]), DateTimeOffset.FromUnixTimeMilliseconds(until))
                : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // Of another key: it is fetched anew, and this one written over.
        }
    }

    private RedisKey Place(string key) => $"{redis.Prefix}:token:{key}";

    private RedisKey Lock(string key) => $"{redis.Prefix}:token-lock:{key}";
}
