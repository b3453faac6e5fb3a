using System.Globalization;
using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>The worked incidents of docs/operations.md: their very commands, against a server in that trouble.</summary>
public sealed class IncidentsTests : IDisposable
{
    private static readonly string Page = Path.Combine(RepositoryRoot.Path, "docs", "operations.md");

    private const string Journey = """
        { "key": "new-coupon", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "offer", "type": "send", "channel": "sms", "template": "coupon" } ] }
        """;

    private readonly TempFolder _folder = new();
    private readonly FakeVendor _vendor = new();

    [Fact]
    public async Task The_wrong_coupon_is_held_mended_and_let_go()
    {
        await using var server = await CouponAsync();
        using var shell = await ShellAsync(server);
        await File.WriteAllTextAsync(_folder["coupon.json"], """{ "key": "coupon", "channel": "sms", "content": { "text": "50 off" } }""");
        await File.WriteAllTextAsync(_folder["new-coupon.json"], Journey);
        await File.WriteAllTextAsync(_folder["exit.json"], """{ "in_flight": "exit" }""");
        await CameAsync(server, 1);
        await server.UntilFactsAsync("message_sent", 1);
        var blocks = DocumentedShell.Blocks(Page, "### The wrong coupon is going out");
        Assert.Equal(5, blocks.Count);

        await RunAsync(shell, blocks[0]);
        await CameAsync(server, 2);
        await server.UntilFactsAsync("message_queued", 2);
        var who = await RunAsync(shell, blocks[1]);
        Assert.Single(await server.FactsAsync("message_sent"));
        await RunAsync(shell, blocks[2]);
        await server.UntilFactsAsync("exited", 1);
        var mended = await RunAsync(shell, blocks[3]);
        await CameAsync(server, 3);
        var sent = await server.UntilFactsAsync("message_sent", 2);
        var record = await RunAsync(shell, blocks[4]);

        Assert.Contains("new-coupon", who, StringComparison.Ordinal);
        Assert.Contains("0 messages would go", mended, StringComparison.Ordinal);
        // The one that waited with the wrong text never went.
        var queued = (await server.FactsAsync("message_queued")).OrderBy(fact => fact.Sequence).Select(fact => fact.Contact).ToList();
        Assert.Equal([queued[0], queued[2]], sent.OrderBy(fact => fact.Sequence).Select(fact => fact.Contact));
        Assert.Contains("template", record, StringComparison.Ordinal);
        Assert.Contains("released, held since", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_whose_key_expired_goes_on_with_a_new_one()
    {
        _vendor.Refuses = true;
        await using var server = await CouponAsync();
        using var shell = await ShellAsync(server);
        await File.WriteAllTextAsync(_folder["account.json"], """{ "connector": "vendor" }""");
        await CameAsync(server, 1);
        await server.UntilFactsAsync("retry_scheduled", 1);
        var blocks = DocumentedShell.Blocks(Page, "### The vendor's key expired");
        Assert.Equal(2, blocks.Count);

        var told = await RunAsync(shell, blocks[0]);
        _vendor.Refuses = false;
        await RunAsync(shell, blocks[1]);

        Assert.Contains("Expected a valid key", told, StringComparison.Ordinal);
        await server.UntilFactsAsync("message_sent", 1);
    }

    [Fact]
    public async Task Why_she_got_nothing_is_told_and_proved()
    {
        await using var server = await CouponAsync();
        using var shell = await ShellAsync(server);
        await server.TrackAsync("identify", """{ "userId": "u-2", "traits": { "phone": "13800138002" }, "context": {} }""");
        await server.TrackAsync("identify", """{ "userId": "u-2", "traits": { "consent": { "sms": false } } }""");
        await server.TrackAsync("track", """{ "userId": "u-2", "event": "came" }""");
        await server.UntilFactsAsync("message_suppressed", 1);
        var blocks = DocumentedShell.Blocks(Page, "### \"Why did she get nothing?\", and proof for an auditor");
        Assert.Equal(2, blocks.Count);

        var told = await RunAsync(shell, blocks[0]);
        var proof = await RunAsync(shell, blocks[1]);

        Assert.Contains("no_consent", told, StringComparison.Ordinal);
        Assert.Contains("It holds what was anchored at the end of", proof, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder["ledger.csv"]).Length > 100);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<RunningServer> CouponAsync()
    {
        var server = await RunningServer.StartAsync(connectors: _vendor);
        await server.AskAsync(HttpMethod.Put, "/api/settings", """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "vendor" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/templates/coupon", """{ "key": "coupon", "channel": "sms", "content": { "text": "500 off" } }""");
        await server.AskAsync(HttpMethod.Put, "/api/journeys/new-coupon", Journey);
        await server.AskAsync(HttpMethod.Post, "/api/journeys/new-coupon/publish", new { });
        return server;
    }

    private async Task<DocumentedShell> ShellAsync(RunningServer server) => new(_folder["."], new Dictionary<string, string>
    {
        ["SERVER"] = server.Http.BaseAddress!.ToString().TrimEnd('/'),
        ["TEMPLATE_REVISION"] = await RevisionAsync(server, "/api/templates/coupon"),
        ["JOURNEY_REVISION"] = await RevisionAsync(server, "/api/journeys/new-coupon"),
        ["ACCOUNT_REVISION"] = "0",
        ["KEY"] = server.Key(Role.Admin),
        ["DATA"] = Path.GetDirectoryName(server.DatabasePath)!,
        // The workspace's days end before those of Universal Time.
        ["YESTERDAY"] = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });

    private static async Task<string> RevisionAsync(RunningServer server, string path)
    {
        using var request = server.Request(HttpMethod.Get, path, Role.Admin);
        using var response = await server.Http.SendAsync(request);
        return response.Headers.ETag!.Tag;
    }

    private static async Task<string> RunAsync(DocumentedShell shell, IReadOnlyList<string> lines)
    {
        var output = "";
        foreach (var line in lines)
        {
            output += await shell.RunAsync(line);
        }
        return output;
    }

    private static async Task CameAsync(RunningServer server, int person)
    {
        await server.TrackAsync("identify", $$"""{ "userId": "u-{{person}}", "traits": { "phone": "1380013800{{person}}" } }""");
        await server.TrackAsync("track", $$"""{ "userId": "u-{{person}}", "event": "came" }""");
    }
}
