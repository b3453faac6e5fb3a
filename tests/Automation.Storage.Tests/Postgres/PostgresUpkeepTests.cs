using Automation.Runtime.Ports;
using Automation.Storage.Postgres;
using NodaTime;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Postgres;

/// <summary>What operators do with a store: open it, keep its ledger from growing for ever, copy it and go on from the copy.</summary>
public sealed class PostgresUpkeepTests : IDisposable
{
    private static readonly Instant April = Instant.FromUtc(2026, 4, 1, 0, 0);

    private readonly PostgresUnderTest _store = new();

    [Fact]
    public async Task What_is_left_after_dropping_a_period_is_still_a_chain()
    {
        FillThreeMonths();

        Assert.Equal(new LedgerDropped(1, 1, 0), await DropAsync(April + Duration.FromDays(3)));

        var verdict = _store.Verify();
        Assert.Equal((true, 2L, 2L, 2L), (verdict.Intact, verdict.DroppedThrough, verdict.Facts, verdict.Seals));
        Assert.Equal([6, 4], _store.Facts(new FactQuery()).Where(f => f.Partition == 0).Select(f => f.Sequence));
        Assert.Equal([3, 4, 5, 6], _store.Ledger.RecordsAsync(0, 0, default).ToBlockingEnumerable().Select(r => r.Sequence));
        Assert.Empty(_store.Load([MessageId(0)]).KnownMessageIds);
        Assert.Equal([MessageId(1)], _store.Load([MessageId(1)]).KnownMessageIds);
        Assert.True(_store.Verify(1).Intact);
        Assert.Equal(new LedgerDropped(0, 0, 0), await DropAsync(April));
    }

    [Fact]
    public async Task Facts_may_be_kept_longer_than_the_events_they_came_of()
    {
        FillThreeMonths();

        Assert.Equal(new LedgerDropped(1, 0, 0), await _store.Store.DropAsync(new LedgerCuts(April, null, null)));
        Assert.Equal(LedgerDropped.Nothing, await _store.Store.DropAsync(new LedgerCuts(April, null, null)));

        Assert.Equal([6, 4, 2], _store.Facts(new FactQuery()).Where(f => f.Partition == 0).Select(f => f.Sequence));
        Assert.Empty(_store.Load([MessageId(0)]).KnownMessageIds);
        var verdict = _store.Verify();
        Assert.Equal((true, 2L, April), (verdict.Intact, verdict.DroppedThrough, verdict.DroppedBefore));

        Assert.Equal(new LedgerDropped(0, 1, 0), await _store.Store.DropAsync(new LedgerCuts(April, April, null)));
        Assert.Equal([6, 4], _store.Facts(new FactQuery()).Where(f => f.Partition == 0).Select(f => f.Sequence));
    }

    [Fact]
    public async Task What_a_rule_said_no_to_may_be_forgotten_sooner_than_other_facts()
    {
        FillThreeMonths();
        _store.Tamper("UPDATE fact SET reason = 'already_enrolled' WHERE sequence = 2");
        var may = April + Duration.FromDays(30);

        Assert.Equal(new LedgerDropped(0, 0, 1), await _store.Store.DropAsync(new LedgerCuts(null, null, may)));
        Assert.Equal(LedgerDropped.Nothing, await _store.Store.DropAsync(new LedgerCuts(null, null, may)));

        Assert.Equal([6, 2], _store.Facts(new FactQuery()).Where(f => f.Partition == 0).Select(f => f.Sequence));
        Assert.Equal([MessageId(0)], _store.Load([MessageId(0)]).KnownMessageIds);
        Assert.Equal((true, 4L), (_store.Verify().Intact, _store.Verify().DroppedThrough));
    }

    [Fact]
    public async Task Two_nodes_that_drop_at_once_do_not_meet()
    {
        FillThreeMonths();
        await using var other = await PostgresStore.OpenAsync(_store.OptionsOf("other"));

        var dropped = await Task.WhenAll(DropAsync(April), other.DropAsync(new LedgerCuts(April, April, null)));

        Assert.Equal(1, dropped.Sum(one => one.EventPeriods));
        Assert.True(_store.Verify().Intact);
    }

    [Theory]
    [InlineData("UPDATE fact SET at = at + 1 WHERE sequence = 4", 4)]
    [InlineData("DELETE FROM event WHERE sequence = 3", 3)]
    [InlineData("UPDATE ledger_anchor SET hash = (SELECT hash FROM seal WHERE first_sequence = 3)", 2)]
    [InlineData("DELETE FROM seal WHERE first_sequence = 1", 2)]
    [InlineData("DELETE FROM ledger_anchor", 1)]
    [InlineData("DELETE FROM seal WHERE first_sequence = 3; DELETE FROM event WHERE sequence = 3; DELETE FROM fact WHERE sequence = 4", 5)]
    public async Task After_dropping_a_period_a_change_is_still_named(string sql, long row)
    {
        FillThreeMonths();
        await DropAsync(April);

        _store.Tamper(sql);

        Assert.Equal((false, row), (_store.Verify().Intact, _store.Verify().BrokenSequence));
    }

    [Fact]
    public async Task Periods_are_made_ahead_and_of_any_length()
    {
        await _store.Store.MakePeriodsAsync(At(0));
        Assert.Equal(2, Count("ledger_period"));
        var days = new PostgresOptions { ConnectionString = _store.OptionsOf("days").ConnectionString, Partitions = PostgresUnderTest.Partitions, Period = LedgerPeriod.Day };
        await using var store = await PostgresStore.OpenAsync(days);

        await store.MakePeriodsAsync(April + Duration.FromDays(40));

        Assert.Equal(4, Count("ledger_period"));
        Assert.Equal(4, Count("pg_inherits WHERE inhparent = 'fact'::regclass"));
    }

    [Fact]
    public async Task A_time_that_goes_back_between_owners_stays_in_its_period()
    {
        await _store.EngineOf(0).CommitAsync(Batch() with { At = April + Duration.FromSeconds(5), Facts = [NotEnrolled(1, 1)] }, default);
        await _store.EngineOf(0).CommitAsync(Batch() with { At = April - Duration.FromSeconds(5), Facts = [NotEnrolled(2, 1)] }, default);

        Assert.Equal(new LedgerDropped(0, 0, 0), await DropAsync(April));
        Assert.True(_store.Verify().Intact);
        Assert.Equal(2, _store.Facts(new FactQuery()).Count);
    }

    [Fact]
    public async Task A_restored_copy_is_whole_and_goes_on()
    {
        FillThreeMonths();
        var folder = Directory.CreateTempSubdirectory("automation-backup-");
        var file = Path.Combine(folder.FullName, "store.dump");
        var server = PostgresServer.Shared;
        var database = new Npgsql.NpgsqlConnectionStringBuilder(_store.OptionsOf("x").ConnectionString).Database!;
        var restored = database + "_restored";
        server.Tool("pg_dump", "-Fc", "-f", file, database);
        server.Execute("postgres", $"CREATE DATABASE {restored}");
        server.Tool("pg_restore", "--exit-on-error", "-d", restored, file);
        folder.Delete(recursive: true);

        await using var copy = await PostgresStore.OpenAsync(PostgresUnderTest.Options(restored, "after"));
        Assert.True((await copy.Ledger.VerifyAsync(0, null, default)).Intact);
        Assert.Equal(await _store.Ledger.TotalsAsync(default), await copy.Ledger.TotalsAsync(default));
        await copy.Leases.LeaveAsync("test", default);
        await using var engine = copy.Engine((await copy.Leases.TakeAsync("after", default))!.Value);
        var head = await engine.HeadAsync(0, default);
        await engine.CommitAsync(Batch() with { At = April + Duration.FromDays(50), Facts = [NotEnrolled(head.NextSequence, 1)] }, default);

        Assert.Equal((true, 4L), ((await copy.Ledger.VerifyAsync(0, null, default)).Intact, (await copy.Ledger.VerifyAsync(0, null, default)).Facts));
    }

    [Fact]
    public async Task Another_number_of_partitions_is_refused()
    {
        var options = _store.OptionsOf("other");
        options.Partitions = 7;

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => PostgresStore.OpenAsync(options));

        Assert.Equal("partitions_mismatch", error.Code);
        await using var reader = await PostgresStore.OpenReadOnlyAsync(options);
        Assert.Equal(PostgresUnderTest.Partitions, reader.Partitions);
    }

    [Theory]
    [InlineData("UPDATE schema_version SET version = 999", "store_too_new")]
    [InlineData("UPDATE schema_version SET version = 1", "store_outdated")]
    [InlineData("DROP TABLE schema_version", "store_missing")]
    public async Task Who_only_looks_is_told_what_is_wrong(string sql, string code)
    {
        _store.Tamper(sql);

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => PostgresStore.OpenReadOnlyAsync(_store.OptionsOf("reader")));

        Assert.Equal(code, error.Code);
        _store.Tamper($"CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL); DELETE FROM schema_version; INSERT INTO schema_version VALUES ({PostgresSql.Migrations.Count})");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_as_such()
    {
        var error = await Assert.ThrowsAsync<StoreUnusableException>(
            () => PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = "Host=127.0.0.1;Port=1;Username=x;Database=x" }));

        Assert.Equal("store_not_reached", error.Code);
    }

    public void Dispose() => _store.Dispose();

    private void FillThreeMonths()
    {
        for (var month = 0; month < 3; month++)
        {
            var at = Instant.FromUtc(2026, 3 + month, 10, 0, 0);
            _store.Commit(Batch() with
            {
                At = at,
                Events = [Recorded((2 * month) + 1, 1, MessageId(month))],
                Facts = [NotEnrolled((2 * month) + 2, 1)],
                Contacts = month == 0 ? [New(1)] : [],
            });
        }
        _store.Commit(Batch(partition: 1) with { At = Instant.FromUtc(2026, 5, 10, 0, 0), Facts = [NotEnrolled(1, 1)] });
    }

    private Task<LedgerDropped> DropAsync(Instant before) => _store.Store.DropAsync(new LedgerCuts(before, before, null));

    private long Count(string table)
    {
        using var connection = new Npgsql.NpgsqlConnection(_store.OptionsOf("count").ConnectionString);
        connection.Open();
        using var command = new Npgsql.NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
        return (long)command.ExecuteScalar()!;
    }
}
