using Automation.Core.Journeys.Linting;
using Automation.Core.Workspaces;
using Automation.Server.Workspaces;

namespace Automation.Server.Cli;

/// <summary>Opens a workspace for a command, or says what is in the way.</summary>
internal static class WorkspaceFolder
{
    public static LoadedWorkspace Load(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new CannotRunException("no_workspace", $"Expected a workspace directory, but there is none at '{directory}'.");
        }
        return WorkspaceFiles.IsWorkspace(directory)
            ? WorkspaceFiles.Load(directory)
            : throw new CannotRunException(
                "no_workspace", $"Expected workspace.yaml or a folder journeys in '{directory}', but there is neither: 'automation init' makes a workspace.");
    }

    /// <summary>The workspace, where lint has no error; otherwise every finding is told, and the command cannot run.</summary>
    /// <param name="plugIns">The directory of plug-ins, whose channels count too; null for none.</param>
    public static Workspace LoadSound(Terminal terminal, string directory, string? plugIns = null)
    {
        var loaded = Load(directory);
        var errors = loaded.Lint(KnownChannels.Lint(terminal, plugIns)).Where(finding => finding.Severity == Severity.Error).ToList();
        if (errors.Count == 0 && loaded.Workspace is { } workspace)
        {
            return workspace;
        }
        foreach (var finding in errors)
        {
            terminal.Note(LintCommand.Sentence(finding));
        }
        throw new CannotRunException(
            "workspace_has_errors", $"Expected a workspace without errors, but 'lint' finds {errors.Count} in '{directory}'.");
    }
}
