using System.Text;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Storage;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>What auditors do: export and go on, verify a range, keep an anchor elsewhere and hold the ledger against it.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 8, 0);

    private readonly TempFolder _folder = new();

    private string Store => _folder["data"];

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task An_export_that_was_broken_off_goes_on_and_is_the_same_file(string format)
    {
        await FillAsync(300);
        string[] options = ["--data", Store, "--format", format];
        await CliRun.Of(["audit", "export", .. options, "--out", _folder["whole"]]);
        var whole = File.ReadAllBytes(_folder["whole"]);

        // As a process that was killed leaves it: whole lines up to the note, and a torn one after it.
        var text = Encoding.UTF8.GetString(whole);
        var lines = format == "csv" ? 101 : 100;
        var cut = Enumerable.Range(0, lines).Aggregate(0, (at, _) => text.IndexOf('\n', at) + 1);
        var bytes = Encoding.UTF8.GetByteCount(text[..cut]);
        File.WriteAllBytes(_folder["part"], whole[..(bytes + 9)]);
        File.WriteAllText(_folder["part.resume"], $$"""{"bytes":{{bytes}},"rows":100,"after":[100],"asked":"{{format}}"}""");
        var resumed = await CliRun.Of(["audit", "export", .. options, "--out", _folder["part"], "--resume"]);

        Assert.Equal((0, "300 rows."), (resumed.Code, resumed.Error.Trim()));
        Assert.Equal(whole, File.ReadAllBytes(_folder["part"]));
        Assert.False(File.Exists(_folder["part.resume"]));
        Assert.Equal("nothing_to_resume", (await CliRun.Of(["audit", "export", .. options, "--out", _folder["part"], "--resume"])).ErrorCode);
    }

    [Fact]
    public async Task A_range_is_verified_by_itself_and_what_is_broken_outside_of_it_is_not_its_affair()
    {
        await FillAsync(40);
        Change("UPDATE fact SET at = at + 1 WHERE sequence = 7");

        var whole = await CliRun.Of("audit", "verify", "--data", Store);
        var after = await CliRun.Of("audit", "verify", "--data", Store, "--from", "11", "--until", "20", "--json");
        var around = await CliRun.Of("audit", "verify", "--data", Store, "--from", "5", "--until", "9");
        var late = await CliRun.Of("audit", "verify", "--data", Store, "--from", "2026-03-01T08:00:20Z", "--json");
        var early = await CliRun.Of("audit", "verify", "--data", Store, "--until", "2026-03-01T08:00:20Z");
        var none = await CliRun.Of("audit", "verify", "--data", Store, "--from", "20", "--until", "11");

        Assert.Equal((1, true), (whole.Code, whole.Output.StartsWith("Broken at row 7: Expected", StringComparison.Ordinal)));
        Assert.Equal((0, 10L), (after.Code, after.Json.GetProperty("facts").GetInt64()));
        Assert.StartsWith("Broken at row 7", around.Output, StringComparison.Ordinal);
        Assert.Equal((0, 20L), (late.Code, late.Json.GetProperty("facts").GetInt64()));
        Assert.Equal(1, early.Code);
        Assert.Equal("bad_range", none.ErrorCode);
    }

    [Fact]
    public async Task An_anchor_kept_elsewhere_finds_a_ledger_that_was_cut_off_or_written_anew()
    {
        await FillAsync(20);
        var key = _folder["anchor.key"];
        var made = await CliRun.Of("audit", "anchor", "--data", Store, "--day", "2026-03-01", "--out", _folder["a.json"], "--signing-key", key);
        var good = await VerifyAsync("a.json", key + ".pub");
        await FillAsync(5, first: 21);
        var grown = await VerifyAsync("a.json", key + ".pub");

        File.WriteAllText(_folder["forged.json"], File.ReadAllText(_folder["a.json"]).Replace("\\\"sequence\\\":20", "\\\"sequence\\\":10", StringComparison.Ordinal).Replace("\\u0022sequence\\u0022:20", "\\u0022sequence\\u0022:10", StringComparison.Ordinal));
        var forged = await VerifyAsync("forged.json", key + ".pub");
        await CliRun.Of("audit", "anchor", "--data", Store, "--day", "2026-03-01", "--out", _folder["other.json"], "--signing-key", _folder["other.key"]);
        var foreign = await VerifyAsync("other.json", key + ".pub");

        // Its end cut off together with the seals: no chain shows that by itself.
        Change("DELETE FROM fact WHERE sequence > 12; DELETE FROM seal WHERE first_sequence > 12");
        var chain = await CliRun.Of("audit", "verify", "--data", Store);
        var cut = await VerifyAsync("a.json", key + ".pub");

        Assert.Equal(0, made.Code);
        Assert.Equal(0, good.Code);
        Assert.Contains("It holds what was anchored at the end of 2026-03-01.", good.Output, StringComparison.Ordinal);
        Assert.Equal(0, grown.Code);
        Assert.Equal("bad_signature", forged.ErrorCode);
        Assert.Equal("bad_signature", foreign.ErrorCode);
        Assert.Equal(0, chain.Code);
        Assert.Equal(1, cut.Code);
        Assert.Contains("which was anchored at the end of 2026-03-01, but the ledger ends at 12.", cut.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_are_recounted_and_a_changed_one_is_noticed()
    {
        await FillAsync(20);
        var good = await CliRun.Of("audit", "verify", "--data", Store, "--rebuild");
        Change("UPDATE tally SET count = count + 1");

        var bad = await CliRun.Of("audit", "verify", "--data", Store, "--rebuild", "--json");

        Assert.Contains("Recounted: all 2 counts are those of the facts.", good.Output, StringComparison.Ordinal);
        Assert.Equal((1, 2), (bad.Code, bad.Json.GetProperty("recounted").GetProperty("differing").GetInt32()));
    }

    public void Dispose() => _folder.Dispose();

    private Task<CliRun> VerifyAsync(string anchor, string publicKey) =>
        CliRun.Of("audit", "verify", "--data", Store, "--anchor", _folder[anchor], "--public-key", publicKey);

    private void Change(string sql)
    {
        using var database = Storage.Sqlite.SqliteDatabase.OpenWriter(Path.Combine(Store, "automation.db"));
        database.Execute(sql);
    }

    /// <summary>Commits of a fact each, a second apart.</summary>
    private async Task FillAsync(int count, int first = 1)
    {
        using var store = EmbeddedStore.Open(Store);
        for (var n = first; n < first + count; n++)
        {
            var at = Start + Duration.FromSeconds(n - 1);
            await store.Engine.CommitAsync(
                new CommitBatch
                {
                    Partition = 0, At = at,
                    Facts = [new RecordedFact(n, 0, at, "command:pause", n % 2 == 0
                        ? new WorkspaceFact.JourneyArchived("welcome") { Actor = "li, \"the elder\"" }
                        : new WorkspaceFact.JourneyWasPaused("welcome", PauseTime.StandsStill) { Actor = "li" })],
                },
                default);
        }
    }
}
