using System.Text.Json;
using Automation.Connectors.Sms;

namespace Automation.Connectors.Aliyun;

/// <summary>What the connector says about itself.</summary>
internal static class AliyunSmsManifest
{
    public static ConnectorManifest Value { get; } = new()
    {
        Key = "aliyun_sms",
        Name = new DisplayName("阿里云短信", "Aliyun SMS"),
        Summary = new DisplayName(
            "用已审核的签名和模板发送短信，接收回执和回复，退订即撤回同意。",
            "Sends SMS with approved signatures and templates; takes receipts and replies, and an opt-out revokes consent."),
        Channels =
        [
            new ChannelManifest
            {
                Key = "sms",
                Name = new DisplayName("短信", "SMS"),
                AddressType = "phone",
                MessageSchema = SmsContent.Schema,
                Limits = new ChannelLimits
                {
                    MessagesPerSecond = 5_000,
                    BatchSizeMax = 100,
                    BodyBytesMax = 8 * 1024,
                    TextCharactersMax = 500,
                    PerContact = [new ContactLimit(50, TimeSpan.FromDays(1))],
                },
            },
        ],
        ConfigurationSchema = JsonElement.Parse(
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "additionalProperties": false,
              "required": ["access_key_id", "access_key_secret", "sign"],
              "properties": {
                "access_key_id": { "type": "string", "minLength": 1, "title": "AccessKey ID" },
                "access_key_secret": { "type": "string", "writeOnly": true, "title": "AccessKey Secret" },
                "security_token": { "type": "string", "writeOnly": true, "title": "STS Token", "description": "仅用于临时凭证。 / Only with temporary credentials." },
                "sign": { "type": "string", "minLength": 1, "maxLength": 20, "title": "签名 / Signature", "description": "已审核，不含括号【】。 / Approved, without the brackets 【】." },
                "text_template": { "type": "object", "title": "纯文本模板 / Template of plain texts", "required": ["code"], "additionalProperties": false,
                  "properties": { "code": { "title": "模板编号 / Template code", "type": "string" }, "variable": { "title": "变量 / Variable", "type": "string", "default": "text" } },
                  "description": "只有一个变量的模板，纯文本放入其中。 / A template with one variable, into which a plain text goes." },
                "batches": { "type": "boolean", "default": true, "title": "批量发送 / Batches",
                  "description": "每个请求最多 100 个号码；关闭时一条消息一个请求，回执带有自己的编号。 / Up to 100 numbers a request. Off: one request a message, whose receipts carry our own id." },
                "callback_token": { "type": "string", "minLength": 16, "writeOnly": true, "title": "回调口令 / Callback token",
                  "description": "作为 token= 写在交给厂商的地址中；没有它就拒绝回调。 / Stands as token= in the address given to the vendor. Without it callbacks are refused." },
                "receipts": { "enum": ["push", "pull", "none"], "default": "push", "title": "回执 / Receipts" },
                "extend_code": { "type": "string", "maxLength": 20, "title": "上行扩展码 / Extension code" },
                "opt_out_words": { "type": "array", "items": { "type": "string" }, "title": "退订词 / Opt-out words" },
                "carrier_codes": { "type": "object", "additionalProperties": { "type": "string" }, "title": "运营商码 / Carrier codes",
                  "description": "错误码在这里的含义，如 { \"XA:0001\": \"bad_address\" }。 / What a code means here, as { \"XA:0001\": \"bad_address\" }." },
                "price_per_segment": { "type": "number", "minimum": 0, "maximum": 100, "title": "单价 / Price of a segment" },
                "currency": { "type": "string", "default": "CNY", "title": "币种 / Currency" },
                "timeout_seconds": { "type": "number", "minimum": 1, "maximum": 120, "default": 10, "title": "超时（秒） / Time-out (s)" },
                "endpoint": { "type": "string", "default": "https://dysmsapi.aliyuncs.com/", "title": "接入地址 / Endpoint" }
              }
            }
            """),
        Idempotency = Idempotency.None,
        CanQueryOutcome = true,
        Receipts = ReceiptDelivery.Push,
        HasInbound = true,
    };
}
