using Automation.Runtime.Dispatch;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>
/// Workers as a lane has them, without a thread or a clock: each takes what the limits grant, calls its vendor for so long, and comes
/// again; or it waits as long as it is told. Events happen in order of their simulated time.
/// </summary>
internal static class SimulatedDispatch
{
    /// <param name="Workers">Calls at a time.</param>
    /// <param name="BatchSize">Messages in one call.</param>
    /// <param name="CallMilliseconds">How long the vendor takes, drawn for each call between the two.</param>
    public sealed record Account(string Lane, double Rate, int Workers, int BatchSize, (int From, int To) CallMilliseconds);

    /// <returns>By account, when how many messages left. There is always more to send.</returns>
    public static Dictionary<string, List<(double At, int Count)>> Run(TimeSpan time, int seed, params Account[] accounts)
    {
        var now = 0.0;
        var limits = new ProcessRateLimits(milliseconds: () => now);
        // A thread that is to wake in 5 ms wakes a little later; the seed makes each run the same.
        var random = new Random(seed);
        var sent = accounts.ToDictionary(account => account.Lane, _ => new List<(double, int)>());
        var ready = new PriorityQueue<Account, double>();
        foreach (var account in accounts)
        {
            for (var worker = 0; worker < account.Workers; worker++)
            {
                ready.Enqueue(account, 0);
            }
        }
        while (ready.TryDequeue(out var account, out var at) && at < time.TotalMilliseconds)
        {
            now = at;
            var grant = limits.TakeAsync(account.Lane, account.Rate, account.BatchSize, CancellationToken.None).AsTask().Result;
            if (grant.Granted > 0)
            {
                sent[account.Lane].Add((now, grant.Granted));
                ready.Enqueue(account, now + random.Next(account.CallMilliseconds.From, account.CallMilliseconds.To + 1));
            }
            else
            {
                ready.Enqueue(account, now + grant.Wait.TotalMilliseconds + random.Next(0, 3));
            }
        }
        return sent;
    }

    /// <summary>The most that left within one second, wherever it begins.</summary>
    public static int MostInASecond(IReadOnlyList<(double At, int Count)> sent)
    {
        var (most, sum, first) = (0, 0, 0);
        foreach (var (at, count) in sent)
        {
            sum += count;
            while (sent[first].At <= at - 1_000)
            {
                sum -= sent[first++].Count;
            }
            most = Math.Max(most, sum);
        }
        return most;
    }
}
