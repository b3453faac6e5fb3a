using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Callbacks;
using Automation.Connectors.Tests.Callbacks;
using Automation.Connectors.WeChat;

namespace Automation.Connectors.Tests.WeChat;

/// <summary>WeChat as its documentation describes it, for a mini-program or an official account.</summary>
internal sealed class WeChatRig(string channel = "mini_program", string more = "") : ConnectorRig
{
    public const string AppId = "wx5823bf96d3bd56c7";
    public const string Secret = "app-secret-of-the-app";
    public const string Template = "BEwX0BO-T3MqK3Uc5oTU3CGBqzjpndk2jzUf7VfExd8";

    private static readonly EncryptedCallback Envelope = new(EncryptedCallbackTests.Token, EncryptedCallbackTests.Key, AppId);

    private long _messages = 1864323726461255680;

    public override IConnectorFactory Factory { get; } = channel == "official_account" ? new OfficialAccountConnectorFactory() : new MiniProgramConnectorFactory();

    public override string Channel => channel;

    public override bool UsesTokens => true;

    /// <summary>The code that the vendor answers instead; null for its usual answer.</summary>
    public long? Refusal { get; set; }

    public override ConnectorAccount Account(Uri vendor) => Account(
        $$"""
        { "endpoint": "{{vendor}}", "app_id": "{{AppId}}", "text_template": { "template_id": "{{Template}}", "field": "thing1" }{{more}} }
        """,
        ("app_secret", Secret), ("callback_token", EncryptedCallbackTests.Token), ("encoding_aes_key", EncryptedCallbackTests.Key));

    public override Address AddressOf(int number) => new($"open_id:{AppId}", $"o7esq5OI1Uej6Xixw1lA{number.ToString("D8", CultureInfo.InvariantCulture)}");

    public override bool IsSend(VendorRequest request) => request.Path != "/cgi-bin/stable_token";

    public override VendorReply Busy(TimeSpan? retryAfter) => retryAfter is null ? Code(45009) : base.Busy(retryAfter);

    public override VendorReply InnerError() => Code(-1);

    public override VendorReply Answer(VendorRequest request, VendorMemory memory)
    {
        var asked = request.Json;
        if (request.Path == "/cgi-bin/stable_token")
        {
            return asked.GetProperty("appid").GetString() == AppId && asked.GetProperty("secret").GetString() == Secret && !asked.GetProperty("force_refresh").GetBoolean()
                ? VendorReply.Json(new { access_token = memory.IssueToken(), expires_in = 7200 })
                : Code(40125);
        }

        if (!memory.IsCurrent(request.Query.GetValueOrDefault("access_token")))
        {
            return Code(40001);
        }

        if (Refusal is { } refusal)
        {
            return Code(refusal);
        }

        var to = asked.GetProperty("touser").GetString()!;
        if (memory.Refuses(to))
        {
            return Code(40003);
        }

        var text = request.Path == "/cgi-bin/message/custom/send"
            ? asked.GetProperty("text").GetProperty("content").GetString()!
            : asked.GetProperty("data").EnumerateObject().First().Value.GetProperty("value").GetString()!;
        memory.Take(to, text);
        return VendorReply.Json($$"""{ "errcode": 0, "errmsg": "ok", "msgid": {{Interlocked.Increment(ref _messages)}} }""");
    }

    public override VendorCallback? ReceiptCallback(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now)
    {
        if (channel != "mini_program")
        {
            return null;
        }

        var person = receipts[0].Message.To.Value;

        var list = receipts.Select(one => new
        {
            TemplateId = Template, MsgID = one.VendorMessageId, ErrorCode = one.Delivered ? "0" : "43101", ErrorStatus = "success",
        });
        return ProvenCallback(
            JsonSerializer.SerializeToUtf8Bytes(new
            {
                ToUserName = "gh_123456789abc", FromUserName = person, CreateTime = "1620963428", MsgType = "event", Event = "subscribe_msg_sent_event", List = list,
            }),
            now);
    }

    /// <summary>The vendor tells an official account of each message by itself.</summary>
    public override IReadOnlyList<VendorCallback>? ReceiptCallbacks(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now) => channel != "official_account"
        ? base.ReceiptCallbacks(receipts, now)
        :
        [
            .. receipts.Select(one => ProvenCallback(
                Encoding.UTF8.GetBytes(
                    $"<xml><ToUserName>gh_1</ToUserName><FromUserName>{one.Message.To.Value}</FromUserName><CreateTime>1620963428</CreateTime><MsgType>event</MsgType><Event>TEMPLATESENDJOBFINISH</Event><MsgID>{one.VendorMessageId}</MsgID><Status>{(one.Delivered ? "success" : "failed:user block")}</Status></xml>"),
                now)),
        ];

    public override VendorCallback ProvenCallback(byte[] body, DateTimeOffset now) => Closed(Encoding.UTF8.GetString(body), now);

    public override VendorCallback Forged(VendorCallback callback) =>
        callback with { Query = new Dictionary<string, string>(callback.Query) { ["msg_signature"] = new string('0', 40) } };

    /// <summary>An encrypted and signed callback in JSON, with fields in clear beside it, as in the compatible mode.</summary>
    public static VendorCallback Closed(string message, DateTimeOffset now)
    {
        var encrypted = Envelope.Close(message);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new VendorCallback
        {
            Method = "POST",
            Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string>
            {
                ["timestamp"] = timestamp,
                ["nonce"] = "1372623149",
                ["encrypt_type"] = "aes",
                ["signature"] = EncryptedCallback.Signature(EncryptedCallbackTests.Token, timestamp, "1372623149"),
                ["msg_signature"] = EncryptedCallback.Signature(EncryptedCallbackTests.Token, timestamp, "1372623149", encrypted),
            },
            Body = JsonSerializer.SerializeToUtf8Bytes(new { ToUserName = "gh_1", Encrypt = encrypted, Event = "forged_in_clear" }),
            ReceivedAt = now,
        };
    }

    private static VendorReply Code(long code) => VendorReply.Json(new { errcode = code, errmsg = "a sentence rid: 6059-2" });
}
