using System.Reflection;
using System.Text.Json;

namespace Automation.Connectors.WeCom;

/// <summary>What the connector says about itself. The schemas of its messages are files beside it.</summary>
internal static class WeComManifest
{
    /// <summary>A message to customers, which a member sends: a task that the member confirms.</summary>
    public const string Customer = "wecom";

    /// <summary>A message into groups of customers, which their owner sends: a task that the owner confirms.</summary>
    public const string Group = "wecom_group";

    /// <summary>The greeting of a customer who was just added, within 20 seconds.</summary>
    public const string Welcome = "wecom_welcome";

    /// <summary>A message of an app to a member.</summary>
    public const string App = "wecom_app";

    /// <summary>A message into an internal group, by its robot.</summary>
    public const string Robot = "wecom_robot";

    /// <summary>Type of a member's address: the userid in WeCom.</summary>
    public const string MemberAddress = "wecom_userid";

    public static ConnectorManifest Value { get; } = new()
    {
        Key = "wecom",
        Name = new DisplayName("企业微信", "WeCom"),
        Summary = new DisplayName(
            "通过成员向客户群发（成员确认后发出）、欢迎语、应用消息和群机器人；接收客户和客户群的变更事件。",
            "Messages to customers through members who confirm them, greetings, app messages and group robots; takes events of customers and groups."),
        Channels =
        [
            new ChannelManifest
            {
                Key = Customer,
                Name = new DisplayName("企业微信客户群发", "WeCom customers"),
                AddressType = "external_user_id",
                MessageSchema = Schema("customer"),
                Limits = new ChannelLimits
                {
                    BatchSizeMax = 1_000,
                    BodyBytesMax = 32 * 1024,
                    TextBytesMax = 4_000,
                    PerContact = [new ContactLimit(30, TimeSpan.FromDays(30))], // As many as the month has days.
                },
                NeedsConfirmation = true,
            },
            new ChannelManifest
            {
                Key = Group,
                Name = new DisplayName("企业微信客户群群发", "WeCom customer groups"),
                MessageSchema = Schema("group"),
                Limits = new ChannelLimits { BatchSizeMax = 1, BodyBytesMax = 64 * 1024, TextBytesMax = 4_000 },
                NeedsConfirmation = true,
            },
            new ChannelManifest
            {
                Key = Welcome,
                Name = new DisplayName("企业微信欢迎语", "WeCom greeting"),
                AddressType = "external_user_id",
                MessageSchema = Schema("welcome"),
                Limits = new ChannelLimits { BatchSizeMax = 1, BodyBytesMax = 32 * 1024, TextBytesMax = 4_000 },
            },
            new ChannelManifest
            {
                Key = App,
                Name = new DisplayName("企业微信应用消息", "WeCom app message"),
                AddressType = MemberAddress,
                MessageSchema = Schema("app"),
                Limits = new ChannelLimits
                {
                    BatchSizeMax = 1_000,
                    BodyBytesMax = 32 * 1024,
                    TextBytesMax = 2_048,
                    PerContact = [new ContactLimit(30, TimeSpan.FromMinutes(1)), new ContactLimit(1_000, TimeSpan.FromHours(1))],
                },
            },
            new ChannelManifest
            {
                Key = Robot,
                Name = new DisplayName("企业微信群机器人", "WeCom group robot"),
                MessageSchema = Schema("robot"),
                Limits = new ChannelLimits { MessagesPerSecond = 20 / 60.0, BatchSizeMax = 1, BodyBytesMax = 32 * 1024, TextBytesMax = 2_048 },
            },
        ],
        ConfigurationSchema = Schema("configuration"),
        Idempotency = Idempotency.None,
        Receipts = ReceiptDelivery.Pull,
        HasInbound = true,
    };

    private static JsonElement Schema(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"schema.{name}.json")
            ?? throw new InvalidOperationException($"Expected the schema '{name}' within the assembly, but it is missing.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
