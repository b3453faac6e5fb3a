using Automation.Runtime.Ports;
using NodaTime;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What lets people in is written over only knowingly, is used up once, and is gone when it is deleted.</summary>
public abstract class AccessStoreContract : IDisposable
{
    private readonly Lazy<StoreUnderTest> _store;

    protected AccessStoreContract() => _store = new Lazy<StoreUnderTest>(Open);

    private IAccessStore Store => _store.Value.Access;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task A_record_is_written_only_over_the_revision_its_writer_saw()
    {
        Assert.True(await Put("user", "li", 0, "v1"));
        Assert.False(await Put("user", "li", 0, "other"));
        Assert.True(await Put("user", "li", 1, "v2", At(9)));
        Assert.False(await Put("user", "li", 1, "late"));

        Assert.Equal(new AccessRecord("user", "li", "", 2, "v2", At(9)), await Store.FindAsync("user", "li", default));
    }

    [Fact]
    public async Task Kinds_do_not_mix_and_lists_are_by_id_and_owner()
    {
        await Put("session", "b", 0, "1", owner: "li");
        await Put("session", "a", 0, "2", owner: "wang");
        await Put("link", "a", 0, "3", owner: "li");

        Assert.Equal(["a", "b"], (await Store.ListAsync("session", null, default)).Select(one => one.Id));
        Assert.Equal(["b"], (await Store.ListAsync("session", "li", default)).Select(one => one.Id));
        Assert.Null(await Store.FindAsync("link", "b", default));
    }

    [Fact]
    public async Task Of_many_who_use_a_record_up_at_once_one_does()
    {
        await Put("link", "once", 0, "{}");

        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.DeleteAsync("link", "once", default).AsTask()));

        Assert.Single(used, one => one);
        Assert.True(await Put("link", "once", 0, "made again"));
    }

    [Fact]
    public async Task Of_many_who_write_over_the_same_revision_one_does()
    {
        await Put("guess", "user:li", 0, "0");

        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Put("guess", "user:li", 1, $"{n}").AsTask()));

        Assert.Single(written, one => one);
    }

    [Fact]
    public async Task What_an_owner_has_goes_all_but_one()
    {
        await Put("session", "a", 0, "1", owner: "li");
        await Put("session", "b", 0, "2", owner: "li");
        await Put("session", "c", 0, "3", owner: "li");
        await Put("session", "d", 0, "4", owner: "wang");

        Assert.Equal(2, await Store.DeleteOwnedAsync("session", "li", "b", default));
        Assert.Equal(["b", "d"], (await Store.ListAsync("session", null, default)).Select(one => one.Id));
        Assert.Equal(1, await Store.DeleteOwnedAsync("session", "li", null, default));
    }

    [Fact]
    public async Task What_expired_goes_and_the_rest_stays_over_a_restart()
    {
        await Put("session", "over", 0, "1", At(5));
        await Put("session", "runs", 0, "2", At(6));
        await Put("user", "li", 0, "3");

        Assert.Equal(1, await Store.DeleteExpiredAsync(At(5), default));
        _store.Value.Reopen();

        Assert.Equal(["runs"], (await Store.ListAsync("session", null, default)).Select(one => one.Id));
        Assert.NotNull(await Store.FindAsync("user", "li", default));
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private ValueTask<bool> Put(string kind, string id, int revision, string document, Instant? expiry = null, string owner = "") =>
        Store.PutAsync(new AccessRecord(kind, id, owner, revision, document, expiry), default);
}
