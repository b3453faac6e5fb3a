using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Sending;

/// <summary>Exponential back-off: first · factor^(attempt−1), capped, plus up to a fifth of jitter drawn from the message's id.</summary>
internal static class Backoff
{
    public static Duration Delay(RetryPolicy policy, MessageInFlight message)
    {
        var delay = policy.First;
        for (var i = 1; i < message.Attempt && delay < policy.DelayMax; i++)
        {
            delay *= policy.Factor;
        }
        delay = Duration.Min(delay, policy.DelayMax);
        var jitter = StableHash.Share(message.Id.ToString(), message.Attempt.ToString(CultureInfo.InvariantCulture)) * 0.2;
        return Duration.FromMilliseconds((long)(delay.TotalMilliseconds * (1 + jitter)));
    }
}
