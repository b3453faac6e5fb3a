namespace Automation.Server.Telling;

/// <summary>What people call channels. One that a plug-in brings keeps its key.</summary>
internal static class ChannelWords
{
    public static string Of(string channel, Wording to) => channel switch
    {
        "sms" => to.Say("SMS", "短信"),
        "wecom" => to.Say("WeCom", "企业微信"),
        "wecom_welcome" => to.Say("WeCom greeting", "企业微信欢迎语"),
        "wecom_app" => to.Say("WeCom app", "企业微信应用"),
        "wecom_robot" => to.Say("WeCom robot", "企业微信机器人"),
        "wecom_group" => to.Say("WeCom group", "企业微信群"),
        "mini_program" => to.Say("mini-program", "小程序"),
        "mini_program_service" => to.Say("mini-program chat", "小程序客服"),
        "official_account" => to.Say("official account", "公众号"),
        "email" => to.Say("e-mail", "邮件"),
        "webhook" => to.Say("webhook", "Webhook"),
        _ => channel,
    };

    /// <summary>The type of address, as in <c>identity.phone</c>.</summary>
    public static string Address(string type, Wording to) => type.Split(':', 2) switch
    {
        ["phone"] => to.Say("phone number", "手机号"),
        ["user_id"] => to.Say("user id", "用户 ID"),
        ["external_user_id"] => to.Say("WeCom id", "企业微信身份"),
        ["union_id"] => to.Say("union id", "微信 UnionID"),
        ["open_id", var app] => to.Say($"open id of {app}", $"{app} 的 OpenID"),
        ["open_id"] => to.Say("open id", "微信 OpenID"),
        _ => type,
    };
}
