using Automation.Connectors.Tokens;

namespace Automation.Connectors.Tests.Tokens;

public sealed class ProcessTokenStoreTests
{
    private readonly ManualClock _clock = new();
    private readonly ProcessTokenStore _store;
    private int _fetched;

    public ProcessTokenStoreTests() => _store = new ProcessTokenStore(_clock);

    [Fact]
    public async Task A_token_is_kept_until_it_ends()
    {
        var first = await GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(99));
        Assert.Same(first, await GetAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("token 2", (await GetAsync()).Value);
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_fetch()
    {
        var answer = new TaskCompletionSource<VendorToken>();
        var asking = Enumerable.Range(0, 10)
            .Select(_ => _store.GetAsync("k", _ => { Interlocked.Increment(ref _fetched); return new(answer.Task); }, CancellationToken.None).AsTask())
            .ToArray();
        answer.SetResult(new VendorToken("t", _clock.GetUtcNow().AddHours(1)));

        Assert.All(await Task.WhenAll(asking), token => Assert.Equal("t", token.Value));
        Assert.Equal(1, _fetched);
    }

    [Fact]
    public async Task One_who_gives_up_takes_the_fetch_from_nobody()
    {
        var answer = new TaskCompletionSource<VendorToken>();
        using var cancelling = new CancellationTokenSource();
        var first = _store.GetAsync("k", _ => new(answer.Task), cancelling.Token).AsTask();
        var second = _store.GetAsync("k", _ => new(answer.Task), CancellationToken.None).AsTask();

        await cancelling.CancelAsync();
        answer.SetResult(new VendorToken("t", _clock.GetUtcNow().AddHours(1)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("t", (await second).Value);
    }

    [Fact]
    public async Task A_failed_fetch_is_not_kept()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _store.GetAsync("k", _ => throw new InvalidOperationException("no"), CancellationToken.None));

        Assert.Equal("token 1", (await GetAsync()).Value);
    }

    [Fact]
    public async Task Only_the_token_that_is_kept_can_be_dropped()
    {
        var old = await GetAsync();
        await _store.DropAsync("k", old, CancellationToken.None);
        var fresh = await GetAsync();
        await _store.DropAsync("k", old, CancellationToken.None);

        Assert.Same(fresh, await GetAsync());
    }

    [Fact]
    public void A_key_changes_with_the_secret_and_shows_nothing_of_it()
    {
        var key = TokenKey.Of("wecom", "ww1", "the-secret");

        Assert.NotEqual(key, TokenKey.Of("wecom", "ww1", "the-secreT"));
        Assert.Matches("^wecom:ww1:[0-9a-f]{16}$", key);
        Assert.Equal("token ***", new VendorToken("abc", default).ToString());
    }

    private ValueTask<VendorToken> GetAsync() => _store.GetAsync(
        "k", _ => new(new VendorToken($"token {++_fetched}", _clock.GetUtcNow().AddSeconds(100))), CancellationToken.None);
}
