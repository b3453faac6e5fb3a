using System.Globalization;
using Xunit;

namespace Automation.Server.Tests.Cli;

public sealed class BackupCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_copy_made_while_a_server_writes_is_sound_and_goes_on()
    {
        await CliRun.Of("init", _folder["shop"]);
        using var stop = new CancellationTokenSource();
        var serving = Serving.Begin(stop.Token, "--data", _folder["data"], "--workspace", _folder["shop"]);
        await serving.Ready;

        var backup = await CliRun.Of("backup", "--data", _folder["data"], "--out", _folder["copy"], "--json");
        var verified = await CliRun.Of("audit", "verify", "--data", _folder["copy"], "--rebuild");
        await stop.CancelAsync();
        await serving.Code;

        // The copy takes an event that starts a journey it was copied with.
        var at = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var joined = _folder.Write("joined.ndjson", $$"""{"type":"group","userId":"u-9","groupId":"g-1","timestamp":"{{at}}"}""");
        await CliRun.Of("import", "events", joined, "--data", _folder["copy"], "--live");
        var enrolled = await CliRun.Of("audit", "query", "--data", _folder["copy"], "--contact", "u-9", "--kind", "enrolled", "--json");
        var still = await CliRun.Of("audit", "verify", "--data", _folder["copy"], "--rebuild");
        var unknown = await CliRun.Of("audit", "query", "--data", _folder["data"], "--contact", "u-9");

        Assert.Equal((0, 0, 0), (backup.Code, verified.Code, still.Code));
        Assert.True(backup.Json.GetProperty("bytes").GetInt64() > 0);
        Assert.Single(enrolled.Json.EnumerateArray());
        Assert.Equal("unknown_contact", unknown.ErrorCode);
        Assert.Equal(File.ReadAllBytes(_folder["data/secrets.key"]), File.ReadAllBytes(_folder["copy/secrets.key"]));
    }

    [Fact]
    public async Task A_copy_overwrites_nothing()
    {
        await CliRun.Of("key", "create", "--data", _folder["data"], "--role", "write");
        _folder.Write("copy/keep.txt", "mine");

        var onto = await CliRun.Of("backup", "--data", _folder["data"], "--out", _folder["copy"]);
        var nothing = await CliRun.Of("backup", "--data", _folder["none"], "--out", _folder["other"]);

        Assert.Equal("backup_not_empty", onto.ErrorCode);
        Assert.Equal("store_missing", nothing.ErrorCode);
        Assert.Equal(["keep.txt"], Directory.GetFiles(_folder["copy"]).Select(Path.GetFileName));
        Assert.False(Directory.Exists(_folder["other"]));
    }
}
