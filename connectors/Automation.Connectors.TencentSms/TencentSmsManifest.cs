using System.Text.Json;
using Automation.Connectors.Sms;

namespace Automation.Connectors.TencentSms;

/// <summary>What the connector says about itself.</summary>
internal static class TencentSmsManifest
{
    public static ConnectorManifest Value { get; } = new()
    {
        Key = "tencent_sms",
        Name = new DisplayName("腾讯云短信", "Tencent Cloud SMS"),
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
                    MessagesPerSecond = 3_000,
                    BatchSizeMax = 200,
                    BodyBytesMax = 8 * 1024,
                    TextCharactersMax = 500,
                },
            },
        ],
        ConfigurationSchema = JsonElement.Parse(
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "additionalProperties": false,
              "required": ["secret_id", "secret_key", "sdk_app_id", "sign"],
              "properties": {
                "secret_id": { "type": "string", "minLength": 1, "title": "SecretId" },
                "secret_key": { "type": "string", "writeOnly": true, "title": "SecretKey" },
                "session_token": { "type": "string", "writeOnly": true, "title": "Token", "description": "仅用于临时凭证。 / Only with temporary credentials." },
                "sdk_app_id": { "type": "string", "pattern": "^[0-9]+$", "title": "SmsSdkAppId", "description": "如 1400006666。 / As 1400006666." },
                "sign": { "type": "string", "minLength": 1, "maxLength": 20, "title": "签名 / Signature", "description": "已审核，不含括号【】。 / Approved, without the brackets 【】." },
                "region": { "type": "string", "default": "ap-guangzhou", "title": "地域 / Region" },
                "text_template": { "type": "object", "title": "纯文本模板 / Template of plain texts", "required": ["code"], "additionalProperties": false,
                  "properties": { "code": { "title": "模板编号 / Template code", "type": "string" }, "variable": { "title": "变量 / Variable", "type": "string", "default": "text" } },
                  "description": "含变量 {1} 的模板，纯文本放入其中。 / A template with the variable {1}, into which a plain text goes." },
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
                "endpoint": { "type": "string", "default": "https://sms.tencentcloudapi.com/", "title": "接入地址 / Endpoint" }
              }
            }
            """),
        Idempotency = Idempotency.None,
        CanQueryOutcome = true,
        Receipts = ReceiptDelivery.Push,
        HasInbound = true,
    };
}
