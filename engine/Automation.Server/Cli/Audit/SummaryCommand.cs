using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Automation.Server.Api;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit summary</c>: how many were held back, not entered, sent and so on, and why.</summary>
internal static class SummaryCommand
{
    public static Command Create(Terminal terminal)
    {
        var where = new AuditOptions();
        var day = new Option<string?>("--day") { Description = "A day such as 2026-03-01, in the workspace's zone. Default: today." };
        var from = new Option<string?>("--from") { Description = "Instead of a day: from this time on, in whole hours." };
        var to = new Option<string?>("--to") { Description = "Before this time." };
        var about = new Option<string>("--about")
        {
            Description = "held_back, not_entered, failed, sent, delivered, entered, ended or all.", HelpName = "WHAT", DefaultValueFactory = _ => "held_back",
        };
        var by = new Option<string>("--by")
        {
            Description = "Some of day, journey, step, channel, account, kind, reason, with commas.", HelpName = "NAMES", DefaultValueFactory = _ => "journey,channel,reason",
        };
        var journey = new Option<string?>("--journey") { Description = "Only this journey." };
        var step = new Option<string?>("--step") { Description = "Only this step." };
        var channel = new Option<string?>("--channel") { Description = "Only this channel." };
        var account = new Option<string?>("--account") { Description = "Only this account." };
        var reason = new Option<string?>("--reason") { Description = "Only this reason." };
        var language = SpokenLanguage.Option();
        var command = new Command("summary", "Counts what was decided, and why.") { day, from, to, about, by, journey, step, channel, account, reason, language };
        where.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var desk = await where.OpenAsync(parsed, cancellation);
            var asked = new SummaryAsked(
                parsed.GetValue(day), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(about), parsed.GetValue(by), parsed.GetValue(journey),
                parsed.GetValue(step), parsed.GetValue(channel), parsed.GetValue(account), null, parsed.GetValue(reason),
                SpokenLanguage.Known(parsed.GetValue(language)!));
            Show(terminal, await desk.SummaryAsync(asked, cancellation));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Show(Terminal terminal, SummaryAnswer answer)
    {
        if (terminal.Json)
        {
            terminal.Document(to => JsonSerializer.Serialize(to, answer, ApiJson.Options));
            return;
        }
        terminal.Say(answer.Text);
        if (answer.Groups.Count == 0)
        {
            return;
        }
        string[] heads = ["COUNT", "DAY", "JOURNEY", "STEP", "CHANNEL", "ACCOUNT", "KIND", "REASON"];
        var cells = answer.Groups.Select(group => new[]
        {
            group.Count.ToString(CultureInfo.InvariantCulture), group.Day ?? "", group.Journey ?? "", group.Step ?? "", group.Channel ?? "",
            group.Account ?? "", group.Kind ?? "", group.Reason ?? "",
        }).ToList();
        var shown = Enumerable.Range(0, heads.Length).Where(i => cells.Exists(row => row[i].Length > 0)).ToList();
        var widths = heads.Select((head, i) => Math.Max(head.Length, cells.Max(row => row[i].Length))).ToArray();
        terminal.Say("");
        foreach (var row in cells.Prepend(heads))
        {
            terminal.Say(string.Join("  ", shown.Select(i => i == 0 ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]))).TrimEnd());
        }
        terminal.Note($"Days are those of {answer.Zone}. audit query with the same filters lists the facts.");
    }
}
