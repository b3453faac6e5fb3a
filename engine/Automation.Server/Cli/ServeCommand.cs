using System.Collections;
using System.CommandLine;
using Automation.Server.Configuration;
using Automation.Server.Hosting;
using Automation.Server.PlugIns;

namespace Automation.Server.Cli;

/// <summary><c>serve</c>: the server, until it is interrupted; everything in one process, or one of several by its role.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = new Option<string?>("--config")
        {
            Description = $"File with settings, YAML or JSON. Default: {Settings.FileName} of the current directory, if it is there.",
            HelpName = "FILE",
        };
        var role = new Option<string?>("--role")
        {
            Description = "What this process does: all, or api, worker, dispatcher joined by commas. Needs PostgreSQL and RabbitMQ.",
            HelpName = "ROLES",
        };
        var data = new Option<string?>("--data") { Description = "Directory of the embedded store. Default: data.", HelpName = "DIR" };
        var urls = new Option<string?>("--urls")
        {
            Description = $"Addresses to listen on, separated by semicolons. Default: {Options.DefaultUrl}.",
            HelpName = "URLS",
        };
        var workspace = new Option<string?>("--workspace")
        {
            Description = "Directory with journeys, segments and templates to publish at start.",
            HelpName = "DIR",
        };
        var plugIns = Options.PlugIns();
        var command = new Command("serve", "Runs the server on the embedded store, or as one process of several.") { config, role, data, urls, workspace, plugIns };
        command.SetAction(async (parsed, cancellation) =>
        {
            terminal.StopsInOrder = true;
            var settings = Settings.Read(parsed.GetValue(config), Environment(), new Dictionary<Setting, string?>
            {
                [Setting.Role] = parsed.GetValue(role),
                [Setting.Data] = parsed.GetValue(data),
                [Setting.Urls] = parsed.GetValue(urls),
                [Setting.Workspace] = parsed.GetValue(workspace),
                [Setting.PlugIns] = parsed.GetValue(plugIns),
            });
            var cluster = ServeSettings.Cluster(settings);
            // Keys are for whoever speaks HTTP to it; another role's log is no place for them.
            var printsKeys = cluster is null || cluster.Roles.HasFlag(NodeRoles.Api);
            var options = ServeSettings.Server(settings, printsKeys ? terminal.Error : null);
            Listening.Check(options.Urls);
            Listening.CheckFree(options.Urls);
            if (options.Workspace is not null)
            {
                WorkspaceFolder.LoadSound(terminal, options.Workspace, options.PlugIns ?? Path.Combine(options.Data, PlugInFolder.Name));
            }
            await using var app = cluster is null ? ServerHost.Build(options) : await ServerHost.BuildAsync(options, cluster, cancellation);
            await Listening.StartAsync(app, options.Urls, cancellation);
            Tell(terminal, app, options, cluster);
            await Listening.UntilStoppedAsync(app, cancellation);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Tell(Terminal terminal, WebApplication app, ServerOptions options, ClusterOptions? cluster)
    {
        if (terminal.Json)
        {
            terminal.Line(to =>
            {
                to.WriteStartObject();
                to.WriteString("listening", string.Join(';', app.Urls));
                to.WriteString("data", Path.GetFullPath(options.Data));
                if (cluster is not null)
                {
                    to.WriteString("role", cluster.RoleNames);
                    to.WriteString("node", cluster.Node);
                }
                to.WriteEndObject();
            });
        }
        terminal.Note(cluster is null
            ? $"Listening on {string.Join(", ", app.Urls)}, store in {options.Data}. Ctrl+C stops it."
            : $"Listening on {string.Join(", ", app.Urls)} as {cluster.RoleNames}, node {cluster.Node}. Ctrl+C stops it.");
    }

    internal static IReadOnlyDictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(one => one.Key is string name && name.StartsWith(Setting.Prefix, StringComparison.Ordinal))
        .ToDictionary(one => (string)one.Key, one => (string)one.Value!, StringComparer.Ordinal);
}
