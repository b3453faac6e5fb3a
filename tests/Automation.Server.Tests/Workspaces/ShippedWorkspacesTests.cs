using Automation.Core.Journeys.Linting;
using Automation.Server.Workspaces;
using Xunit;

namespace Automation.Server.Tests.Workspaces;

public sealed class ShippedWorkspacesTests
{
    [Theory]
    [InlineData("engine/Automation.Server/Cli/Starter")]
    [InlineData("engine/Automation.Server/Cli/StarterZh")]
    [InlineData("engine/Automation.Server/Demo/Workspace")]
    public void A_shipped_workspace_has_no_finding(string directory) =>
        Assert.Empty(WorkspaceFiles.Load(Path.Combine(Root(), directory)).Lint(LintContext.DocumentsOnly));

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Automation.sln")))
        {
            directory = directory.Parent!;
        }
        return directory.FullName;
    }
}
