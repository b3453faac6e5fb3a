namespace Automation.Connectors.WeChat.Official;

/// <summary>What the connector of official accounts says about itself.</summary>
internal static class OfficialAccountManifest
{
    public const string Channel = "official_account";

    public static ConnectorManifest Value { get; } = new()
    {
        Key = "wechat_official_account",
        Name = new DisplayName("微信服务号", "WeChat official account"),
        Summary = new DisplayName(
            "向关注者发送模板消息；接收送达结果、关注、取消关注和用户消息。",
            "Template messages to followers; takes receipts, follows, unfollows and what people write."),
        Channels =
        [
            new ChannelManifest
            {
                Key = Channel,
                Name = new DisplayName("服务号模板消息", "Official account template"),
                AddressType = "open_id",
                MessageSchema = WeChatSchemas.Read("official_account"),
                Limits = new ChannelLimits { BatchSizeMax = WeChatSending.CallSizeMax, BodyBytesMax = 8 * 1024 },
            },
        ],
        ConfigurationSchema = WeChatSchemas.Read("official_account_configuration"),
        Idempotency = Idempotency.None,
        Receipts = ReceiptDelivery.Push,
        HasInbound = true,
    };
}
