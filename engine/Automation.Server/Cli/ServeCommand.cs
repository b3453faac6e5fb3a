using System.CommandLine;
using Automation.Server.Hosting;

namespace Automation.Server.Cli;

/// <summary><c>serve</c>: the server, until it is interrupted.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = Options.Data();
        var urls = Options.Urls();
        var workspace = new Option<string?>("--workspace")
        {
            Description = "Directory with journeys, segments and templates to publish at start.",
            HelpName = "DIR",
        };
        var command = new Command("serve", "Runs the server on the embedded store.") { data, urls, workspace };
        command.SetAction(async (parsed, cancellation) =>
        {
            terminal.StopsInOrder = true;
            var folder = parsed.GetValue(workspace);
            if (folder is not null)
            {
                WorkspaceFolder.LoadSound(terminal, folder);
            }
            var options = new ServerOptions
            {
                Data = parsed.GetValue(data)!,
                Urls = parsed.GetValue(urls)!,
                Workspace = folder,
                LogLevel = LogLevel.Warning,
                FirstKeys = terminal.Error,
            };
            await using var app = ServerHost.Build(options);
            await Listening.StartAsync(app, options.Urls, cancellation);
            if (terminal.Json)
            {
                terminal.Line(to =>
                {
                    to.WriteStartObject();
                    to.WriteString("listening", string.Join(';', app.Urls));
                    to.WriteString("data", Path.GetFullPath(options.Data));
                    to.WriteEndObject();
                });
            }
            terminal.Note($"Listening on {string.Join(", ", app.Urls)}, store in {options.Data}. Ctrl+C stops it.");
            await Listening.UntilStoppedAsync(app, cancellation);
            return ExitCodes.Fine;
        });
        return command;
    }
}
