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
                      "description": "Sent as the property content of the request; any fields are allowed.",
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
                  "description": "Where each message is posted. No user name, password or fragment in it." },
                "signing_secret": { "type": "string", "minLength": 16, "writeOnly": true, "title": "签名密钥 / Signing secret",
                  "description": "Key of the HMAC-SHA256 signature. Without it requests are not signed." },
                "authorization": { "type": "string", "writeOnly": true, "title": "Authorization",
                  "description": "Value of the Authorization header, for receivers that want one." },
                "headers": { "type": "object", "additionalProperties": { "type": "string" }, "maxProperties": 20,
                  "title": "自定义请求头 / Custom headers" },
                "idempotency": { "enum": ["none", "by_message_id"], "default": "none", "title": "接收方去重 / Receiver drops repeats",
                  "description": "by_message_id: the receiver ignores a repeated X-Automation-Message-Id, so a message with an unknown outcome may be repeated." },
                "timeout_seconds": { "type": "number", "minimum": 0.1, "maximum": 120, "default": 10, "title": "超时（秒） / Time-out (s)" },
                "response_bytes_max": { "type": "integer", "minimum": 0, "maximum": 1048576, "default": 65536,
                  "title": "应答上限（字节） / Largest answer (bytes)" },
                "concurrency": { "type": "integer", "minimum": 1, "maximum": 64, "default": 8, "title": "并发请求 / Requests at once" },
                "allow_private_networks": { "type": "boolean", "default": false, "title": "允许内网 / Allow private networks",
                  "description": "Also reach loopback and private ranges. Never link-local and metadata addresses." },
                "allow_hosts": { "type": "array", "items": { "type": "string" }, "maxItems": 50, "title": "允许的主机 / Allowed hosts",
                  "description": "Host names or IP addresses that may be reached wherever they lead." }
              }
            }
            """),
        Idempotency = Idempotency.None,
        Receipts = ReceiptDelivery.None,
    };
}
