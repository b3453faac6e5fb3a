using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using Xunit;

namespace Automation.Storage.Tests.Postgres;

/// <summary>Sessions that the server ended while they lay in the pool, as every restart of it leaves them behind.</summary>
public sealed class LostConnectionTests : IDisposable
{
    private readonly PostgresUnderTest _store = new();

    [Fact]
    public async Task A_reader_does_not_notice_that_the_server_ended_its_sessions()
    {
        await ReadAllAsync();
        EndSessions();
        await ReadAllAsync();
        EndSessions();

        Assert.Empty(await _store.Definitions.ListAsync("journey", default));
        EndSessions();
        Assert.Empty(await _store.Ledger.FactsAsync(new FactQuery(), default));
        EndSessions();
        Assert.True((await _store.Ledger.VerifyAsync(0, null, default)).Intact);
    }

    [Fact]
    public async Task A_partition_that_is_free_is_seen()
    {
        Assert.False(await _store.Store.Leases.HasFreeAsync(default));

        await _store.Store.Leases.LeaveAsync("test", default);

        Assert.True(await _store.Store.Leases.HasFreeAsync(default));
    }

    public void Dispose() => _store.Dispose();

    // Several at once, so that several sessions lie in the pool afterwards.
    private Task ReadAllAsync() => Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
    {
        await _store.Ledger.FindContactAsync(new Identity(Identity.UserId, "nobody"), default);
        await _store.Definitions.FindAsync("journey", "none", default);
    }));

    private void EndSessions() => _store.Tamper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}
