namespace Automation.Server.Configuration;

/// <summary>One thing that can be set: by its key in the file, by <c>AUTOMATION_KEY</c> in the environment, and some by an option.</summary>
/// <param name="Key">As it stands in the file.</param>
/// <param name="Meaning">For whoever reads the list.</param>
/// <param name="IsSecret">Its value never stands in a message.</param>
internal sealed record Setting(string Key, string Meaning, bool IsSecret = false)
{
    public const string Prefix = "AUTOMATION_";

    public string Variable => Prefix + Key.ToUpperInvariant();

    public static readonly Setting Role = new("role", "what this process does: all, or api, worker, dispatcher joined by commas");
    public static readonly Setting Data = new("data", "directory of the embedded store, and of what a process keeps for itself");
    public static readonly Setting Urls = new("urls", "addresses to listen on, separated by semicolons");
    public static readonly Setting Workspace = new("workspace", "directory with journeys, segments and templates to publish at start");
    public static readonly Setting PlugIns = new("plugins", "directory with plug-ins, a folder each; plugins within the data directory when not set");
    public static readonly Setting Proxies = new("proxies", "addresses of proxies before this server, joined by commas, whose word on who asks and over which scheme is believed");
    public static readonly Setting LogLevel = new("log_level", "least level that is written: debug, information, warning, error");
    public static readonly Setting LogFormat = new("log_format", "how a line of the log looks: text for people, json for a collector");
    public static readonly Setting BacklogMax = new("backlog_max", "events that may wait before the tracking API answers 429");
    public static readonly Setting Postgres = new("postgres", "connection string of the PostgreSQL store; without it the store is embedded", IsSecret: true);
    public static readonly Setting Partitions = new("partitions", "number of partitions, 1 to 256; fixed when the store is made");
    public static readonly Setting RabbitMq = new("rabbitmq", "address of the broker, amqp://user:password@host:5672/", IsSecret: true);
    public static readonly Setting Redis = new("redis", "host:port of Redis; without it limits and counters are each process's own", IsSecret: true);
    public static readonly Setting Names = new("prefix", "first word of the names of queues and Redis keys");
    public static readonly Setting Node = new("node", "name of this process, unique for each start; made up when not set");
    public static readonly Setting SecretKey = new("secret_key", "32 bytes in base64 that hide accounts' secrets, the same for every process", IsSecret: true);
    public static readonly Setting PersonalKeys = new("personal_keys", "file with the ring of keys that hides personal data, the same for every process; out of secret_key when not set");
    public static readonly Setting ShutdownSeconds = new("shutdown_seconds", "how long a stopping process waits for what is under way");
    public static readonly Setting KeepEventsDays = new("keep_events_days", "days that events are kept; for ever when not set");
    public static readonly Setting KeepFactsDays = new("keep_facts_days", "days that facts are kept; for ever when not set");
    public static readonly Setting KeepNonMatchesDays = new("keep_non_matches_days", "days that facts of rules that did not match are kept; as long as facts when not set");
    public static readonly Setting LedgerPeriods = new("ledger_period", "how long a stretch of time each table of events and facts in PostgreSQL holds: day, week or month");
    public static readonly Setting Anchors = new("anchors", "folder that gets a signed anchor of the ledger for every day that is over; none is written when not set");

    public static IReadOnlyList<Setting> All { get; } =
    [
        Role, Data, Urls, Workspace, PlugIns, Proxies, LogLevel, LogFormat, BacklogMax, Postgres, Partitions, RabbitMq, Redis, Names, Node, SecretKey, PersonalKeys, ShutdownSeconds,
        KeepEventsDays, KeepFactsDays, KeepNonMatchesDays, LedgerPeriods, Anchors,
    ];
}
