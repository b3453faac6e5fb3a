using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Server.Scheduling;
using Automation.Server.Tests.Cli;
using Automation.Storage;
using Automation.Storage.Postgres;
using Automation.Storage.Tests.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using Xunit;

namespace Automation.Server.Tests.Scheduling;

/// <summary>Retention on the store that several workers share: who does it, and what an auditor is told afterwards.</summary>
public sealed class UpkeepOnPostgresTests : IDisposable
{
    private static readonly Instant March = Instant.FromUtc(2026, 3, 5, 0, 0);
    private static readonly Instant April = Instant.FromUtc(2026, 4, 1, 0, 0);

    private readonly string _database = $"upkeep_{Guid.NewGuid():N}";

    public UpkeepOnPostgresTests() => PostgresServer.Shared.Execute("postgres", $"CREATE DATABASE {_database}");

    private string Connection => PostgresServer.Shared.ConnectionString(_database);

    [Fact]
    public async Task A_day_that_two_workers_plan_is_looked_after_by_one_of_them()
    {
        var times = 0;
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var planning = Schedule(static (_, _) => Task.CompletedTask))
        {
            planning.Start();
            await planning.Planned;
        }
        // The time came while no worker ran, so both find it over when they start.
        Change($"UPDATE qrtz_triggers SET next_fire_time = next_fire_time - {TimeSpan.FromDays(3).Ticks}");

        await using (var one = Schedule(KeepHouseAsync))
        await using (var other = Schedule(KeepHouseAsync))
        {
            one.Start();
            other.Start();
            await Task.WhenAll(one.Planned, other.Planned, fired.Task).WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.Equal(1, times);

        Task KeepHouseAsync(Instant planned, CancellationToken cancellation)
        {
            Interlocked.Increment(ref times);
            fired.TrySetResult();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task After_retention_verify_says_from_when_on_and_that_there_is_nothing_to_rebuild_from()
    {
        await using (var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = Connection, Partitions = 1, Node = "test" }))
        {
            await FillThreeMonthsAsync(store);
            Assert.Equal(new LedgerDropped(1, 1, 0), await store.DropAsync(new LedgerCuts(April, April, null)));
        }

        var said = await CliRun.Of("audit", "verify", "--rebuild", "--postgres", Connection);
        var json = await CliRun.Of("audit", "verify", "--rebuild", "--json", "--postgres", Connection);
        Change("UPDATE fact SET at = at + 1 WHERE sequence = 2");
        var broken = await CliRun.Of("audit", "verify", "--rebuild", "--postgres", Connection);

        Assert.Equal(0, said.Code);
        Assert.Equal(
            """
            Intact: 2 facts and 0 events under 2 seals.
            Records of commits before 2026-04-01T00:00:00Z were dropped by retention; the chain is verified from there.
            Not rebuilt: a contact is the fold of all its records, and the first of them were dropped.
            Recounted: all 2 counts are those of the facts since.

            """, said.Output);
        Assert.Equal("records_dropped", json.Json.GetProperty("not_rebuilt").GetString());
        Assert.Equal(0, json.Json.GetProperty("recounted").GetProperty("differing").GetInt32());
        Assert.Equal(1, broken.Code);
        Assert.StartsWith("Broken at row 2: Expected the record as it was sealed", broken.Output, StringComparison.Ordinal);
    }

    public void Dispose() => PostgresServer.Shared.Execute("postgres", $"DROP DATABASE {_database} WITH (FORCE)");

    private UpkeepSchedule Schedule(Func<Instant, CancellationToken, Task> keepHouse) =>
        new(QuartzTables.InPostgres(Connection), keepHouse, NullLogger<UpkeepSchedule>.Instance);

    private static async Task FillThreeMonthsAsync(PostgresStore store)
    {
        await using var engine = store.Engine((await store.Leases.TakeAsync("test", default))!.Value);
        for (var month = 0; month < 3; month++)
        {
            var at = March + Duration.FromDays(31 * month);
            await engine.CommitAsync(
                new CommitBatch
                {
                    Partition = 0, At = at,
                    Facts = [new RecordedFact(month + 1, 0, at, "command:archive", new WorkspaceFact.JourneyArchived("welcome") { Actor = "li" })],
                },
                default);
        }
    }

    private void Change(string sql)
    {
        using var connection = new NpgsqlConnection(Connection);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
