using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Server.Anchors;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Automation.Server.Tests.Cli;
using Automation.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Hosting;

/// <summary>The daily upkeep: anchors of days that are over, and away with what was kept for long enough, in a store whose loop goes on.</summary>
public sealed class HouseKeepingTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 4, 0); // In Shanghai, where a workspace's day ends by default.

    private readonly TempFolder _folder = new();
    private readonly EmbeddedStore _store;
    private readonly HeldClock _clock = new(Noon);

    public HouseKeepingTests() => _store = EmbeddedStore.Open(_folder["data"]);

    [Fact]
    public async Task Every_day_that_is_over_gets_its_anchor_once_also_those_that_were_missed()
    {
        var house = House(new LedgerKeep(null, null, null), _folder["anchors"]);
        await CommitAsync(1, Noon);
        await house.RunAsync(Noon, default);
        Assert.Empty(Anchors());

        _clock.Advance(Duration.FromDays(1));
        await house.RunAsync(Noon, default);
        await CommitAsync(3, Noon + Duration.FromDays(2));
        var first = await File.ReadAllBytesAsync(Path.Combine(_folder["anchors"], "2026-03-01.anchor.json"));
        _clock.Advance(Duration.FromDays(3));
        await house.RunAsync(Noon, default);
        await house.RunAsync(Noon, default);

        Assert.Equal(["2026-03-01.anchor.json", "2026-03-02.anchor.json", "2026-03-03.anchor.json", "2026-03-04.anchor.json"], Anchors());
        Assert.Equal(first, await File.ReadAllBytesAsync(Path.Combine(_folder["anchors"], "2026-03-01.anchor.json")));
    }

    [Fact]
    public async Task An_anchor_of_the_folder_finds_a_ledger_that_was_cut_off()
    {
        await CommitAsync(1, Noon);
        await CommitAsync(3, Noon + Duration.FromHours(1));
        _clock.Advance(Duration.FromDays(1));
        await House(new LedgerKeep(null, null, null), _folder["anchors"]).RunAsync(Noon, default);
        using (var key = await new AnchorKey(_store.Definitions, SecretBox.Open(_folder["data"])).OpenAsync(Noon, default))
        {
            await File.WriteAllTextAsync(_folder["key.pem"], key.ExportSubjectPublicKeyInfoPem());
        }
        var anchor = Path.Combine(_folder["anchors"], "2026-03-01.anchor.json");
        _store.Dispose();

        var good = await CliRun.Of("audit", "verify", "--data", _folder["data"], "--anchor", anchor, "--public-key", _folder["key.pem"]);
        using (var database = new SqliteConnection($"Data Source={Path.Combine(_folder["data"], "automation.db")};Pooling=False"))
        {
            database.Open();
            using var cut = database.CreateCommand();
            cut.CommandText = "DELETE FROM fact WHERE sequence > 2; DELETE FROM seal WHERE first_sequence > 2";
            cut.ExecuteNonQuery();
        }
        var bad = await CliRun.Of("audit", "verify", "--data", _folder["data"], "--anchor", anchor, "--public-key", _folder["key.pem"]);

        Assert.Equal(0, good.Code);
        Assert.Equal(1, bad.Code);
        Assert.Contains("the ledger ends at 2", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_kept_for_long_enough_goes_and_its_room_is_used_again()
    {
        var house = House(new LedgerKeep(30, 30, null), null);
        for (var n = 0; n < 1_000; n++)
        {
            await CommitAsync((2 * n) + 1, Noon);
        }
        var size = Pages();

        _clock.Advance(Duration.FromDays(31));
        await house.RunAsync(Noon, default);
        for (var n = 1_000; n < 1_900; n++)
        {
            await CommitAsync((2 * n) + 1, _clock.GetCurrentInstant());
        }

        var verdict = await _store.Ledger.VerifyAsync(0, null, default);
        Assert.Equal((true, 2_000L, 1_800L), (verdict.Intact, verdict.DroppedThrough, verdict.Facts));
        // The seals of what was dropped stay, and take a tenth of the room.
        Assert.InRange(Pages(), size / 2, size * 12 / 10);
    }

    [Fact]
    public async Task After_retention_verify_says_from_when_on_and_that_there_is_nothing_to_rebuild_from()
    {
        await CommitAsync(1, Noon);
        _clock.Advance(Duration.FromDays(31));
        await CommitAsync(3, _clock.GetCurrentInstant());
        await House(new LedgerKeep(30, 30, null), null).RunAsync(Noon, default);
        _store.Dispose();

        var said = await CliRun.Of("audit", "verify", "--rebuild", "--data", _folder["data"]);
        var json = await CliRun.Of("audit", "verify", "--rebuild", "--json", "--data", _folder["data"]);
        using (var database = new SqliteConnection($"Data Source={Path.Combine(_folder["data"], "automation.db")};Pooling=False"))
        {
            database.Open();
            using var change = database.CreateCommand();
            change.CommandText = "UPDATE fact SET at = at + 1 WHERE sequence = 4";
            change.ExecuteNonQuery();
        }
        var broken = await CliRun.Of("audit", "verify", "--rebuild", "--data", _folder["data"]);

        Assert.True(said.Code == 0, said.Output + said.Error);
        Assert.StartsWith("Intact: 2 facts and 0 events under 1 seals.\nRecords of commits before 2026-03-02T", said.Output, StringComparison.Ordinal);
        Assert.Contains("Not rebuilt: a contact is the fold of all its records, and the first of them were dropped.\nRecounted: all ", said.Output, StringComparison.Ordinal);
        Assert.Equal("records_dropped", json.Json.GetProperty("not_rebuilt").GetString());
        Assert.Equal(0, json.Json.GetProperty("recounted").GetProperty("differing").GetInt32());
        Assert.Equal(1, broken.Code);
        Assert.StartsWith("Broken at row 4: Expected the record as it was sealed", broken.Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private HouseKeeping House(LedgerKeep keep, string? anchors) => new(
        keep, anchors, _store.Ledger, _store.Upkeep, _store.Definitions, SecretBox.Open(_folder["data"]), _clock, NullLogger<HouseKeeping>.Instance);

    private IEnumerable<string> Anchors() =>
        Directory.Exists(_folder["anchors"]) ? Directory.EnumerateFiles(_folder["anchors"]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal) : [];

    private long Pages()
    {
        using var database = new SqliteConnection($"Data Source={_store.DatabasePath};Pooling=False");
        database.Open();
        using var asked = database.CreateCommand();
        asked.CommandText = "PRAGMA page_count";
        return (long)asked.ExecuteScalar()!;
    }

    private async Task CommitAsync(long first, Instant at) => await _store.Engine.CommitAsync(
        new CommitBatch
        {
            Partition = 0, At = at,
            Facts = [Fact(first, at), Fact(first + 1, at)],
        },
        default);

    private static RecordedFact Fact(long sequence, Instant at) => new(
        sequence, 7, at, "timer", new JourneyFact.NotEnrolled("welcome", 1) { Reason = Reasons.TriggerNotMatched, Looked = [] });
}
