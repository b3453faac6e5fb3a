using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Automation.Server.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.Scheduling;

/// <summary>A calendar that came due while no server ran.</summary>
public sealed class MissedCalendarTests
{
    private const string Journey = """
        { "key": "monday", "trigger": { "on": "schedule", "cron": "30 9 * * 1" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "mark", "type": "update", "add_tags": [ "asked" ] } ] }
        """;

    [Fact]
    public async Task What_was_missed_fires_once_at_the_next_start()
    {
        using var folder = new TempFolder();
        string database;
        await using (var first = Build(folder))
        {
            await first.StartAsync();
            var engine = first.Services.GetRequiredService<EmbeddedEngine>();
            database = engine.Store.DatabasePath;
            var now = engine.Host.Clock.GetCurrentInstant();
            await engine.Host.SubmitAsync([new ContactEvent("m-1", EventType.Track, "came", now, now, PropertyBag.Empty, [new Identity(Identity.UserId, "u-1")])]);
            await engine.Desk.SaveAsync(DefinitionKinds.Journey, "monday", Journey, 0, "ann");
            await engine.Operations.PublishAsync("monday", InFlightChoice.Stay, false, "ann");
            await engine.Calendars.Planned;
            await first.StopAsync();
        }
        // Three weeks without a server, as Quartz sees them.
        var planned = Change(database, $"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME - {TimeSpan.FromDays(21).Ticks} RETURNING NEXT_FIRE_TIME");

        await using var second = Build(folder);
        await second.StartAsync();
        var again = second.Services.GetRequiredService<EmbeddedEngine>();
        await again.Calendars.Planned;
        using var http = new HttpClient { BaseAddress = new Uri(second.Urls.First()) };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await FactsAsync(again, "schedule_swept")).Count == 0)
        {
            await http.GetStringAsync(new Uri("/healthz", UriKind.Relative), limit.Token);
        }

        Assert.Single(await FactsAsync(again, "schedule_swept"));
        Assert.Equal("schedule", Assert.Single(await FactsAsync(again, "enrolled")).Cause);
        Assert.True(Change(database, "SELECT NEXT_FIRE_TIME FROM QRTZ_TRIGGERS") > planned + TimeSpan.FromDays(14).Ticks);
        await second.StopAsync();
    }

    private static WebApplication Build(TempFolder folder) => ServerHost.Build(
        new ServerOptions { Data = folder["data"], Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Error });

    private static async Task<IReadOnlyList<LedgerRow>> FactsAsync(EmbeddedEngine engine, string kind) =>
        await engine.Store.Ledger.FactsAsync(new FactQuery(Kind: kind), CancellationToken.None);

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
