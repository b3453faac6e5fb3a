using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Core.Journeys.Linting;
using Automation.Core.Workspaces;
using Automation.Runtime.Simulation;
using Automation.Server.Telling;
using Automation.Server.Simulating;
using NodaTime;
using Command = System.CommandLine.Command;

namespace Automation.Server.Cli;

/// <summary><c>simulate</c>: runs a workspace's journeys over recorded events with the real core, a virtual clock and no vendor.</summary>
internal static class SimulateCommand
{
    private const string Standard = "-";

    /// <summary>Lines that are named one by one; the report counts the others too.</summary>
    private const int RejectedShownMax = 100;

    public static Command Create(Terminal terminal)
    {
        var workspace = Options.Workspace();
        var events = new Option<string>("--events") { Description = "Recorded events, one JSON object a line; - for the input.", HelpName = "FILE.ndjson", Required = true };
        var until = new Option<string?>("--until") { Description = "Where the simulated time ends; the last event's time when left out.", HelpName = "TIME" };
        var report = new Option<string>("--report") { Description = "File for the report; - for the output.", HelpName = "FILE.json", Required = true };
        var facts = new Option<string?>("--facts") { Description = "File for every fact, one a line.", HelpName = "FILE.ndjson" };
        var plugIns = Options.PlugIns();
        var command = new Command("simulate", "Tries journeys on recorded events, sending nothing.") { workspace, events, until, report, facts, plugIns };
        command.SetAction(parsed => Run(
            terminal, WorkspaceFolder.LoadSound(terminal, parsed.GetValue(workspace)!, LintCommand.PlugInsOf(parsed.GetValue(plugIns))), parsed.GetRequiredValue(events), parsed.GetValue(until), parsed.GetRequiredValue(report),
            parsed.GetValue(facts)));
        return command;
    }

    private static int Run(Terminal terminal, Workspace workspace, string events, string? until, string reportPath, string? factsPath)
    {
        Instant? end = until is null ? null : LocalTimes.Of(workspace.Settings.TimeZone).Read("--until", until);
        var clock = Stopwatch.StartNew();
        var lines = new EventLines();
        var seen = new SeenNames();
        SimulationReport report;
        using (var input = Open(events))
        using (var factsFile = factsPath is null ? null : File.Create(factsPath))
        using (var facts = factsFile is null ? null : new FactLines(factsFile))
        {
            report = Simulator.Run(
                workspace,
                lines.Read(input, Path.GetFileName(events)).Select(happened =>
                {
                    seen.Add(happened);
                    return happened;
                }),
                end,
                facts: fact =>
                {
                    if (fact.Fact is StepFact.ContactUpdated updated)
                    {
                        seen.Add(updated.Set.Keys);
                    }
                    facts?.Write(fact);
                });
        }
        var unseen = Lint.Check(workspace, LintContext.DocumentsOnly with { Seen = seen }).Where(finding => finding.Code == LintCodes.UnseenName.Code).ToList();
        report.Total += lines.Rejected.Count;
        report.Rejected += lines.Rejected.Count;
        Write(terminal, reportPath, report);
        Tell(terminal, reportPath, report, lines, unseen, events, clock.Elapsed);
        return lines.Rejected.Count > 0 ? ExitCodes.Findings : ExitCodes.Fine;
    }

    private static Stream Open(string path)
    {
        if (path == Standard)
        {
            return Console.OpenStandardInput();
        }
        return File.Exists(path)
            ? File.OpenRead(path)
            : throw new CannotRunException("no_events", $"Expected a file of events, but there is none at '{path}'.");
    }

    private static void Write(Terminal terminal, string path, SimulationReport report)
    {
        var bytes = ReportJson.Write(report);
        if (path == Standard)
        {
            terminal.Output.Write(Encoding.UTF8.GetString(bytes));
            return;
        }
        File.WriteAllBytes(path, bytes);
    }

    private static void Tell(
        Terminal terminal, string reportPath, SimulationReport report, EventLines lines, List<Finding> unseen, string events, TimeSpan took)
    {
        if (terminal.Json)
        {
            if (reportPath != Standard)
            {
                terminal.Document(to => Write(to, reportPath, report, lines, unseen));
            }
            return;
        }
        foreach (var rejected in lines.Rejected.Take(RejectedShownMax))
        {
            terminal.Note(string.Create(
                CultureInfo.InvariantCulture, $"{events}:{rejected.Line}: {rejected.Problem.Code} at {Pointer(rejected)}: {rejected.Problem.Message}"));
        }
        if (lines.Rejected.Count > RejectedShownMax)
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"… and {lines.Rejected.Count - RejectedShownMax} more lines like these."));
        }
        unseen.ForEach(finding => terminal.Note(LintCommand.Sentence(finding)));
        foreach (var (key, journey) in report.Journeys)
        {
            terminal.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{key}: {journey.Enrolled} enrolled, {journey.Completed} completed, {journey.Exited} exited, {journey.Active} active, {journey.Converted} reached the goal; {journey.NotEnrolled.Values.Sum()} times not enrolled"));
        }
        foreach (var (key, channel) in report.Channels)
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{key}: {channel.Sent} sent, {channel.Suppressed.Values.Sum()} held back"));
        }
        terminal.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Total} events ({report.Duplicates} duplicates, {report.Rejected} rejected), {report.Contacts} contacts, {report.Facts} facts in {took.TotalSeconds:0.0} s."));
    }

    private static string Pointer(RejectedLine rejected) => rejected.Problem.Pointer.Length == 0 ? "/" : rejected.Problem.Pointer;

    private static void Write(Utf8JsonWriter to, string reportPath, SimulationReport report, EventLines lines, List<Finding> unseen)
    {
        to.WriteStartObject();
        to.WriteString("report", reportPath);
        to.WriteNumber("events", report.Total);
        to.WriteNumber("duplicates", report.Duplicates);
        to.WriteNumber("rejected", report.Rejected);
        to.WriteNumber("contacts", report.Contacts);
        to.WriteNumber("facts", report.Facts);
        to.WriteStartArray("rejected_lines");
        foreach (var rejected in lines.Rejected.Take(RejectedShownMax))
        {
            to.WriteStartObject();
            to.WriteNumber("line", rejected.Line);
            to.WriteString("code", rejected.Problem.Code);
            to.WriteString("pointer", rejected.Problem.Pointer);
            to.WriteString("message", rejected.Problem.Message);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteStartArray("unseen_names");
        foreach (var finding in unseen)
        {
            to.WriteStringValue(LintCommand.Sentence(finding));
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }
}
