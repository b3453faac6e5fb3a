using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Server.Configuration;

namespace Automation.Server.Cli;

/// <summary><c>lint</c>: everything that is wrong with a workspace, each with its file, line, JSON pointer, code and sentence.</summary>
internal static class LintCommand
{
    public static Command Create(Terminal terminal)
    {
        var workspace = Options.Workspace();
        var strict = new Option<bool>("--strict") { Description = "Warnings count as findings too." };
        var plugIns = Options.PlugIns();
        var command = new Command("lint", "Checks every document of a workspace.") { workspace, strict, plugIns };
        command.SetAction(parsed => Run(terminal, parsed.GetValue(workspace)!, PlugInsOf(parsed.GetValue(plugIns)), parsed.GetValue(strict)));
        return command;
    }

    /// <summary>As the server that will run the workspace is told: by option, environment or file.</summary>
    internal static string? PlugInsOf(string? option) => ServeSettings.PlugIns(
        Settings.Read(null, ServeCommand.Environment(), new Dictionary<Setting, string?> { [Setting.PlugIns] = option }));

    private static int Run(Terminal terminal, string directory, string? plugIns, bool strict)
    {
        var findings = WorkspaceFolder.Load(directory).Lint(KnownChannels.Lint(terminal, plugIns));
        var errors = findings.Count(finding => finding.Severity == Severity.Error);
        var warnings = findings.Length - errors;
        if (terminal.Json)
        {
            terminal.Document(to => Write(to, findings, errors, warnings));
        }
        else
        {
            foreach (var finding in findings)
            {
                terminal.Say(Sentence(finding));
            }
            terminal.Note(findings.IsEmpty ? "No findings." : $"{Counted(errors, "error")}, {Counted(warnings, "warning")}.");
        }
        return errors > 0 || (strict && warnings > 0) ? ExitCodes.Findings : ExitCodes.Fine;
    }

    /// <summary>As compilers write it, so that editors make a link of the file and line.</summary>
    internal static string Sentence(Finding finding)
    {
        var place = finding.Line is { } line ? $"{finding.Document}:{line}" : finding.Document;
        var severity = finding.Severity == Severity.Error ? "error" : "warning";
        return $"{place}: {severity} {finding.Code} at {(finding.Pointer.Length == 0 ? "/" : finding.Pointer)}: {finding.Message}";
    }

    private static void Write(Utf8JsonWriter to, ImmutableArray<Finding> findings, int errors, int warnings)
    {
        to.WriteStartObject();
        to.WriteNumber("errors", errors);
        to.WriteNumber("warnings", warnings);
        to.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            to.WriteStartObject();
            to.WriteString("file", finding.Document);
            if (finding.Line is { } line)
            {
                to.WriteNumber("line", line);
            }
            to.WriteString("pointer", finding.Pointer);
            to.WriteString("severity", finding.Severity == Severity.Error ? "error" : "warning");
            to.WriteString("code", finding.Code);
            to.WriteString("message", finding.Message);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static string Counted(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
