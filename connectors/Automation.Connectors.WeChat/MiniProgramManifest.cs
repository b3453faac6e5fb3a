namespace Automation.Connectors.WeChat;

/// <summary>What the connector of mini-programs says about itself.</summary>
internal static class MiniProgramManifest
{
    public const string Subscription = "mini_program";
    public const string Service = "mini_program_service";

    public static ConnectorManifest Value { get; } = new()
    {
        Key = "wechat_mini_program",
        Name = new DisplayName("微信小程序", "WeChat mini-program"),
        Summary = new DisplayName(
            "订阅消息（一次同意一条额度）和客服消息；接收订阅、退订和用户消息。",
            "Subscription messages, one for each consent, and customer-service messages; takes subscriptions, refusals and what people write."),
        Channels =
        [
            new ChannelManifest
            {
                Key = Subscription,
                Name = new DisplayName("小程序订阅消息", "Mini-program subscription"),
                AddressType = "open_id",
                MessageSchema = WeChatSchemas.Read("subscription"),
                Limits = new ChannelLimits { BatchSizeMax = WeChatSending.CallSizeMax, BodyBytesMax = 8 * 1024 },
            },
            new ChannelManifest
            {
                Key = Service,
                Name = new DisplayName("小程序客服消息", "Mini-program customer service"),
                AddressType = "open_id",
                MessageSchema = WeChatSchemas.Read("service"),
                Limits = new ChannelLimits
                {
                    BatchSizeMax = WeChatSending.CallSizeMax,
                    BodyBytesMax = 8 * 1024,
                    TextBytesMax = 2_048,
                    PerContact = [new ContactLimit(5, TimeSpan.FromHours(48))],
                },
            },
        ],
        ConfigurationSchema = WeChatSchemas.Read("mini_program_configuration"),
        Idempotency = Idempotency.None,
        Receipts = ReceiptDelivery.Push,
        HasInbound = true,
    };
}
