using Automation.Connectors.Sms;

namespace Automation.Connectors.TencentSms;

/// <summary>An account's configuration, read and checked. Defaults and ranges are those of the manifest's schema.</summary>
internal sealed record TencentSmsOptions
{
    public required string SecretId { get; init; }

    public required string SecretKey { get; init; }

    public string? SessionToken { get; init; }

    public required string SdkAppId { get; init; }

    public required string Sign { get; init; }

    public required string Region { get; init; }

    public SmsTextTemplate? TextTemplate { get; init; }

    public string? CallbackToken { get; init; }

    public string? ExtendCode { get; init; }

    public required OptOutWords OptOut { get; init; }

    public required IReadOnlyDictionary<string, FailureReason> CarrierCodes { get; init; }

    public required SmsPrice Price { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required Uri Endpoint { get; init; }

    public static TencentSmsOptions Read(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        var options = new TencentSmsOptions
        {
            SecretId = read.Text("secret_id") ?? throw read.Missing("secret_id"),
            SecretKey = account.Secret("secret_key"),
            SessionToken = account.Secrets.GetValueOrDefault("session_token"),
            SdkAppId = read.Text("sdk_app_id") ?? throw read.Missing("sdk_app_id"),
            Sign = read.Text("sign")?.Trim('【', '】') ?? throw read.Missing("sign"),
            Region = read.Text("region") ?? "ap-guangzhou",
            TextTemplate = SmsTextTemplate.Read(read),
            CallbackToken = Callbacks.CallbackToken.Read(account),
            ExtendCode = read.Text("extend_code"),
            OptOut = OptOutWords.Read(read),
            CarrierCodes = Sms.CarrierCodes.Read(read),
            Price = SmsPrice.Read(read),
            Timeout = TimeSpan.FromSeconds(read.Number("timeout_seconds", otherwise: 10, min: 1, max: 120)),
            Endpoint = read.Endpoint("endpoint", "https://sms.tencentcloudapi.com/"),
        };
        read.Choice("receipts", "push", "pull", "none");
        read.RefuseOthers();
        return options;
    }
}
