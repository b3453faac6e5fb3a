using System.Net;
using Automation.Bus.Rabbit;
using Automation.Server.Cli;
using Automation.Server.Hosting;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;

namespace Automation.Server.Configuration;

/// <summary>From settings to what a server is built with; everything is checked before anything is opened.</summary>
internal static class ServeSettings
{
    public static ServerOptions Server(Settings settings, TextWriter? firstKeys) => new()
    {
        Data = settings.Text(Setting.Data) ?? "data",
        Urls = settings.Text(Setting.Urls) ?? ServerOptions.DefaultUrls,
        Workspace = settings.Text(Setting.Workspace),
        PlugIns = PlugIns(settings),
        Proxies = Proxies(settings),
        LogLevel = settings.Value(
            Setting.LogLevel, LogLevel.Warning,
            text => Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && !char.IsDigit(text[0]) ? level : null,
            "debug, information, warning or error"),
        LogFormat = settings.Value(Setting.LogFormat, LogFormat.Text, Format, "text or json"),
        BacklogMax = settings.Number(Setting.BacklogMax, settings.Text(Setting.Postgres) is null ? 20_000 : 200_000, 1, 100_000_000),
        ShutdownTimeout = TimeSpan.FromSeconds(settings.Number(Setting.ShutdownSeconds, 30, 1, 3_600)),
        FirstKeys = firstKeys,
        Keep = new LedgerKeep(Days(settings, Setting.KeepEventsDays), Days(settings, Setting.KeepFactsDays), Days(settings, Setting.KeepNonMatchesDays)),
        Anchors = settings.Text(Setting.Anchors),
    };

    /// <summary>Where plug-ins lie; null for the data directory's own folder.</summary>
    /// <exception cref="CannotRunException">A directory is named that is not there: its connectors would be missing in silence.</exception>
    public static string? PlugIns(Settings settings) => settings.Text(Setting.PlugIns) is not { } directory || Directory.Exists(directory)
        ? settings.Text(Setting.PlugIns)
        : throw settings.Wrong(Setting.PlugIns, "a directory that there is");

    /// <summary>The PostgreSQL store for commands beside the servers; null for the embedded one.</summary>
    public static PostgresOptions? Store(Settings settings) => settings.Text(Setting.Postgres) is { } text
        ? new PostgresOptions { ConnectionString = Connection(settings, text), Partitions = settings.Number(Setting.Partitions, 8, 1, 256) }
        : null;

    /// <returns>Null for everything in one process.</returns>
    public static ClusterOptions? Cluster(Settings settings)
    {
        var roles = settings.Value(Setting.Role, NodeRoles.All, Roles, "all, or api, worker, dispatcher joined by commas");
        if (settings.Text(Setting.Postgres) is not { } postgres)
        {
            if (settings.Text(Setting.LedgerPeriods) is not null)
            {
                throw new CannotRunException(
                    "missing_setting", $"Expected '{Setting.Postgres.Key}' beside '{Setting.LedgerPeriods.Key}', but it is not set: the embedded store has no periods.");
            }
            return roles == NodeRoles.All
                ? null
                : throw new CannotRunException(
                    "missing_setting", $"Expected '{Setting.Postgres.Key}' beside '{Setting.Role.Key}', but it is not set: the embedded store serves one process alone.");
        }
        postgres = Connection(settings, postgres);
        var rabbit = settings.Needed(Setting.RabbitMq, Setting.Postgres);
        foreach (var address in rabbit.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            {
                throw settings.Wrong(Setting.RabbitMq, "an address such as amqp://user:password@host:5672/");
            }
        }
        var made = new ClusterOptions
        {
            Roles = roles,
            Postgres = postgres,
            Rabbit = new RabbitOptions { Uri = rabbit, Prefix = settings.Text(Setting.Names) ?? "automation" },
            Redis = settings.Text(Setting.Redis),
            Partitions = settings.Number(Setting.Partitions, 8, 1, 256),
            SecretKey = settings.Text(Setting.SecretKey) is { } key ? Key(settings, key) : null,
            PersonalKeys = Ring(settings),
            Period = settings.Value(Setting.LedgerPeriods, LedgerPeriod.Month, Period, "day, week or month"),
        };
        return settings.Text(Setting.Node) is { } node ? made with { Node = node } : made;
    }

    private static IReadOnlyList<IPAddress> Proxies(Settings settings) => settings.Text(Setting.Proxies) is not { } text
        ? []
        : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(one => IPAddress.TryParse(one, out var address) ? address : throw settings.Wrong(Setting.Proxies, "IP addresses joined by commas"))];

    private static NodeRoles? Roles(string text)
    {
        var roles = NodeRoles.None;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            NodeRoles? role = word switch
            {
                "all" => NodeRoles.All,
                "api" => NodeRoles.Api,
                "worker" => NodeRoles.Worker,
                "dispatcher" => NodeRoles.Dispatcher,
                _ => null,
            };
            if (role is null)
            {
                return null;
            }
            roles |= role.Value;
        }
        return roles;
    }

    private static LogFormat? Format(string text) => text switch
    {
        "text" => LogFormat.Text,
        "json" => LogFormat.Json,
        _ => null,
    };

    private static int? Days(Settings settings, Setting setting) => settings.Text(setting) is null ? null : settings.Number(setting, 0, 1, 36_500);

    private static LedgerPeriod? Period(string text) => text switch
    {
        "day" => LedgerPeriod.Day,
        "week" => LedgerPeriod.Week,
        "month" => LedgerPeriod.Month,
        _ => null,
    };

    private static string Connection(Settings settings, string text)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(text).ToString();
        }
        catch (ArgumentException)
        {
            throw settings.Wrong(Setting.Postgres, "a connection string such as Host=…;Database=…;Username=…;Password=…");
        }
    }

    // A file of its own can be turned; a ring out of the secret cannot, and is there without anything to set up.
    private static PersonalKeyRing? Ring(Settings settings) => settings.Text(Setting.PersonalKeys) is { } path ? KeyRingFile.Read(path)
        : settings.Text(Setting.SecretKey) is { } key ? PersonalKeyRing.Of(Key(settings, key)) : null;

    private static byte[] Key(Settings settings, string text)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(text, key, out var length) && length == key.Length
            ? key
            : throw settings.Wrong(Setting.SecretKey, "32 bytes in base64");
    }
}
