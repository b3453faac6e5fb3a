using System.Text.Json;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>Commands on a store that no server holds: keys, imports, and reading the ledger.</summary>
public sealed class StoreCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Store => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_is_made_listed_without_its_text_and_revoked()
    {
        var made = await CliRun.Of("key", "create", "--data", Store, "--role", "write", "--name", "shop", "--json");
        var listed = await CliRun.Of("key", "list", "--data", Store, "--json");
        var id = made.Json.GetProperty("id").GetString()!;
        var revoked = await CliRun.Of("key", "revoke", id, "--data", Store);
        var empty = await CliRun.Of("key", "list", "--data", Store, "--json");
        var facts = (await CliRun.Of("audit", "query", "--data", Store, "--json")).Json.EnumerateArray().Select(fact => fact.GetRawText()).ToList();

        Assert.Equal("write", Assert.Single(listed.Json.EnumerateArray()).GetProperty("role").GetString());
        Assert.DoesNotContain(made.Json.GetProperty("key").GetString()!, listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, revoked.Code);
        Assert.Empty(empty.Json.EnumerateArray());
        Assert.Equal(2, facts.Count);
        Assert.All(facts, fact => Assert.Contains(id, fact, StringComparison.Ordinal));
        Assert.Equal(0, (await CliRun.Of("audit", "verify", "--data", Store)).Code);
    }

    [Fact]
    public async Task A_running_server_is_asked_for_keys_over_http()
    {
        await using var server = await RunningServer.StartAsync();
        string[] at = ["--server", server.Http.BaseAddress!.ToString(), "--key", server.Key(Automation.Server.Security.Role.Admin)];

        var made = await CliRun.Of(["key", "create", "--role", "viewer", "--name", "board", "--json", .. at]);
        var id = made.Json.GetProperty("id").GetString()!;
        var listed = await CliRun.Of(["key", "list", .. at]);
        var revoked = await CliRun.Of(["key", "revoke", id, .. at]);
        var again = await CliRun.Of(["key", "revoke", id, .. at]);
        var forbidden = await CliRun.Of("key", "list", "--server", server.Http.BaseAddress!.ToString(), "--key", server.Key(Automation.Server.Security.Role.Viewer));

        Assert.Contains(listed.Output.Split('\n'), line => line.StartsWith(id, StringComparison.Ordinal) && line.EndsWith("board", StringComparison.Ordinal));
        Assert.Equal((0, 2), (revoked.Code, again.Code));
        Assert.StartsWith("server_refused: Expected the server to do it, but it answered 403: Expected", forbidden.Error, StringComparison.Ordinal);
        Assert.EndsWith("Look at --key.", forbidden.Error.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown_role", "key", "create", "--role", "king")]
    [InlineData("unknown_key", "key", "revoke", "none")]
    public async Task A_wrong_key_command_is_an_error_in_words(string code, params string[] arguments)
    {
        var run = await CliRun.Of([.. arguments, "--data", Store]);

        Assert.Equal(2, run.Code);
        Assert.StartsWith($"{code}: Expected", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad_arguments: Expected ID (The key's id, as 'key list' shows it), but there is none.", "key", "revoke")]
    [InlineData("bad_arguments: Expected DIR (Where to write it; made when it is not there), but there is none.", "init")]
    [InlineData("bad_arguments: Expected one of create, list, revoke, but found 'revok'. Did you mean 'revoke'?", "key", "revok")]
    public async Task An_argument_that_is_missing_or_mistyped_is_named(string said, params string[] arguments)
    {
        var run = await CliRun.Of(arguments);

        Assert.Equal(2, run.Code);
        Assert.StartsWith(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_the_same_files_twice_changes_nothing()
    {
        var (people, orders) = (People(), Orders());

        var first = await Import("contacts", people);
        var again = await Import("contacts", people);
        var events = await Import("events", orders);
        var eventsAgain = await Import("events", orders);

        Assert.Equal((3, 2, 0, 1), first);
        Assert.Equal((3, 0, 2, 1), again);
        Assert.Equal((3, 2, 0, 1), events);
        Assert.Equal((3, 0, 2, 1), eventsAgain);
        Assert.Equal(0, (await CliRun.Of("audit", "verify", "--data", Store, "--rebuild")).Code);
    }

    [Fact]
    public async Task Imported_rows_have_their_types_times_and_identities_and_are_history()
    {
        await Import("contacts", People());
        await Import("events", Orders());

        var export = await CliRun.Of("audit", "export", "--data", Store, "--events");

        var events = export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Where(row => row.GetProperty("kind").GetString() == "event").Select(row => row.GetProperty("event")).ToList();
        var lin = events[0];
        Assert.Equal("""[["user_id","u-1"],["phone","+8613800138000"]]""", lin.GetProperty("identities").GetRawText());
        Assert.Equal("""["tea","gift"]""", lin.GetProperty("properties").GetProperty("tags").GetRawText());
        Assert.True(lin.GetProperty("properties").GetProperty("consent").GetProperty("sms").GetBoolean());
        Assert.All(events, happened => Assert.True(happened.GetProperty("history").GetBoolean()));
        var order = events.First(happened => happened.GetProperty("name").GetString() == "order_paid");
        Assert.Equal("2026-01-05T02:00:00Z", order.GetProperty("occurred_at").GetString());
        Assert.Equal(180.5m, order.GetProperty("properties").GetProperty("amount").GetDecimal());
        Assert.DoesNotContain(export.Output.Split('\n'), line => line.Contains("\"enrolled\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rejected_rows_stand_in_a_file_with_their_reasons_that_can_be_mended_and_imported()
    {
        await Import("contacts", People());
        var rejects = _folder["people.rejects.csv"];

        var text = File.ReadAllText(rejects);
        File.WriteAllText(rejects, text.Replace("maybe", "yes", StringComparison.Ordinal));
        var mended = await Import("contacts", rejects);

        Assert.Contains("bad_value: Expected yes or no for consent.sms, but found 'maybe'.", text, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0, 0), mended);
        Assert.Equal(0, (await CliRun.Of("audit", "query", "--data", Store, "--contact", "u-3")).Code);
    }

    [Fact]
    public async Task A_row_whose_quote_never_ends_is_rejected_as_a_row_that_can_be_mended()
    {
        var people = _folder.Write("torn.csv", "user_id,name\nu-1,Lin\nu-2,\"Zhou\nu-3,Chen\n");

        var torn = await Import("contacts", people);
        var lines = File.ReadAllText(_folder["torn.rejects.csv"]);

        Assert.Equal((2, 1, 0, 1), torn);
        Assert.Contains("u-2,\"Zhou\nu-3,Chen\",3,\"unclosed_quote: Expected a quote", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_facts_names_contacts_so_that_they_can_be_asked_for()
    {
        await Publish();
        var at = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var joined = _folder.Write("joined.ndjson", $$"""
            {"type":"group","userId":"lin","groupId":"g-1","timestamp":"{{at}}"}
            {"type":"group","anonymousId":"a-1","groupId":"g-1","timestamp":"{{at}}"}
            """);
        await CliRun.Of("import", "events", joined, "--data", Store, "--live");

        var listed = await CliRun.Of("audit", "query", "--data", Store, "--kind", "enrolled");
        var unnamed = await CliRun.Of("audit", "query", "--data", Store, "--contact", "id=2", "--json");
        var odd = await CliRun.Of("audit", "query", "--data", Store, "--reason", "frequency_cup");

        Assert.Contains("  lin ", listed.Output, StringComparison.Ordinal);
        Assert.Contains("  id=2 ", listed.Output, StringComparison.Ordinal);
        Assert.NotEmpty(unnamed.Json.EnumerateArray());
        Assert.Contains("'frequency_cup' is no reason that the engine itself gives", odd.Error, StringComparison.Ordinal);
        Assert.Contains("frequency_cap", odd.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_a_map_names_and_the_file_has_not_is_an_error()
    {
        var run = await CliRun.Of("import", "events", Orders(), "--data", Store, "--map", "amuont=amount");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("unknown_column: Expected the column 'amuont'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_import_starts_journeys_and_why_tells_them_in_sentences()
    {
        await Publish();
        var at = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var joined = _folder.Write("joined.ndjson", $$"""{"type":"group","userId":"u-9","groupId":"g-1","timestamp":"{{at}}"}""");

        await CliRun.Of("import", "events", joined, "--data", Store, "--live");
        var why = await CliRun.Of("audit", "why", "--data", Store, "--contact", "u-9", "--journey", "group-welcome");
        var query = await CliRun.Of("audit", "query", "--data", Store, "--contact", "user_id=u-9", "--kind", "enrolled", "--json");

        Assert.Contains("because of the event group_joined", why.Output, StringComparison.Ordinal);
        Assert.Contains("day-1: waits until", why.Output, StringComparison.Ordinal);
        Assert.Contains("Now: at 'day-1' until", why.Output, StringComparison.Ordinal);
        Assert.Equal("group-welcome", Assert.Single(query.Json.EnumerateArray()).GetProperty("journey").GetString());
    }

    [Theory]
    [InlineData("unknown_contact", "query", "--contact", "nobody")]
    [InlineData("unknown_kind", "query", "--kind", "eaten")]
    [InlineData("bad_time", "query", "--from", "soon")]
    [InlineData("bad_format", "export", "--format", "xls")]
    [InlineData("unknown_journey", "why", "--contact", "u-1", "--journey", "none")]
    public async Task A_wrong_question_to_the_ledger_is_an_error_in_words(string code, params string[] arguments)
    {
        await Import("contacts", People());

        var run = await CliRun.Of(["audit", .. arguments, "--data", Store]);

        Assert.Equal(2, run.Code);
        Assert.StartsWith($"{code}: Expected", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_an_error_in_words()
    {
        var run = await CliRun.Of("audit", "verify", "--data", _folder["none"]);

        Assert.Equal(2, run.Code);
        Assert.Equal("store_missing", run.ErrorCode);
    }

    private string People() => _folder.Write("people.csv", """
        customer_id,姓名,手机,city,level,tags,consent.sms
        u-1,林小满,13800138000,上海,vip,"tea;gift",yes
        u-2,Zhou,13800138003,北京,,,no
        u-3,Chen,13800138004,上海,3,,maybe
        """);

    private string Orders() => _folder.Write("orders.csv", """
        user_id;time;event;order_id;amount
        u-1;2026-01-05 10:00:00;order_paid;o-1;180.50
        u-1;20260301;order_paid;o-2;20
        u-2;yesterday;order_paid;o-3;20
        """);

    private async Task<(int Rows, int Imported, int Duplicates, int Rejected)> Import(string what, string file)
    {
        var run = await CliRun.Of("import", what, file, "--data", Store, "--json");
        return (Count("rows"), Count("imported"), Count("duplicates"), Count("rejected"));

        int Count(string name) => run.Json.GetProperty(name).GetInt32();
    }

    /// <summary>A server that starts and stops publishes its workspace.</summary>
    private async Task Publish()
    {
        await CliRun.Of("init", _folder["shop"]);
        using var stop = new CancellationTokenSource();
        var serving = Serving.Begin(stop.Token, "--data", Store, "--workspace", _folder["shop"]);
        await serving.Ready;
        await stop.CancelAsync();
        Assert.Equal(0, await serving.Code);
    }
}
