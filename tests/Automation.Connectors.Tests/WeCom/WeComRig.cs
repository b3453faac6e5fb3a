using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Callbacks;
using Automation.Connectors.Tests.Callbacks;
using Automation.Connectors.WeCom;

namespace Automation.Connectors.Tests.WeCom;

/// <summary>WeCom as its documentation describes it: tokens, tasks that a member confirms, and encrypted callbacks.</summary>
internal sealed class WeComRig(string channel = "wecom") : ConnectorRig
{
    public const string ContactSecret = "contact-secret-of-the-corp";
    public const string RobotKey = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa";

    private static readonly EncryptedCallback Envelope = new(EncryptedCallbackTests.Token, EncryptedCallbackTests.Key, EncryptedCallbackTests.Corp);

    private int _tasks;

    public override IConnectorFactory Factory { get; } = new WeComConnectorFactory();

    public override string Channel => channel;

    public override bool UsesTokens => channel is not "wecom_robot";

    public override bool RefusesSingly => channel is "wecom" or "wecom_app";

    /// <summary>What the vendor says of a customer of a task: 0 waits, 1 sent, 2 no friend, 3 over the limit. Default: 0.</summary>
    public Dictionary<string, int> Statuses { get; } = [];

    /// <summary>The code that the vendor answers instead; null for its usual answer.</summary>
    public long? Refusal { get; set; }

    /// <summary>What the vendor answers to questions about a customer or a group.</summary>
    public string? Known { get; set; }

    public override ConnectorAccount Account(Uri vendor) => Account(
        $$"""{ "endpoint": "{{vendor}}", "corp_id": "{{EncryptedCallbackTests.Corp}}", "agent_id": 1000002, "sender": "zhangsan" }""",
        ("contact_secret", ContactSecret), ("app_secret", "app-secret-of-the-corp"), ("robot_key", RobotKey),
        ("callback_token", EncryptedCallbackTests.Token), ("encoding_aes_key", EncryptedCallbackTests.Key));

    public override Address AddressOf(int number) => channel == "wecom_app"
        ? new("wecom_userid", $"Member{number.ToString(CultureInfo.InvariantCulture)}")
        : new("external_user_id", $"wmOgQhDgAA{number.ToString("D6", CultureInfo.InvariantCulture)}");

    public override OutgoingMessage Message(int number, string text)
    {
        var message = base.Message(number, text);
        return channel switch
        {
            // A robot has no addresses: what it says tells its messages apart.
            "wecom_robot" or "wecom_group" when number > 1 => message with { Content = ContentOf($"{text} #{number.ToString(CultureInfo.InvariantCulture)}") },
            "wecom_welcome" => message with
            {
                Content = JsonSerializer.SerializeToElement(new { text, welcome_code = $"code-{number.ToString(CultureInfo.InvariantCulture)}" }),
            },
            _ => message,
        };
    }

    public override string ArrivalKey(OutgoingMessage message) => channel switch
    {
        "wecom_robot" or "wecom_group" => message.Content.GetProperty("text").GetString()!,
        "wecom_welcome" => message.Content.GetProperty("welcome_code").GetString()!,
        _ => message.To.Value,
    };

    public override bool IsSend(VendorRequest request) => request.Path is "/cgi-bin/message/send" or "/cgi-bin/externalcontact/add_msg_template"
        or "/cgi-bin/externalcontact/send_welcome_msg" or "/cgi-bin/webhook/send";

    public override VendorReply Busy(TimeSpan? retryAfter) => retryAfter is null ? Code(45009) : base.Busy(retryAfter);

    public override VendorReply InnerError() => Code(-1);

    public override VendorReply Answer(VendorRequest request, VendorMemory memory)
    {
        if (request.Path == "/cgi-bin/gettoken")
        {
            return request.Query["corpsecret"].EndsWith("-secret-of-the-corp", StringComparison.Ordinal)
                ? VendorReply.Json(new { errcode = 0, errmsg = "ok", access_token = memory.IssueToken(), expires_in = 7200 })
                : Code(40001);
        }

        if (request.Path == "/cgi-bin/webhook/send")
        {
            return request.Query["key"] == RobotKey ? Robot(request.Json, memory) : Code(93000);
        }

        if (!memory.IsCurrent(request.Query.GetValueOrDefault("access_token")))
        {
            return Code(42001);
        }

        if (Refusal is { } refusal)
        {
            return Code(refusal);
        }

        if (request.Text.Contains("\\u", StringComparison.Ordinal))
        {
            return Code(40033);
        }

        return request.Path["/cgi-bin/".Length..] switch
        {
            "message/send" => App(request.Json, memory),
            "externalcontact/add_msg_template" => Task(request.Json, memory),
            "externalcontact/send_welcome_msg" => Welcome(request.Json, memory),
            "externalcontact/get_groupmsg_task" => VendorReply.Json(new { errcode = 0, task_list = new[] { new { userid = "zhangsan", status = 0 } } }),
            "externalcontact/get_groupmsg_send_result" => VendorReply.Json(new
            {
                errcode = 0,
                send_list = Statuses.Select(one => new { external_userid = one.Key, userid = "zhangsan", status = one.Value }).ToArray(),
            }),
            "externalcontact/remind_groupmsg_send" or "externalcontact/cancel_groupmsg_send" => Code(0),
            "externalcontact/get" or "externalcontact/groupchat/get" => Known is null ? Code(-1) : VendorReply.Json(Known),
            _ => Code(40066),
        };
    }

    public override VendorCallback ProvenCallback(byte[] body, DateTimeOffset now) => Closed(Encoding.UTF8.GetString(body), now);

    /// <summary>An encrypted and signed callback, as the vendor makes it.</summary>
    public static VendorCallback Closed(string message, DateTimeOffset now, EncryptedCallback? by = null)
    {
        var encrypted = (by ?? Envelope).Close(message);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new VendorCallback
        {
            Method = "POST",
            Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string>
            {
                ["timestamp"] = timestamp,
                ["nonce"] = "1372623149",
                ["msg_signature"] = EncryptedCallback.Signature(EncryptedCallbackTests.Token, timestamp, "1372623149", encrypted),
            },
            Body = Encoding.UTF8.GetBytes($"<xml><ToUserName><![CDATA[{EncryptedCallbackTests.Corp}]]></ToUserName><AgentID/><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"),
            ReceivedAt = now,
        };
    }

    private VendorReply Task(JsonElement asked, VendorMemory memory)
    {
        if (asked.GetProperty("chat_type").GetString() == "group")
        {
            var shown = asked.GetProperty("text").GetProperty("content").GetString()!;
            memory.Take(shown, shown);
            return VendorReply.Json(new { errcode = 0, errmsg = "ok", fail_list = Array.Empty<string>(), msgid = $"msgGCAAAXtWyujaWJHDDGi0mACBBB{++_tasks}" });
        }

        var customers = asked.GetProperty("external_userid").EnumerateArray().Select(one => one.GetString()!).ToArray();
        var text = asked.TryGetProperty("text", out var given) ? given.GetProperty("content").GetString()! : "";
        foreach (var customer in customers.Where(one => !memory.Refuses(one)))
        {
            memory.Take(customer, text);
        }

        return VendorReply.Json(new { errcode = 0, errmsg = "ok", fail_list = customers.Where(memory.Refuses).ToArray(), msgid = $"msgGCAAAXtWyujaWJHDDGi0mACAAA{++_tasks}" });
    }

    private static VendorReply App(JsonElement asked, VendorMemory memory)
    {
        var members = asked.GetProperty("touser").GetString()!.Split('|');
        foreach (var member in members.Where(one => !memory.Refuses(one)))
        {
            memory.Take(member, asked.GetProperty("text").GetProperty("content").GetString()!);
        }

        var invalid = members.Where(memory.Refuses).ToArray();
        return invalid.Length == members.Length
            ? Code(81013)
            : VendorReply.Json(new { errcode = 0, errmsg = "ok", invaliduser = string.Join('|', invalid).ToLowerInvariant(), msgid = "m-1" });
    }

    private static VendorReply Welcome(JsonElement asked, VendorMemory memory)
    {
        memory.Take(asked.GetProperty("welcome_code").GetString()!, asked.GetProperty("text").GetProperty("content").GetString()!);
        return Code(0);
    }

    private static VendorReply Robot(JsonElement asked, VendorMemory memory)
    {
        var text = asked.GetProperty("text").GetProperty("content").GetString()!;
        memory.Take(text, text);
        return Code(0);
    }

    private static VendorReply Code(long code) => VendorReply.Json(new { errcode = code, errmsg = code == 0 ? "ok" : "a sentence with zhangsan in it" });
}
