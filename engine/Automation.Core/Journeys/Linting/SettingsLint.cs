using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>Whether the settings speak of channels and accounts that exist.</summary>
internal static class SettingsLint
{
    public static void Check(WorkspaceSettings settings, LintContext context, FindingList findings)
    {
        foreach (var channel in settings.QuietHours.Keys.Order(StringComparer.Ordinal))
        {
            Channel(channel, JsonPointer.Child("/quiet_hours", channel), context, findings);
        }
        for (var i = 0; i < settings.Caps.Length; i++)
        {
            if (settings.Caps[i].Channel is { } channel)
            {
                Channel(channel, $"/caps/{i}/channel", context, findings);
            }
        }
        foreach (var channel in settings.Consent.Keys.Order(StringComparer.Ordinal))
        {
            Channel(channel, JsonPointer.Child("/consent", channel), context, findings);
        }
        foreach (var (channel, account) in settings.Accounts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var pointer = JsonPointer.Child("/accounts", channel);
            if (Channel(channel, pointer, context, findings))
            {
                Account(account, channel, pointer, context, findings);
            }
        }
    }

    /// <summary>Whether the channel exists, as far as anybody knows.</summary>
    public static bool Channel(string channel, string pointer, LintContext context, FindingList findings)
    {
        if (context.Channels is not { } known || known.ContainsKey(channel))
        {
            return true;
        }
        findings.Add(LintCodes.UnknownChannel, pointer,
            $"Expected one of the channels {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}, but found {Found.Quote(channel)}.{Nearest.Hint(channel, known.Keys)}");
        return false;
    }

    public static void Account(string account, string? channel, string pointer, LintContext context, FindingList findings)
    {
        if (context.Accounts is not { } known)
        {
            return;
        }
        if (!known.TryGetValue(account, out var channels))
        {
            findings.Add(LintCodes.UnknownAccount, pointer,
                $"Expected one of the accounts {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}, but found {Found.Quote(account)}.{Nearest.Hint(account, known.Keys)}");
        }
        else if (channel is not null && !channels.Contains(channel))
        {
            findings.Add(LintCodes.AccountChannelMismatch, pointer,
                $"Expected an account that speaks {channel}, but {account} speaks {string.Join(", ", channels.Order(StringComparer.Ordinal))}.");
        }
    }
}
