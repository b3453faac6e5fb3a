using System.CommandLine;

namespace Automation.Server.Cli;

/// <summary>Options that several commands share, so that they read the same everywhere.</summary>
internal static class Options
{
    public const string DefaultUrl = "http://localhost:5080";

    public static Option<string> Data() => new("--data")
    {
        Description = "Directory of the embedded store.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "data",
    };

    public static Option<string?> Postgres() => new("--postgres")
    {
        Description = "Connection string of a PostgreSQL store, instead of --data. A password is better kept in PGPASSWORD or a password file.",
        HelpName = "CONNECTION",
    };

    public static Option<string?> Server() => new("--server") { Description = "Address of a running server, instead of --data.", HelpName = "URL" };

    public static Option<string?> Key() => new("--key") { Description = "Key for --server, with a role that may do this.", HelpName = "KEY" };

    /// <summary>The key for a server, where a command line names one.</summary>
    public static string KeyFor(string? given) => given
        ?? throw new CannotRunException("no_key", "Expected --key beside --server, but there is none.");

    public static Option<string> Workspace() => new("--workspace")
    {
        Description = "Directory with workspace.yaml, journeys, segments and templates.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    public static Option<string?> PlugIns() => new("--plugins")
    {
        Description = "Directory with plug-ins, a folder each.",
        HelpName = "DIR",
    };

    public static Option<string> Urls(string otherwise = DefaultUrl) => new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons.",
        HelpName = "URLS",
        DefaultValueFactory = _ => otherwise,
    };
}
