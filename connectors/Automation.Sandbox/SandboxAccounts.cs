using System.Text.Json.Nodes;

namespace Automation.Sandbox;

/// <summary>The credentials that the stand-ins know, and the accounts of the engine that use them. None of them is good anywhere else.</summary>
public static class SandboxAccounts
{
    /// <summary>In the address of callbacks of SMS vendors, who prove nothing else.</summary>
    public const string CallbackToken = "sandbox-callback-token";

    /// <summary>Of WeCom and WeChat: what callbacks are signed with.</summary>
    public const string EnvelopeToken = "sandboxToken";

    /// <summary>Of WeCom and WeChat: what callbacks are encrypted with.</summary>
    public const string EnvelopeKey = "c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveCE";

    internal const string AliyunKeyId = "LTAIsandbox";
    internal const string AliyunSecret = "sandbox-aliyun-secret";
    internal const string TencentSecretId = "AKIDsandbox";
    internal const string TencentSecretKey = "sandbox-tencent-key";
    internal const string TencentApp = "1400006666";
    internal const string CorpId = "wwsandboxcorp";
    internal const string ContactSecret = "sandbox-contact-secret";
    internal const string AppSecret = "sandbox-app-secret";
    internal const int AgentId = 1_000_002;
    internal const string RobotKey = "sandbox-robot-key";
    internal const string MiniProgramApp = "wxdemo";
    internal const string OfficialApp = "wxdemoofficial";
    internal const string WeChatSecret = "sandbox-wechat-secret";

    /// <summary>The accounts' keys: the stand-ins call back to <c>/hooks/{key}</c>.</summary>
    public const string Aliyun = "aliyun", Tencent = "tencent", WeCom = "wecom", MiniProgram = "mini_program", OfficialAccount = "official_account";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Aliyun, Tencent, WeCom, MiniProgram, OfficialAccount];

    /// <summary>The account's document as the engine's API takes it: <c>connector</c>, <c>configuration</c>, <c>secrets</c>.</summary>
    /// <param name="key">One of the keys above.</param>
    /// <param name="sandbox">Where the stand-ins listen.</param>
    public static JsonObject Document(string key, Uri sandbox) => key switch
    {
        Aliyun => Of(
            "aliyun_sms",
            new() { ["endpoint"] = At(sandbox, key), ["access_key_id"] = AliyunKeyId, ["sign"] = "演示店铺", ["text_template"] = new JsonObject { ["code"] = "SMS_1" }, ["price_per_segment"] = 0.045 },
            ("access_key_secret", AliyunSecret), ("callback_token", CallbackToken)),
        Tencent => Of(
            "tencent_sms",
            new() { ["endpoint"] = At(sandbox, key), ["secret_id"] = TencentSecretId, ["sdk_app_id"] = TencentApp, ["sign"] = "演示店铺", ["text_template"] = new JsonObject { ["code"] = "1" }, ["price_per_segment"] = 0.05 },
            ("secret_key", TencentSecretKey), ("callback_token", CallbackToken)),
        WeCom => Of(
            "wecom",
            new() { ["endpoint"] = At(sandbox, key), ["corp_id"] = CorpId, ["agent_id"] = AgentId, ["sender"] = "zhangsan", ["sync_every_hours"] = 0 },
            ("contact_secret", ContactSecret), ("app_secret", AppSecret), ("robot_key", RobotKey), ("callback_token", EnvelopeToken), ("encoding_aes_key", EnvelopeKey)),
        MiniProgram => Of(
            "wechat_mini_program",
            new() { ["endpoint"] = At(sandbox, key), ["app_id"] = MiniProgramApp, ["text_template"] = new JsonObject { ["template_id"] = "sandbox-template", ["field"] = "text1" } },
            ("app_secret", WeChatSecret), ("callback_token", EnvelopeToken), ("encoding_aes_key", EnvelopeKey)),
        OfficialAccount => Of(
            "wechat_official_account",
            new() { ["endpoint"] = At(sandbox, key), ["app_id"] = OfficialApp, ["text_template"] = new JsonObject { ["template_id"] = "sandbox-template", ["field"] = "text1" } },
            ("app_secret", WeChatSecret), ("callback_token", EnvelopeToken), ("encoding_aes_key", EnvelopeKey)),
        _ => throw new ArgumentException($"Expected one of the stand-ins' accounts, but '{key}' is none.", nameof(key)),
    };

    private static JsonObject Of(string connector, JsonObject configuration, params ReadOnlySpan<(string Name, string Value)> secrets)
    {
        var hidden = new JsonObject();
        foreach (var (name, value) in secrets)
        {
            hidden[name] = value;
        }
        return new JsonObject { ["connector"] = connector, ["configuration"] = configuration, ["secrets"] = hidden };
    }

    private static string At(Uri sandbox, string key) => new Uri(sandbox, $"{key}/").ToString();
}
