using System.Globalization;
using System.Text.Json;
using Automation.Server.Cli;
using Xunit;

namespace Automation.Server.Tests.Cli;

public sealed class WorkspaceCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("starter", "en", 1)]
    [InlineData("starter", "zh", 1)]
    [InlineData("demo", "en", 7)]
    public async Task Init_writes_a_workspace_that_lint_finds_nothing_in(string example, string language, int journeys)
    {
        var written = await CliRun.Of("init", _folder["shop"], "--example", example, "--language", language);
        var linted = await CliRun.Of("lint", "--workspace", _folder["shop"], "--strict", "--json");

        Assert.Equal(0, written.Code);
        Assert.Equal(0, linted.Code);
        Assert.Equal(0, linted.Json.GetProperty("findings").GetArrayLength());
        Assert.Equal(journeys, Directory.GetFiles(_folder["shop/journeys"]).Length);
        Assert.True(File.Exists(_folder["shop/README.md"]));
    }

    [Fact]
    public async Task Init_in_Chinese_writes_the_same_files_with_Chinese_names_texts_and_comments()
    {
        var english = await CliRun.Of("init", _folder["en"], "--language", "en", "--json");
        var chinese = await CliRun.Of("init", _folder["zh"], "--language", "zh", "--json");

        Assert.Equal(english.Json.GetProperty("files").ToString(), chinese.Json.GetProperty("files").ToString());
        Assert.All(Directory.GetFiles(_folder["zh"], "*", SearchOption.AllDirectories), file => Assert.Matches("[\u4e00-\u9fff]", File.ReadAllText(file)));
        Assert.All(Directory.GetFiles(_folder["en"], "*", SearchOption.AllDirectories), file => Assert.DoesNotMatch("[\u4e00-\u9fff]", File.ReadAllText(file)));
        Assert.Equal((2, "bad_language"), ((await CliRun.Of("init", _folder["fr"], "--language", "fr")) is var french ? french.Code : 0, french.ErrorCode));
    }

    [Theory]
    [InlineData("zh_CN.UTF-8", null, null, "zh")]
    [InlineData("", "", "zh_TW.UTF-8", "zh")]
    [InlineData("C.UTF-8", null, "zh_CN.UTF-8", "en")]
    [InlineData(null, null, null, "zh")]
    public void The_language_is_the_terminals_or_else_the_systems(string? all, string? messages, string? lang, string language) =>
        Assert.Equal(language, SpokenLanguage.Of(name => name switch { "LC_ALL" => all, "LC_MESSAGES" => messages, _ => lang }, CultureInfo.GetCultureInfo("zh-CN")));

    [Fact]
    public async Task A_directory_that_is_no_workspace_is_not_called_sound()
    {
        _folder.Write("elsewhere/notes.md", "no workspace\n");

        var run = await CliRun.Of("lint", "--workspace", _folder["elsewhere"]);

        Assert.Equal((2, "no_workspace"), (run.Code, run.ErrorCode));
    }

    [Fact]
    public async Task The_channels_of_plug_ins_are_known_where_their_directory_is()
    {
        _folder.Write("shop/workspace.yaml", "consent: { pager: assumed }\n");
        _folder.Write("shop/templates/beep.json", """{ "key": "beep", "channel": "pager", "content": { "text": "beep", "color": "red" } }""");
        _folder.Write("shop/journeys/beep.json", """
            { "key": "beep", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "once" },
              "steps": [ { "id": "beep", "type": "send", "channel": "pager", "template": "beep" } ] }
            """);
        _folder.Write("plugins/Pager/connector.json", """
            { "address": "http://127.0.0.1:7080/", "manifest": { "contract_version": 1, "key": "pager",
              "name": { "zh": "寻呼机", "en": "Pager" }, "summary": { "zh": "呼。", "en": "Beeps." },
              "channels": [ { "key": "pager", "name": { "zh": "寻呼机", "en": "Pager" }, "address_type": "phone",
                "message_schema": { "type": "object", "additionalProperties": false, "properties": { "text": { "type": "string" } } },
                "limits": { "batch_size_max": 1, "body_bytes_max": 1000 } } ],
              "configuration_schema": { "type": "object", "properties": {} }, "idempotency": "none" } }
            """);
        _folder.Write("plugins/Broken/Broken.dll", "no assembly");

        var without = await CliRun.Of("lint", "--workspace", _folder["shop"], "--json");
        var with = await CliRun.Of("lint", "--workspace", _folder["shop"], "--plugins", _folder["plugins"], "--json");
        var nowhere = await CliRun.Of("lint", "--workspace", _folder["shop"], "--plugins", _folder["nowhere"]);

        Assert.Contains("unknown_channel", Codes(without));
        Assert.DoesNotContain("unknown_channel", Codes(with));
        Assert.Contains("color", with.Output, StringComparison.Ordinal); // The channel's own schema is known, too.
        Assert.Contains("Plug-in Broken is not used: not_a_plug_in", with.Error, StringComparison.Ordinal);
        Assert.Equal((2, "bad_setting"), (nowhere.Code, nowhere.ErrorCode));
    }

    private static IEnumerable<string?> Codes(CliRun run) =>
        run.Json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString());

    [Theory]
    [InlineData("bad_arguments: Expected one of serve", "bogus")]
    [InlineData("bad_urls: Expected addresses such as http://localhost:5080", "serve", "--urls", "nonsense")]
    [InlineData("bad_urls: Expected addresses such as http://localhost:5080", "demo", "--urls", "http://localhost:99999")]
    public async Task What_was_typed_wrong_is_named(string beginning, params string[] arguments)
    {
        var run = await CliRun.Of(arguments);

        Assert.Equal(2, run.Code);
        Assert.StartsWith(beginning, run.Error, StringComparison.Ordinal);
        Assert.Contains($"'{arguments[^1]}'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_leaves_a_directory_with_files_alone()
    {
        var mine = _folder.Write("shop/workspace.yaml", "# mine\n");

        var run = await CliRun.Of("init", _folder["shop"]);

        Assert.Equal(2, run.Code);
        Assert.StartsWith("directory_not_empty: Expected an empty directory, but", run.Error, StringComparison.Ordinal);
        Assert.Equal("# mine\n", File.ReadAllText(mine));
        Assert.False(Directory.Exists(_folder["shop/journeys"]));
    }

    [Fact]
    public async Task Init_with_force_writes_over_files_of_its_names_and_keeps_the_others()
    {
        var mine = _folder.Write("shop/workspace.yaml", "# mine\n");
        var other = _folder.Write("shop/notes.md", "keep\n");

        var run = await CliRun.Of("init", _folder["shop"], "--force");

        Assert.Equal(0, run.Code);
        Assert.NotEqual("# mine\n", File.ReadAllText(mine));
        Assert.Equal("keep\n", File.ReadAllText(other));
    }

    [Fact]
    public async Task Lint_names_file_line_pointer_code_and_sentence()
    {
        await CliRun.Of("init", _folder["shop"]);
        _folder.Write("shop/journeys/loop.json", """
            {
              "key": "loop",
              "trigger": { "on": "event", "event": "order_paid" },
              "steps": [
                { "id": "a", "type": "send", "channel": "sms", "template": "nowhere", "next": "b" },
                { "id": "b", "type": "update", "add_tags": [ "x" ], "next": "b" }
              ]
            }
            """);

        var run = await CliRun.Of("lint", "--workspace", _folder["shop"], "--json");
        var text = await CliRun.Of("lint", "--workspace", _folder["shop"]);

        Assert.Equal(1, run.Code);
        var unknown = Finding(run.Json, "unknown_template");
        Assert.Equal("journeys/loop.json", unknown.GetProperty("file").GetString());
        Assert.Equal(5, unknown.GetProperty("line").GetInt32());
        Assert.Equal("/steps/0/template", unknown.GetProperty("pointer").GetString());
        Assert.StartsWith("Expected", unknown.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("error", Finding(run.Json, "cycle_without_wait").GetProperty("severity").GetString());
        Assert.Contains("journeys/loop.json:5: error unknown_template at /steps/0/template: Expected", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_option_is_an_error_in_words_and_in_json()
    {
        var words = await CliRun.Of("lint", "--nope");
        var json = await CliRun.Of("lint", "--nope", "--json");

        Assert.Equal(2, words.Code);
        Assert.Equal("bad_arguments", words.ErrorCode);
        Assert.Equal(2, json.Code);
        Assert.Equal("bad_arguments", JsonElement.Parse(json.Error).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_missing_workspace_is_an_error_in_words()
    {
        var run = await CliRun.Of("lint", "--workspace", _folder["none"]);

        Assert.Equal(2, run.Code);
        Assert.StartsWith("no_workspace: Expected a workspace directory, but", run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Finding(JsonElement answer, string code) =>
        answer.GetProperty("findings").EnumerateArray().First(finding => finding.GetProperty("code").GetString() == code);
}
