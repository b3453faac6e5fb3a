using System.Globalization;
using Automation.Server.Hosting;
using Microsoft.Extensions.Logging;
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
    public async Task A_copy_can_be_held_before_it_starts_and_sends_nothing_until_it_is_released()
    {
        await using (var server = await StartAsync("data"))
        {
            await Greeting.SetUpAsync(server);
            await Greeting.KnowsAsync(server, 1);
            await CliRun.Of("backup", "--data", _folder["data"], "--out", _folder["copy"]);
        }

        var without = await CliRun.Of("hold", "everything", "--data", _folder["copy"]);
        var nowhere = await CliRun.Of("hold", "everything", "--data", _folder["none"], "--reason", "restored");
        var mistyped = await CliRun.Of("hold", "journey:gret", "--data", _folder["copy"], "--reason", "restored");
        var held = await CliRun.Of("hold", "everything", "--data", _folder["copy"], "--reason", "restored", "--json");
        await using var restored = await StartAsync("copy");
        await Greeting.CameAsync(restored, 1);
        await restored.UntilFactsAsync("message_queued", 1);
        var waiting = (await restored.GetAsync("/api/operations")).GetProperty("accounts")[0].GetProperty("waiting").GetInt32();
        var sentBefore = await restored.FactsAsync("message_sent");
        await restored.AskAsync(HttpMethod.Delete, "/api/holds/everything?reason=looked");

        Assert.Equal(("reason_required", "store_missing", 0), (without.ErrorCode, nowhere.ErrorCode, held.Json.GetProperty("waiting").GetInt32()));
        Assert.Contains("Did you mean 'greet'?", mistyped.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["none"]));
        Assert.Equal((1, 0), (waiting, sentBefore.Count));
        Assert.Single(await restored.UntilFactsAsync("message_sent", 1));
        Assert.Equal(("command line", "restored"), Assert.Single(await restored.FactsAsync("messages_held")) is var fact ? (fact.Actor, fact.Reason) : default);
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

    private Task<RunningServer> StartAsync(string data) => RunningServer.StartAsync(
        _ => new ServerOptions { Data = _folder[data], Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Error, Connectors = [new FakeVendor()] });
}
