using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>Commands that run a server.</summary>
public sealed class ServerCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_says_when_another_program_has_the_address()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var run = await CliRun.Of("serve", "--data", _folder["data"], "--urls", url);

        Assert.Equal(2, run.Code);
        Assert.Contains($"address_in_use: Expected {url} to be free, but another program listens there", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_the_same_store_is_an_error_in_words_and_reading_is_not()
    {
        using var stop = new CancellationTokenSource();
        var serving = Serving.Begin(stop.Token, "--data", _folder["data"]);
        await serving.Ready;

        var second = await CliRun.Of("serve", "--data", _folder["data"], "--urls", "http://127.0.0.1:0");
        var reading = await CliRun.Of("audit", "verify", "--data", _folder["data"]);
        await stop.CancelAsync();

        Assert.Equal(2, second.Code);
        Assert.StartsWith("data_directory_in_use: Expected", second.Error, StringComparison.Ordinal);
        Assert.Equal(0, reading.Code);
        Assert.Equal(0, await serving.Code);
    }

    [Fact]
    public async Task Dead_letters_are_asked_for_with_a_key_and_one_process_alone_has_none()
    {
        var key = (await CliRun.Of("key", "create", "--data", _folder["data"], "--role", "developer", "--json")).Output;
        var viewer = (await CliRun.Of("key", "create", "--data", _folder["data"], "--role", "viewer", "--json")).Output;
        using var stop = new CancellationTokenSource();
        var serving = Serving.Begin(stop.Token, "--data", _folder["data"]);
        await serving.Ready;
        var url = serving.Error.ToString().Split("Listening on ")[1].Split(',')[0];

        var list = await CliRun.Of("dead-letters", "list", "--server", url, "--key", Text(key));
        var replay = await CliRun.Of("dead-letters", "replay", "--server", url, "--key", Text(key), "--json");
        var refused = await CliRun.Of("dead-letters", "replay", "--server", url, "--key", Text(viewer));
        var nobody = await CliRun.Of("dead-letters", "list", "--server", "http://127.0.0.1:1", "--key", "none");
        await stop.CancelAsync();

        Assert.Equal((0, "There are no dead letters."), (list.Code, list.Output.Trim()));
        Assert.Equal((0, 0), (replay.Code, System.Text.Json.JsonElement.Parse(replay.Output).GetProperty("replayed").GetInt32()));
        Assert.StartsWith("server_refused: Expected the server to do it, but it answered 403", refused.Error, StringComparison.Ordinal);
        Assert.StartsWith("no_server: Expected a server", nobody.Error, StringComparison.Ordinal);
        Assert.Equal(0, await serving.Code);

        static string Text(string json) => System.Text.Json.JsonElement.Parse(json).GetProperty("key").GetString()!;
    }

    [Fact]
    public async Task Holds_are_put_listed_and_released_through_a_server()
    {
        var key = System.Text.Json.JsonElement.Parse(
            (await CliRun.Of("key", "create", "--data", _folder["data"], "--role", "operator", "--json")).Output).GetProperty("key").GetString()!;
        using var stop = new CancellationTokenSource();
        var serving = Serving.Begin(stop.Token, "--data", _folder["data"]);
        await serving.Ready;
        var url = serving.Error.ToString().Split("Listening on ")[1].Split(',')[0];
        Task<CliRun> Run(params string[] arguments) => CliRun.Of([.. arguments, "--server", url, "--key", key]);

        var preview = await Run("hold", "everything", "--preview");
        var without = await Run("hold", "everything");
        var held = await Run("hold", "everything", "--reason", "wrong price");
        var again = await Run("hold", "everything", "--reason", "wrong price");
        var list = await Run("hold");
        var released = await Run("release", "everything", "--reason", "mended");
        var empty = await Run("hold");
        await stop.CancelAsync();

        Assert.Equal((0, "everything: 0 messages would wait, 0 being sent."), (preview.Code, preview.Output.Trim()));
        Assert.Equal(2, without.Code);
        Assert.Contains("Expected a reason", without.Error, StringComparison.Ordinal);
        Assert.Equal((0, "everything: 0 messages wait, 0 being sent."), (held.Code, held.Output.Trim()));
        Assert.Contains("held already", again.Error, StringComparison.Ordinal);
        Assert.Contains("wrong price (0 wait)", list.Output, StringComparison.Ordinal);
        Assert.Equal((0, "everything: 0 messages go, 0 being sent."), (released.Code, released.Output.Trim()));
        Assert.Equal("Nothing is held.", empty.Output.Trim());
        Assert.Equal(0, await serving.Code);
    }

    [Fact]
    public async Task Serve_publishes_nothing_from_a_workspace_with_errors()
    {
        _folder.Write("shop/journeys/bad.json", "{");

        var run = await CliRun.Of("serve", "--data", _folder["data"], "--workspace", _folder["shop"], "--urls", "http://127.0.0.1:0");

        Assert.Equal(2, run.Code);
        Assert.Contains("workspace_has_errors: Expected", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public async Task Demo_lives_through_its_past_and_leaves_a_whole_ledger_in_which_all_journeys_moved()
    {
        var run = await CliRun.Of(
            "demo", "--data", _folder["data"], "--urls", "http://127.0.0.1:0", "--days", "60", "--customers", "40", "--for", "1s");

        var verified = await CliRun.Of("audit", "verify", "--data", _folder["data"], "--rebuild", "--json");
        var sent = await CliRun.Of("audit", "query", "--data", _folder["data"], "--kind", "message_queued", "--limit", "10000", "--json");
        Assert.Equal(0, run.Code);
        Assert.Equal(0, verified.Code);
        // The shop's messages went through the real connectors: vendors took them, and their receipts came back.
        var delivered = await CliRun.Of("audit", "query", "--data", _folder["data"], "--kind", "message_delivered", "--limit", "10000", "--json");
        Assert.Contains("\"wecom\"", delivered.Output, StringComparison.Ordinal);
        Assert.Contains("\"sms\"", delivered.Output, StringComparison.Ordinal);
        Assert.Contains("\"mini_program\"", delivered.Output, StringComparison.Ordinal);
        Assert.Equal(40, verified.Json.GetProperty("rebuilt").GetProperty("contacts").GetInt32());
        var journeys = sent.Json.EnumerateArray().Select(row => row.GetProperty("journey").GetString()).ToHashSet();
        Assert.All(["abandoned-cart", "first-purchase", "group-welcome", "win-back"], journey => Assert.Contains(journey, journeys));
    }

    [Fact]
    public async Task Sandbox_says_where_the_vendors_are_and_which_accounts_they_know()
    {
        using var soon = new CancellationTokenSource();
        soon.Cancel();

        var run = await CliRun.Of(soon.Token, "sandbox", "--urls", "http://127.0.0.1:0", "--json");

        Assert.Equal(0, run.Code);
        Assert.StartsWith("http://127.0.0.1:", run.Json.GetProperty("listening").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["aliyun_sms", "tencent_sms", "wecom", "wechat_mini_program", "wechat_official_account"],
            run.Json.GetProperty("accounts").EnumerateObject().Select(account => account.Value.GetProperty("connector").GetString()));
    }

    [Theory]
    [InlineData("bad_duration", "--for", "soon")]
    [InlineData("out_of_range", "--speed", "0")]
    public async Task Demo_refuses_options_that_make_no_sense(string code, params string[] arguments)
    {
        var run = await CliRun.Of(["demo", .. arguments]);

        Assert.Equal(2, run.Code);
        Assert.Equal(code, run.ErrorCode);
    }
}
