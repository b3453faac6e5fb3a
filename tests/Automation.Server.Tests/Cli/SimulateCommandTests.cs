using System.Text.Json;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>
/// The journey of the design over thirty lines of events, with every number derived by hand. All times are Shanghai's.
/// <para>
/// newcomer-benefit: joy, ann, cai, bob, gus and fay join g-42 and live in 上海: 6 enrolled. dan lives in 北京
/// (audience_not_matched), eve joins g-7 (trigger_not_matched), ann joins again on the 5th (entered_before).
/// cai pays on the first evening: goal of 99.5 and exit at day-1. The other five come to the gate after 24 hours: bob is VIP and
/// gets wecom on the 2nd. joy and ann get mini_program on the 2nd at 09:00 and 10:00. gus and fay gave no consent for it
/// (no_consent), so the fallback is tried at once: gus has no phone (no_address); fay's time is 22:30, so hers goes at 09:00 of the 3rd.
/// joy pays on the 10th, and her goal ended on the 8th. So 5 completed, 1 exited, none is left.
/// </para>
/// <para>
/// thanks: cai pays three times, hal, ivy and joy once: 6 enrolled, 6 completed. cai at 20:00 of the 1st: sent. At 23:00: a second
/// SMS within a day (frequency_cap, before quiet hours are asked). At 20:00 of the 2nd: the first is exactly a day old and no longer counts: sent.
/// hal at 21:00 sharp: quiet hours begin, sent at 09:00 of the 3rd. ivy said no (no_consent). joy on the 10th: sent.
/// </para>
/// <para>
/// SMS: 1st cai; 2nd cai; 3rd hal and fay; 10th joy: 5. Lines: 10 identify, 9 joins, 6 orders, 1 duplicate, 3 that are no events: 29.
/// </para>
/// </summary>
public sealed class SimulateCommandTests : IDisposable
{
    private const string Until = "2026-03-11T00:00:00+08:00";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Names_that_no_event_carries_are_told()
    {
        await CliRun.Of("init", _folder["shop"]);
        _folder.Write("shop/templates/typo.json", """{"key":"typo","channel":"sms","content":{"text":"{{ contact.nmae }}"}}""");
        var events = _folder.Write("events.ndjson", """{"type":"identify","userId":"u-1","messageId":"m-1","timestamp":"2026-03-01T10:00:00Z","traits":{"name":"Lin"}}""");

        var run = await CliRun.Of("simulate", "--workspace", _folder["shop"], "--events", events, "--report", _folder["report.json"]);

        Assert.Equal(0, run.Code);
        Assert.Contains("templates/typo: warning unseen_name at /content/text: Expected a name that the events carry, but none has \"contact.nmae\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_has_the_numbers_that_were_derived_by_hand()
    {
        var report = JsonElement.Parse(File.ReadAllText((await Simulate("report.json")).Report));

        Same("""
            {
              "version": 1, "enrolled": 6, "completed": 5, "exited": 1, "active": 0,
              "not_enrolled": { "audience_not_matched": 1, "entered_before": 1, "trigger_not_matched": 1 },
              "steps": {
                "day-1": { "entered": 6, "left": 6, "waiting": 0 },
                "gate":  { "entered": 5, "left": 5, "waiting": 0 },
                "vip":   { "entered": 1, "left": 1, "waiting": 0 },
                "offer": { "entered": 4, "left": 4, "waiting": 0 }
              },
              "goal": { "converted": 1, "value": 99.5 }
            }
            """, report.GetProperty("journeys").GetProperty("newcomer-benefit"));
        Same("""
            {
              "version": 1, "enrolled": 6, "completed": 6, "exited": 0, "active": 0, "not_enrolled": {},
              "steps": { "thank": { "entered": 6, "left": 6, "waiting": 0 } },
              "goal": { "converted": 0, "value": 0 }
            }
            """, report.GetProperty("journeys").GetProperty("thanks"));
        Same("""
            {
              "mini_program": { "sent": 2, "suppressed": { "no_consent": 2 }, "by_day": { "2026-03-02": 2 } },
              "sms": {
                "sent": 5, "suppressed": { "frequency_cap": 1, "no_address": 1, "no_consent": 1 },
                "by_day": { "2026-03-01": 1, "2026-03-02": 1, "2026-03-03": 2, "2026-03-10": 1 }
              },
              "wecom": { "sent": 1, "suppressed": {}, "by_day": { "2026-03-02": 1 } }
            }
            """, report.GetProperty("messages"));
        Same("""{ "total": 29, "duplicates": 1, "rejected": 3 }""", report.GetProperty("events"));
        Assert.Equal(10, report.GetProperty("contacts").GetInt64());
    }

    [Fact]
    public async Task Two_runs_give_the_same_bytes_of_report_and_facts()
    {
        var first = await Simulate("first.json", "--facts", _folder["first.ndjson"]);
        var second = await Simulate("second.json", "--facts", _folder["second.ndjson"]);

        Assert.Equal(File.ReadAllBytes(first.Report), File.ReadAllBytes(second.Report));
        Assert.NotEmpty(File.ReadAllBytes(_folder["first.ndjson"]));
        Assert.Equal(File.ReadAllBytes(_folder["first.ndjson"]), File.ReadAllBytes(_folder["second.ndjson"]));
    }

    [Fact]
    public async Task Lines_that_are_no_events_are_named_with_their_numbers_and_are_findings()
    {
        var (run, _) = await Simulate("report.json");

        Assert.Equal(1, run.Code);
        Assert.Contains("events.ndjson:24: malformed_json", run.Error, StringComparison.Ordinal);
        Assert.Contains("events.ndjson:26: no_identity", run.Error, StringComparison.Ordinal);
        Assert.Contains("events.ndjson:28: unknown_type", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dash_writes_the_report_and_nothing_else_to_the_output()
    {
        var run = await CliRun.Of(
            "simulate", "--workspace", CliRun.Beside("Newcomers"), "--events", CliRun.Beside("Newcomers/events.ndjson"), "--report", "-");

        Assert.Equal(29, run.Json.GetProperty("events").GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Until_ends_the_time_before_a_wait_is_over()
    {
        var report = _folder["early.json"];

        await CliRun.Of(
            "simulate", "--workspace", CliRun.Beside("Newcomers"), "--events", CliRun.Beside("Newcomers/events.ndjson"),
            "--until", "2026-03-01 19:00", "--report", report);

        // joy, ann, cai, bob and gus have joined by then, and nobody's 24 hours are over.
        var journey = JsonElement.Parse(File.ReadAllText(report)).GetProperty("journeys").GetProperty("newcomer-benefit");
        Assert.Equal(5, journey.GetProperty("active").GetInt64());
        Same("""{ "entered": 5, "left": 0, "waiting": 5 }""", journey.GetProperty("steps").GetProperty("day-1"));
    }

    [Fact]
    public async Task A_workspace_with_errors_is_not_run()
    {
        _folder.Write("shop/journeys/bad.json", """{ "key": "bad", "steps": [ { "id": "a", "type": "wait", "for": "soon" } ] }""");

        var run = await CliRun.Of(
            "simulate", "--workspace", _folder["shop"], "--events", CliRun.Beside("Newcomers/events.ndjson"), "--report", "-");

        Assert.Equal(2, run.Code);
        Assert.Contains("bad_duration", run.Error, StringComparison.Ordinal);
        Assert.Contains("workspace_has_errors: Expected a workspace without errors, but", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_missing_file_of_events_is_an_error_in_words()
    {
        var run = await CliRun.Of("simulate", "--workspace", CliRun.Beside("Newcomers"), "--events", _folder["none"], "--report", "-");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("no_events: Expected a file of events, but", run.Error, StringComparison.Ordinal);
    }

    private async Task<(CliRun Run, string Report)> Simulate(string report, params string[] more)
    {
        string[] arguments =
        [
            "simulate", "--workspace", CliRun.Beside("Newcomers"), "--events", CliRun.Beside("Newcomers/events.ndjson"),
            "--until", Until, "--report", _folder[report], .. more,
        ];
        return (await CliRun.Of(arguments), _folder[report]);
    }

    // The order of properties is the writer's; what counts here is what stands where.
    private static void Same(string expected, JsonElement found) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), found), $"Expected {expected}, but found {found.GetRawText()}.");
}
