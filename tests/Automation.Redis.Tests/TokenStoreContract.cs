using Automation.Connectors.Tokens;

namespace Automation.Redis.Tests;

/// <summary>What every token store keeps.</summary>
public abstract class TokenStoreContract
{
    /// <summary>The store as two processes see it, or one process twice.</summary>
    protected abstract (ITokenStore First, ITokenStore Second) Open();

    private static VendorToken Token(string value) => new(value, DateTimeOffset.UtcNow.AddHours(2));

    [RedisFact]
    public async Task Of_all_who_ask_at_once_one_fetches()
    {
        var (first, second) = Open();
        var fetched = 0;
        ValueTask<VendorToken> Fetch(CancellationToken cancellation) => ValueTask.FromResult(Token($"t{Interlocked.Increment(ref fetched)}"));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).GetAsync("wecom:ww1", Fetch, CancellationToken.None).AsTask()));

        Assert.All(tokens, token => Assert.Equal("t1", token.Value));
        Assert.Equal(1, fetched);
    }

    [RedisFact]
    public async Task A_refused_token_is_fetched_anew_once_however_many_refuse_it()
    {
        var (first, second) = Open();
        var fetched = 0;
        ValueTask<VendorToken> Fetch(CancellationToken cancellation) => ValueTask.FromResult(Token($"t{Interlocked.Increment(ref fetched)}"));
        var old = await first.GetAsync("wecom:ww1", Fetch, CancellationToken.None);
        await second.GetAsync("wecom:ww1", Fetch, CancellationToken.None);

        await first.DropAsync("wecom:ww1", old, CancellationToken.None);
        var renewed = await first.GetAsync("wecom:ww1", Fetch, CancellationToken.None);
        await second.DropAsync("wecom:ww1", old, CancellationToken.None);

        Assert.Equal("t2", renewed.Value);
        Assert.Equal("t2", (await second.GetAsync("wecom:ww1", Fetch, CancellationToken.None)).Value);
        Assert.Equal(2, fetched);
    }

    [RedisFact]
    public async Task A_fetch_that_fails_keeps_nothing_and_the_next_one_tries_again()
    {
        var (first, second) = Open();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => first.GetAsync("wecom:ww1", static _ => throw new InvalidOperationException("no"), CancellationToken.None).AsTask());

        Assert.Equal("t", (await second.GetAsync("wecom:ww1", static _ => ValueTask.FromResult(Token("t")), CancellationToken.None)).Value);
    }
}

public sealed class ProcessTokenStoreTests : TokenStoreContract
{
    protected override (ITokenStore First, ITokenStore Second) Open()
    {
        var store = new ProcessTokenStore(TimeProvider.System);
        return (store, store);
    }
}

[Collection("redis")]
public sealed class RedisTokenStoreTests(RedisFixture redis) : TokenStoreContract
{
    protected override (ITokenStore First, ITokenStore Second) Open()
    {
        var prefix = RedisFixture.NewPrefix();
        return (Store(prefix), Store(prefix));
    }

    private RedisTokenStore Store(string prefix) => new(
        redis.Link(prefix), TimeProvider.System, text => new string([.. text.Reverse()]), text => new string([.. text.Reverse()]));
}
