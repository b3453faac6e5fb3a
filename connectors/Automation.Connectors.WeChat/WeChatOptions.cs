using Automation.Connectors.Callbacks;

namespace Automation.Connectors.WeChat;

/// <summary>What mini-programs and official accounts have in common in their configuration, read and checked.</summary>
internal sealed record WeChatOptions
{
    public required string AppId { get; init; }

    public required string AppSecret { get; init; }

    public required EnvelopeOptions Envelope { get; init; }

    /// <summary>Where a plain text goes: template and field. Null when the account has no such template.</summary>
    public (string TemplateId, string Field)? TextTemplate { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int Concurrency { get; init; }

    public required Uri Endpoint { get; init; }

    /// <summary>Whether receipts come by callback; else accepted is the last word.</summary>
    public required bool HasReceipts { get; init; }

    /// <summary>Names of the credits by template id; of a mini-program.</summary>
    public IReadOnlyDictionary<string, string> Quotas { get; init; } = new Dictionary<string, string>();

    public string State { get; init; } = "formal";

    public string Language { get; init; } = "zh_CN";

    /// <summary>Whether an official account's messages carry our id.</summary>
    public bool TellsMessageId { get; init; }

    public string Address => $"open_id:{AppId}";

    /// <summary>What journeys call the credits of a template.</summary>
    public string Quota(string templateId) => Quotas.GetValueOrDefault(templateId, templateId);

    public static WeChatOptions ReadMiniProgram(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        var options = Read(account, read) with
        {
            Quotas = ReadQuotas(read),
            State = read.Choice("state", "formal", "trial", "developer"),
            Language = read.Choice("language", "zh_CN", "en_US", "zh_HK", "zh_TW"),
        };
        read.RefuseOthers();
        return options;
    }

    public static WeChatOptions ReadOfficialAccount(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        var options = Read(account, read) with { TellsMessageId = read.Flag("client_msg_id", otherwise: true) };
        read.RefuseOthers();
        return options;
    }

    private static WeChatOptions Read(ConnectorAccount account, ConfigurationReader read)
    {
        var appId = read.Text("app_id") ?? throw read.Missing("app_id");
        return new WeChatOptions
        {
            AppId = appId,
            AppSecret = account.Secret("app_secret"),
            Envelope = EnvelopeOptions.Read(account, read, appId),
            TextTemplate = ReadTextTemplate(read),
            HasReceipts = read.Choice("receipts", "push", "none") == "push",
            Timeout = TimeSpan.FromSeconds(read.Number("timeout_seconds", otherwise: 10, min: 1, max: 120)),
            Concurrency = read.Whole("concurrency", otherwise: 16, min: 1, max: 64),
            Endpoint = read.Endpoint("endpoint", "https://api.weixin.qq.com/"),
        };
    }

    private static (string, string)? ReadTextTemplate(ConfigurationReader read)
    {
        if (read.Inner("text_template") is not { } inner)
        {
            return null;
        }

        var template = (inner.Text("template_id") ?? throw inner.Missing("template_id"), inner.Text("field") ?? throw inner.Missing("field"));
        inner.RefuseOthers();
        return template;
    }

    private static Dictionary<string, string> ReadQuotas(ConfigurationReader read)
    {
        var quotas = new Dictionary<string, string>(StringComparer.Ordinal);
        if (read.Inner("quotas") is { } inner)
        {
            foreach (var template in inner.Names())
            {
                quotas[template] = inner.Text(template) ?? template;
            }
        }

        return quotas;
    }
}
