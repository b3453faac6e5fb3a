using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Storage.Sqlite;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Sqlite;

public sealed class EmbeddedStoreTests : IDisposable
{
    private readonly SqliteUnderTest _store = new();

    [Fact]
    public void A_second_engine_is_kept_out_and_told_who_is_in()
    {
        var error = Assert.Throws<StoreUnusableException>(() => EmbeddedStore.Open(_store.Path));

        Assert.Equal("data_directory_in_use", error.Code);
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_looks_in_while_the_engine_writes()
    {
        _store.Commit(Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [New(1)] });
        using var reader = EmbeddedStore.OpenReadOnly(_store.Path);
        _store.Commit(Batch() with { Facts = [NotEnrolled(2, 1)] });

        Assert.Equal(2, (await reader.Ledger.FactsAsync(new FactQuery(), default)).Count);
        Assert.True((await reader.Ledger.VerifyAsync(0, null, default)).Intact);
        Assert.Equal("store_read_only", Assert.Throws<StoreUnusableException>(() => reader.Engine).Code);
    }

    [Fact]
    public async Task Whoever_still_asks_a_store_that_was_closed_is_refused_and_takes_nobody_along()
    {
        var (engine, access) = (_store.Engine, _store.Access);
        _store.Commit(Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [New(1)] });

        _store.Reopen();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.DueContactsAsync(Start, 10, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.LoadAsync(new LoadRequest([], [], [1]), default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.HeadAsync(0, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.CommitAsync(Batch(), default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await access.DeleteExpiredAsync(Start, default));
        Assert.Single(_store.Facts(new FactQuery()));
    }

    [Fact]
    public async Task Closing_waits_for_who_is_writing()
    {
        var turn = new WriteTurn();
        var (begun, mayEnd) = (new TaskCompletionSource(), new ManualResetEventSlim());
        var writing = turn.TakeAsync(
            () =>
            {
                begun.SetResult();
                mayEnd.Wait();
                return true;
            },
            default).AsTask();
        await begun.Task;
        var behind = turn.TakeAsync(() => true, default).AsTask();

        var closing = Task.Run(turn.Dispose);
        Assert.False(closing.IsCompleted);
        mayEnd.Set();

        await closing;
        Assert.True(await writing);
        // Before the closing or after it, but never beside it.
        Assert.True(behind.IsFaulted || await behind);
    }

    [Fact]
    public void A_directory_without_a_store_is_not_looked_into()
    {
        var error = Assert.Throws<StoreUnusableException>(() => EmbeddedStore.OpenReadOnly(Path.Combine(_store.Path, "nowhere")));

        Assert.Equal("store_missing", error.Code);
    }

    [Fact]
    public void A_full_disk_loses_the_batch_and_nothing_else()
    {
        _store.Commit(Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [New(1)] });
        var pages = _store.Writer.Scalar("PRAGMA page_count");
        _store.Writer.Scalar($"PRAGMA max_page_count = {pages + 2}");
        var batch = Batch() with { Facts = [.. Enumerable.Range(2, 500).Select(i => NotEnrolled(i, 1, "a new journey"))] };

        Assert.Throws<StoreFullException>(() => _store.Commit(batch));
        Assert.Throws<StoreFullException>(() => _store.Commit(batch));

        Assert.Single(_store.Facts(new FactQuery()));
        _store.Writer.Scalar("PRAGMA max_page_count = 1000000");
        _store.Commit(batch);
        Assert.Equal(501, _store.Facts(new FactQuery(Limit: 1000)).Count);
        Assert.True(_store.Verify().Intact);
    }

    [Fact]
    public void A_file_that_is_no_database_is_told_apart()
    {
        using var other = new SqliteUnderTest();
        var directory = Directory.CreateDirectory(Path.Combine(other.Path, "broken"));
        File.WriteAllText(Path.Combine(directory.FullName, "automation.db"), new string('x', 10_000));

        var error = Assert.Throws<StoreUnusableException>(() => EmbeddedStore.Open(directory.FullName));

        Assert.Equal("store_corrupt", error.Code);
    }

    [Fact]
    public async Task A_failed_opening_gives_the_directory_back()
    {
        var directory = Directory.CreateDirectory(Path.Combine(_store.Path, "retry")).FullName;
        var file = Path.Combine(directory, "automation.db");
        File.WriteAllText(file, new string('x', 10_000));
        Assert.Throws<StoreUnusableException>(() => EmbeddedStore.Open(directory));
        File.Delete(file);

        using var store = EmbeddedStore.Open(directory);

        Assert.Equal(1, (await store.Engine.HeadAsync(0, default)).NextSequence);
    }

    [Fact]
    public async Task What_was_committed_survives_a_process_that_never_closed()
    {
        _store.Commit(Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [New(1)] });
        var copy = Directory.CreateDirectory(Path.Combine(_store.Path, "after-the-kill")).FullName;
        foreach (var file in Directory.GetFiles(_store.Path, "automation.db*"))
        {
            // The files as a kill would leave them: the log beside the database, nothing folded in.
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using var store = EmbeddedStore.Open(copy);

        Assert.Equal(2, (await store.Engine.HeadAsync(0, default)).NextSequence);
        Assert.True((await store.Ledger.VerifyAsync(0, null, default)).Intact);
    }

    public void Dispose() => _store.Dispose();
}
