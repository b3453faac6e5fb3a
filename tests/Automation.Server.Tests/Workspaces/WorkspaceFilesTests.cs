using System.Globalization;
using System.Text;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Workspaces;

public sealed class WorkspaceFilesTests : IDisposable
{
    private const string JourneyYaml = """
        # A comment.
        key: welcome
        name: 新人欢迎
        trigger: { on: event, event: group_joined }
        entry: { repeat: { after: 30d } }
        steps:
          - id: day-1
            type: wait
            for: 24h
            next: hello
          - { id: hello, type: send, channel: sms, template: hello }
        """;

    private const string JourneyJson = """
        { "key": "welcome", "name": "新人欢迎", "trigger": { "on": "event", "event": "group_joined" },
          "entry": { "repeat": { "after": "30d" } },
          "steps": [ { "id": "day-1", "type": "wait", "for": "24h", "next": "hello" },
                     { "id": "hello", "type": "send", "channel": "sms", "template": "hello" } ] }
        """;

    private const string Settings = """
        time_zone: Asia/Shanghai
        quiet_hours: { sms: { from: 21:00, to: "09:00", then: postpone } }
        caps: [ { channel: sms, at_most: 1, per: 1d }, { at_most: 3, per: 7d } ]
        consent: { sms: assumed, wecom: assumed, mini_program: required }   # or granted one by one
        accounts: { sms: sandbox, wecom: sandbox, mini_program: sandbox }
        """;

    private readonly TemporaryWorkspace _files = new();

    [Fact]
    public void A_workspace_is_read_from_json_and_yaml_alike()
    {
        _files.With("workspace.yaml", Settings)
            .With("journeys/welcome.yaml", JourneyYaml)
            .With("segments/loyal.yml", "{key: loyal, rule: {combinator: and, rules: [{field: tags, operator: contains, value: vip}]}}")
            .With("templates/hello.json", """{"key":"hello","channel":"sms","content":{"text":"你好"}}""");

        var loaded = _files.Load();

        Assert.Empty(loaded.Findings);
        Assert.Equal("welcome", Assert.Single(loaded.Workspace!.Journeys).Key);
        Assert.Equal("loyal", Assert.Single(loaded.Workspace.Segments).Key);
        Assert.Equal("你好", Assert.Single(loaded.Workspace.Templates).Content["text"]);
        Assert.Equal(new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), Postpone: true), loaded.Workspace.Settings.QuietHours["sms"]);
    }

    [Fact]
    public void Yaml_and_json_give_the_same_document()
    {
        var yaml = _files.With("journeys/welcome.yaml", JourneyYaml).Load().Workspace!.Journeys[0];

        Assert.Equal(JourneyDocument.Write(JourneyDocument.Read(Encoding.UTF8.GetBytes(JourneyJson)).Value!), JourneyDocument.Write(yaml));
    }

    [Fact]
    public void A_directory_without_settings_has_the_defaults()
    {
        var loaded = _files.Load();

        Assert.Empty(loaded.Findings);
        Assert.Equal(WorkspaceSettings.DefaultZone, loaded.Workspace!.Settings.TimeZone);
    }

    [Fact]
    public void Empty_settings_are_the_defaults() =>
        Assert.Equal(WorkspaceSettings.DefaultZone, _files.With("workspace.yaml", "# nothing yet\n").Load().Workspace!.Settings.TimeZone);

    [Fact]
    public void Documents_come_in_the_order_of_their_file_names()
    {
        foreach (var key in (string[])["b", "a", "B", "10", "9"])
        {
            _files.With($"journeys/{key}.yaml", $"{{key: '{key}', trigger: {{on: manual}}, steps: [{{id: x, type: exit}}]}}");
        }

        Assert.Equal(["10", "9", "B", "a", "b"], _files.Load().Workspace!.Journeys.Select(journey => journey.Key));
    }

    [Fact]
    public void A_missing_directory_cannot_be_loaded() =>
        Assert.Throws<DirectoryNotFoundException>(() => Automation.Server.Workspaces.WorkspaceFiles.Load(Path.Combine(_files.Path, "none")));

    [Theory]
    [InlineData("journeys/a.json", "{\n  \"key\": \"a\",\n  oops\n}", "malformed_json", 3)]
    [InlineData("journeys/a.yaml", "key: a\nsteps: [\n", "malformed_yaml", 3)]
    [InlineData("journeys/a.yaml", "", "malformed_yaml", 0)]
    [InlineData("journeys/a.yaml", "key: a\n---\nkey: b\n", "malformed_yaml", 2)]
    [InlineData("journeys/a.yaml", "? [a, b]\n: c\n", "malformed_yaml", 1)]
    [InlineData("journeys/a.yaml", "key: *nobody\n", "malformed_yaml", 1)]
    [InlineData("journeys/a.yaml", "key: &self [ *self ]\n", "malformed_yaml", 1)]
    [InlineData("journeys/a.yaml", "key: a\nvalue: .inf\n", "malformed_yaml", 2)]
    [InlineData("journeys/a.yaml", "key: a\nvalue: !!python/object:os.system {}\n", "malformed_yaml", 2)]
    [InlineData("journeys/a.yaml", "key: a\nkey: b\ntrigger: {on: manual}\nsteps: [{id: x, type: exit}]\n", "duplicate_property", 1)]
    [InlineData("journeys/a.yaml", "key: a\ntrigger: {on: manual}\nsteps:\n- id: x\n  type: wait\n  for: soon\n", "bad_duration", 6)]
    [InlineData("journeys/a.json", "{\"key\":\"a\",\"trigger\":{\"on\":\"manual\"},\n\"steps\":[\n{\"id\":\"x\",\"type\":\"wait\",\n\"for\":\"soon\"}]}", "bad_duration", 4)]
    [InlineData("journeys/a.txt", "", "ignored_file", 0)]
    [InlineData("journeys/inner/a.json", "", "ignored_file", 0)]
    [InlineData("workspace.yaml", "time_zone: Mars/Olympus\n", "bad_zone", 1)]
    public void What_is_wrong_is_told_with_its_file_and_line(string file, string text, string code, int line)
    {
        var finding = Assert.Single(_files.With(file, text).Load().Findings);

        Assert.Equal((code, line), (finding.Code, finding.Line ?? 0));
        Assert.StartsWith(finding.Document!, file, StringComparison.Ordinal);
        Assert.StartsWith("Expected ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_for_people_and_hidden_files_are_no_documents() =>
        Assert.Empty(_files.With("journeys/README.md", "# Hi").With("journeys/.DS_Store", "x").Load().Findings);

    [Fact]
    public void A_file_in_another_encoding_is_told()
    {
        _files.With("journeys/a.yaml", [(byte)'k', (byte)':', (byte)' ', 0xD0, 0xC2]).With("journeys/b.json", [(byte)'"', 0xD0, 0xC2, (byte)'"']);

        Assert.Equal(["malformed_yaml", "malformed_json"], _files.Load().Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_file_beyond_the_limit_is_not_read() =>
        Assert.Equal("too_large", Assert.Single(_files.With("journeys/a.json", new byte[DocumentLimits.BytesMax + 1]).Load().Findings).Code);

    [Fact]
    public void Nested_aliases_do_not_fill_the_memory()
    {
        var bomb = new StringBuilder("a0: &a0 lol\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Equal("too_large", Assert.Single(_files.With("journeys/a.yaml", bomb.ToString()).Load().Findings).Code);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("*")]
    [InlineData("&a ")]
    [InlineData("\"")]
    [InlineData("|\n ")]
    [InlineData("a: b\n")]
    public void A_long_run_of_anything_ends_in_a_finding(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 200_000 / part.Length));

        Assert.NotEmpty(_files.With("journeys/a.yaml", text).Load().Findings);
    }

    [Fact]
    public void Aliases_within_bounds_are_expanded()
    {
        _files.With("segments/a.yaml", "key: a\nrule: {combinator: or, rules: [&r {field: tags, operator: contains, value: vip}, *r]}\n");

        Assert.Equal(2, _files.Load().Workspace!.Segments[0].Rule.Rules.Length);
    }

    [Fact]
    public void An_error_in_one_file_withholds_the_workspace() =>
        Assert.Null(_files.With("journeys/a.json", "{}").Load().Workspace);

    [Fact]
    public void Lint_tells_what_reading_and_what_checking_found()
    {
        _files.With("workspace.yaml", "late_after: soon\n")
            .With("journeys/a.yaml", "key: a\ntrigger: {on: manual}\nsteps:\n- id: x\n  type: send\n  channel: sms\n  template: none\n  next: y\n");

        var findings = _files.Load().Lint(LintContext.DocumentsOnly);

        Assert.Equal(
            [
                ("journeys/a.yaml", "unknown_step", "/steps/0/next", 8),
                ("journeys/a.yaml", "unknown_template", "/steps/0/template", 7),
                ("workspace.yaml", "bad_duration", "/late_after", 1),
            ],
            findings.Select(finding => (finding.Document!, finding.Code, finding.Pointer, finding.Line!.Value)));
    }

    [Fact]
    public void A_template_that_could_not_be_read_is_not_called_unknown()
    {
        _files.With("templates/hello.json", "{")
            .With("journeys/a.yaml", "{key: a, trigger: {on: manual}, steps: [{id: x, type: send, channel: sms, template: hello}]}");

        Assert.Equal(["malformed_json"], _files.Load().Lint(LintContext.DocumentsOnly).Select(finding => finding.Code));
    }

    public void Dispose() => _files.Dispose();
}
