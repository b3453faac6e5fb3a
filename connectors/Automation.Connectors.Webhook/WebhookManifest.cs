using System.Text.Json;

namespace Automation.Connectors.Webhook;

/// <summary>What the webhook connector says about itself.</summary>
internal static class WebhookManifest
{
    public const string Key = "webhook";

    public static ConnectorManifest Value { get; } = new()
    {
        Key = Key,
        Name = new DisplayName("Webhook", "Webhook"),
        Summary = new DisplayName(
            "把每条消息以带签名的 HTTP POST 发到你自己的服务，也可以调用服务并使用它的应答。",
            "Posts each message, signed, to a service of yours; can also call a service and use its answer."),
        Channels =
        [
            new ChannelManifest
            {
                Key = "webhook",
                Name = new DisplayName("Webhook", "Webhook"),
                MessageSchema = JsonElement.Parse("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "description": "作为请求的 content 属性发送，字段不限。 / Sent as the property content of the request; any fields are allowed.",
                      "properties": { "text": { "type": "string", "title": "文本 / Text" } }
                    }
                    """),
                Limits = new ChannelLimits { BatchSizeMax = 100, BodyBytesMax = 256 * 1024 },
            },
        ],
        ConfigurationSchema = JsonElement.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "additionalProperties": false,
              "required": ["url"],
              "properties": {
                "url": { "type": "string", "format": "uri", "pattern": "^https?://", "title": "地址 / Address",
                  "description": "每条消息发往的地址，不含用户名、密码和片段。 / Where each message is posted. No user name, password or fragment in it." },
                "signing_secret": { "type": "string", "minLength": 16, "writeOnly": true, "title": "签名密钥 / Signing secret",
                  "description": "HMAC-SHA256 签名的密钥；不填则不签名。 / Key of the HMAC-SHA256 signature. Without it requests are not signed." },
                "authorization": { "type": "string", "writeOnly": true, "title": "Authorization",
                  "description": "Authorization 请求头的值，接收方需要时填写。 / Value of the Authorization header, for receivers that want one." },
                "headers": { "type": "object", "additionalProperties": { "type": "string" }, "maxProperties": 20,
                  "title": "自定义请求头 / Custom headers" },
                "idempotency": { "enum": ["none", "by_message_id"], "default": "none", "title": "接收方去重 / Receiver drops repeats",
                  "description": "by_message_id：接收方忽略重复的 X-Automation-Message-Id，因此结果未知的消息可以重发。 / by_message_id: the receiver ignores a repeated X-Automation-Message-Id, so a message with an unknown outcome may be repeated." },
                "timeout_seconds": { "type": "number", "minimum": 0.1, "maximum": 120, "default": 10, "title": "超时（秒） / Time-out (s)" },
                "response_bytes_max": { "type": "integer", "minimum": 0, "maximum": 1048576, "default": 65536,
                  "title": "应答上限（字节） / Largest answer (bytes)" },
                "concurrency": { "type": "integer", "minimum": 1, "maximum": 64, "default": 8, "title": "并发请求 / Requests at once" },
                "allow_private_networks": { "type": "boolean", "default": false, "title": "允许内网 / Allow private networks",
                  "description": "也允许访问本机和内网地址；链路本地和元数据地址始终禁止。 / Also reach loopback and private ranges. Never link-local and metadata addresses." },
                "allow_hosts": { "type": "array", "items": { "type": "string" }, "maxItems": 50, "title": "允许的主机 / Allowed hosts",
                  "description": "无论指向哪里都允许访问的主机名或 IP。 / Host names or IP addresses that may be reached wherever they lead." }
              }
            }
            """),
        Idempotency = Idempotency.None,
        Receipts = ReceiptDelivery.None,
    };
}
