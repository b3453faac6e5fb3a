using Automation.Connectors.Callbacks;

namespace Automation.Connectors.WeCom;

/// <summary>An account's configuration, read and checked. Which secrets it has decides which channels it can use.</summary>
internal sealed record WeComOptions
{
    public required string CorpId { get; init; }

    public string? ContactSecret { get; init; }

    public int? AgentId { get; init; }

    public string? AppSecret { get; init; }

    public string? RobotKey { get; init; }

    public required EnvelopeOptions Envelope { get; init; }

    public string? Sender { get; init; }

    /// <summary>Zero: never.</summary>
    public required TimeSpan RemindAfter { get; init; }

    public required TimeSpan ExpireAfter { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required Uri Endpoint { get; init; }

    public static WeComOptions Read(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        var corpId = read.Text("corp_id") ?? throw read.Missing("corp_id");
        var options = new WeComOptions
        {
            CorpId = corpId,
            ContactSecret = Secret(account, "contact_secret"),
            AgentId = read.Has("agent_id") ? read.Whole("agent_id", otherwise: 0, min: 1, max: int.MaxValue) : null,
            AppSecret = Secret(account, "app_secret"),
            RobotKey = Secret(account, "robot_key"),
            Envelope = EnvelopeOptions.Read(account, read, corpId),
            Sender = read.Text("sender"),
            RemindAfter = TimeSpan.FromHours(read.Number("remind_after_hours", otherwise: 4, min: 0, max: 72)),
            ExpireAfter = TimeSpan.FromHours(read.Number("expire_after_hours", otherwise: 45, min: 0.1, max: 72)),
            Timeout = TimeSpan.FromSeconds(read.Number("timeout_seconds", otherwise: 10, min: 1, max: 120)),
            Endpoint = read.Endpoint("endpoint", "https://qyapi.weixin.qq.com/"),
        };
        read.Number(ConnectorAccount.SyncProperty, otherwise: 24, min: 0, max: 720);
        read.RefuseOthers();
        return options.AppSecret is not null && options.AgentId is null ? throw read.Missing("agent_id") : options;
    }

    private static string? Secret(ConnectorAccount account, string name) =>
        account.Secrets.TryGetValue(name, out var secret) && secret.Length > 0 ? secret : null;
}
