using Automation.Connectors.Sms;

namespace Automation.Connectors.Aliyun;

/// <summary>An account's configuration, read and checked. Defaults and ranges are those of the manifest's schema.</summary>
internal sealed record AliyunSmsOptions
{
    public required string AccessKeyId { get; init; }

    public required string AccessKeySecret { get; init; }

    public string? SecurityToken { get; init; }

    public required string Sign { get; init; }

    public SmsTextTemplate? TextTemplate { get; init; }

    public required bool Batches { get; init; }

    public string? CallbackToken { get; init; }

    public string? ExtendCode { get; init; }

    public required OptOutWords OptOut { get; init; }

    public required IReadOnlyDictionary<string, FailureReason> CarrierCodes { get; init; }

    public required SmsPrice Price { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required Uri Endpoint { get; init; }

    public static AliyunSmsOptions Read(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        var options = new AliyunSmsOptions
        {
            AccessKeyId = read.Text("access_key_id") ?? throw read.Missing("access_key_id"),
            AccessKeySecret = account.Secret("access_key_secret"),
            SecurityToken = account.Secrets.GetValueOrDefault("security_token"),
            Sign = read.Text("sign")?.Trim('【', '】') ?? throw read.Missing("sign"),
            TextTemplate = SmsTextTemplate.Read(read),
            Batches = read.Flag("batches", otherwise: true),
            CallbackToken = Callbacks.CallbackToken.Read(account),
            ExtendCode = read.Text("extend_code"),
            OptOut = OptOutWords.Read(read),
            CarrierCodes = Sms.CarrierCodes.Read(read),
            Price = SmsPrice.Read(read),
            Timeout = TimeSpan.FromSeconds(read.Number("timeout_seconds", otherwise: 10, min: 1, max: 120)),
            Endpoint = read.Endpoint("endpoint", "https://dysmsapi.aliyuncs.com/"),
        };
        read.Choice("receipts", "push", "pull", "none");
        read.RefuseOthers();
        return options;
    }
}
