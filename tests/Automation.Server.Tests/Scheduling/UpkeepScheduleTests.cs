using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Automation.Server.Scheduling;
using Automation.Server.Tests.Cli;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Scheduling;

public sealed class UpkeepScheduleTests
{
    [Fact]
    public async Task A_day_that_was_missed_is_made_up_for_once_at_the_next_start()
    {
        using var folder = new TempFolder();
        var database = folder["quartz.db"];
        await using (var first = Schedule(database, static (_, _) => Task.CompletedTask))
        {
            first.Start();
            await first.Planned;
        }
        var planned = Change(database, $"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME - {TimeSpan.FromDays(9).Ticks} RETURNING NEXT_FIRE_TIME");
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var times = 0;

        await using (var second = Schedule(database, (_, _) =>
        {
            Interlocked.Increment(ref times);
            fired.TrySetResult();
            return Task.CompletedTask;
        }))
        {
            second.Start();
            await fired.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.Equal(1, times);
        Assert.True(Change(database, "SELECT NEXT_FIRE_TIME FROM QRTZ_TRIGGERS") > planned + TimeSpan.FromDays(8).Ticks);
    }

    [Fact]
    public async Task Upkeep_that_fails_is_asked_for_again()
    {
        using var folder = new TempFolder();
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var times = 0;
        await using var schedule = Schedule(folder["quartz.db"], (_, _) =>
        {
            if (Interlocked.Increment(ref times) == 2)
            {
                again.TrySetResult();
            }
            throw new TimeoutException();
        });

        schedule.Start("* * * * * ?");

        await again.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void What_is_kept_for_days_is_cut_that_long_before_now_and_the_rest_is_kept()
    {
        var now = Instant.FromUtc(2026, 5, 31, 12, 0);

        Assert.Equal(new LedgerCuts(now - Duration.FromDays(30), null, now - Duration.FromDays(7)), new LedgerKeep(30, null, 7).CutsAt(now));
        Assert.Equal(new LedgerCuts(null, null, null), new LedgerKeep(null, null, null).CutsAt(now));
    }

    private static UpkeepSchedule Schedule(string database, Func<Instant, CancellationToken, Task> keepHouse) =>
        new(QuartzTables.InSqlite(database), keepHouse, NullLogger<UpkeepSchedule>.Instance);

    private static long Change(string database, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
