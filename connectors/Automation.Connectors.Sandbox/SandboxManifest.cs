using System.Reflection;
using System.Text.Json;

namespace Automation.Connectors.Sandbox;

/// <summary>
/// What the sandbox says about itself. The limits on content and per contact are the vendors' own (the strictest of those
/// behind a channel), so that what fits here fits there; batch size and rate are the sandbox's, so that it can be measured with.
/// </summary>
internal static class SandboxManifest
{
    public const string Key = "sandbox";

    private const int BatchSizeMax = 1_000;

    public static ConnectorManifest Value { get; } = new()
    {
        Key = Key,
        Name = new DisplayName("沙箱", "Sandbox"),
        Summary = new DisplayName(
            "把消息放进本地信箱，谁也收不到；可以模拟延迟、失败、未知结果和回执。",
            "Puts messages into a local mailbox and sends them to nobody; can act out latency, failures, unknown outcomes and receipts."),
        Channels =
        [
            new ChannelManifest
            {
                Key = "sms",
                Name = new DisplayName("短信", "SMS"),
                AddressType = "phone",
                MessageSchema = Schema("sms"),
                Limits = new ChannelLimits
                {
                    BatchSizeMax = BatchSizeMax,
                    BodyBytesMax = 8 * 1024,
                    TextCharactersMax = 500, // Signature included.
                    PerContact = [new ContactLimit(50, TimeSpan.FromDays(1))],
                },
            },
            new ChannelManifest
            {
                Key = "wecom",
                Name = new DisplayName("企业微信", "WeCom"),
                AddressType = "external_user_id",
                MessageSchema = Schema("wecom"),
                Limits = new ChannelLimits
                {
                    BatchSizeMax = BatchSizeMax,
                    BodyBytesMax = 32 * 1024,
                    TextBytesMax = 4_000,
                    PerContact = [new ContactLimit(30, TimeSpan.FromDays(30))], // As many as the month has days.
                },
                NeedsConfirmation = true,
            },
            new ChannelManifest
            {
                Key = "mini_program",
                Name = new DisplayName("小程序订阅消息", "Mini-program"),
                AddressType = "open_id",
                MessageSchema = Schema("mini_program"),
                Limits = new ChannelLimits { BatchSizeMax = BatchSizeMax, BodyBytesMax = 8 * 1024 },
            },
            new ChannelManifest
            {
                Key = "official_account",
                Name = new DisplayName("服务号模板消息", "Official account"),
                AddressType = "open_id",
                MessageSchema = Schema("official_account"),
                Limits = new ChannelLimits { BatchSizeMax = BatchSizeMax, BodyBytesMax = 8 * 1024 },
            },
        ],
        ConfigurationSchema = Schema("configuration"),
        Idempotency = Idempotency.ByMessageId,
        CanQueryOutcome = true,
        Receipts = ReceiptDelivery.Push,
    };

    private static JsonElement Schema(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"schema.{name}.json")
            ?? throw new InvalidOperationException($"Expected the schema '{name}' within the assembly, but it is missing.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
