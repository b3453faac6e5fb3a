using Automation.Core.Contacts;
using Automation.Core.Workspaces;

namespace Automation.Core.Sending;

/// <summary>The channels everyone knows, and what holds for them where no account says otherwise.</summary>
public static class Channels
{
    public const string Sms = "sms";
    public const string WeCom = "wecom";
    public const string MiniProgram = "mini_program";
    public const string OfficialAccount = "official_account";
    public const string Webhook = "webhook";

    /// <summary>An address of any app of that kind.</summary>
    public const string AnyOpenId = "open_id:*";

    /// <summary>Identity type of a channel's addresses; null where a message needs none.</summary>
    public static string? AddressType(string channel) => channel switch
    {
        Sms => Identity.Phone,
        WeCom => Identity.ExternalUserId,
        MiniProgram or OfficialAccount => AnyOpenId,
        _ => null,
    };

    /// <summary>Whether messages reach people: then consent, caps and quiet hours hold.</summary>
    public static bool ReachesPeople(string channel) => channel != Webhook;

    /// <summary>Whether the channel may be used before the contact said yes.</summary>
    public static ConsentMode Consent(WorkspaceSettings settings, string channel) =>
        settings.Consent.TryGetValue(channel, out var mode) ? mode
        : ReachesPeople(channel) ? ConsentMode.Required
        : ConsentMode.Assumed;
}
