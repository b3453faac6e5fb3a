using System.CommandLine;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit</c>: reads the ledger, also while a server is running on it.</summary>
internal static class AuditCommand
{
    public static Command Create(Terminal terminal) => new("audit", "Reads the ledger: what was decided, and why.")
    {
        QueryCommand.Create(terminal),
        WhyCommand.Create(terminal),
        SummaryCommand.Create(terminal),
        VerifyCommand.Create(terminal),
        ExportCommand.Create(terminal),
        AnchorCommand.Create(terminal),
    };
}
