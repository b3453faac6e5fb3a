using System.Collections.Immutable;
using Automation.Core.Journeys;
using Automation.Core.Sending;
using Automation.Core.Steps.Call;
using Automation.Core.Steps.Send;
using Automation.Core.Workspaces;

namespace Automation.Runtime.Simulation;

/// <summary>Stand-ins for a workspace's accounts where none are configured: they take everything, and tell of delivery.</summary>
public static class SimulatedAccounts
{
    public static ImmutableArray<AccountTraits> Of(Workspace workspace)
    {
        var channels = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (channel, account) in workspace.Settings.Accounts)
        {
            Add(account, channel);
        }
        foreach (var step in workspace.Journeys.SelectMany(journey => journey.Steps))
        {
            switch (step)
            {
                case SendNode send:
                    Add(send.Account, send.Channel);
                    foreach (var way in send.Fallback)
                    {
                        Add(way.Account, way.Channel);
                    }
                    break;
                case CallNode call:
                    Add(call.Account, Channels.Webhook);
                    break;
                default:
                    break;
            }
        }
        return [.. channels.Select(one => new AccountTraits(
            one.Key,
            [.. one.Value.Select(channel => new ChannelTraits(channel, Channels.AddressType(channel), null, null))],
            Receipts: true,
            AnswersCalls: true))];

        void Add(string? account, string channel)
        {
            if (account is null)
            {
                return;
            }
            if (!channels.TryGetValue(account, out var spoken))
            {
                channels[account] = spoken = new SortedSet<string>(StringComparer.Ordinal);
            }
            spoken.Add(channel);
        }
    }
}
