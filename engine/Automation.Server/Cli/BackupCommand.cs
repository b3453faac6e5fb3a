using System.CommandLine;
using System.Globalization;
using Automation.Storage;

namespace Automation.Server.Cli;

/// <summary><c>backup</c>: copies the embedded store, also while a server runs on it.</summary>
internal static class BackupCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = Options.Data();
        var output = new Option<string>("--out") { Description = "Directory that the copy is made in; it must not be there yet.", HelpName = "DIR", Required = true };
        var command = new Command("backup", "Copies the embedded store as it stands now, also while a server runs on it. The copy is a data directory.") { data, output };
        command.SetAction(parsed =>
        {
            var into = parsed.GetRequiredValue(output);
            var bytes = StoreBackup.Make(parsed.GetValue(data)!, into);
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartObject();
                    to.WriteString("data", Path.GetFullPath(into));
                    to.WriteNumber("bytes", bytes);
                    to.WriteEndObject();
                });
                return ExitCodes.Fine;
            }
            terminal.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"Copied {bytes / 1024.0 / 1024.0:0.0} MB into {into}. 'audit verify --rebuild --data {into}' proves it; 'serve --data {into}' goes on from it."));
            return ExitCodes.Fine;
        });
        return command;
    }
}
