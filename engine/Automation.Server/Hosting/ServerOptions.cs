using System.ComponentModel.DataAnnotations;
using System.Net;
using Automation.Connectors;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>Everything that can be set about a server; the command line fills it in.</summary>
public sealed class ServerOptions
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Directory of the embedded store; made when it is not there.</summary>
    [Required]
    public required string Data { get; init; }

    /// <summary>
    /// Addresses to listen on, separated by semicolons. Default: this machine only, so that a first try on a laptop in a café
    /// shows nobody anything.
    /// </summary>
    [Required]
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>
    /// A workspace directory that is published at start: settings, segments, templates, and every journey that differs from its
    /// published version. Null: only what the store holds.
    /// </summary>
    public string? Workspace { get; init; }

    /// <summary>A directory with plug-ins, a folder each. Null: <c>plugins</c> within <see cref="Data"/>.</summary>
    public string? PlugIns { get; init; }

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];

    /// <summary>Least level that is written to the console. Default: information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How a line of it looks. Default: text.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>
    /// Where the keys and the set-up link of a first start are printed, once; null to print none. A line a key, as <c>admin key: am_admin_…</c>.
    /// </summary>
    public TextWriter? FirstKeys { get; init; }

    /// <summary>Stimuli that may wait for the loop; above it the tracking API answers 429. Default 20,000.</summary>
    [Range(1, 10_000_000)]
    public int BacklogMax { get; init; } = 20_000;

    /// <summary>Connectors beside those that are built in.</summary>
    public IReadOnlyList<IConnectorFactory> Connectors { get; init; } = [];

    /// <summary>What time it is; another than the system's is for demonstrations and tests.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>
    /// The time that sessions, links and locks run by: always the wall's, also where the engine lives through another one.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A folder that gets a signed anchor of the ledger for every day that is over. Null: nobody writes any by itself.</summary>
    public string? Anchors { get; init; }

    /// <summary>For how long the ledger is kept.</summary>
    internal LedgerKeep Keep { get; init; } = new(null, null, null);

    /// <summary>How long a stopping server waits for what is under way. Default 30 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
