using Automation.Runtime.Dispatch;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>
/// Workers as a lane has them, without a thread or a clock: each takes what the limits grant, claims it, enters the second, calls its
/// vendor for so long, and comes again. At each of the two doors one waits at a time. Events happen in order of their simulated time.
/// </summary>
internal static class SimulatedDispatch
{
    /// <param name="Workers">Calls at a time.</param>
    /// <param name="BatchSize">Messages in one call.</param>
    /// <param name="CallMilliseconds">How long the vendor takes, drawn for each call between the two.</param>
    public sealed record Account(string Lane, double Rate, int Workers, int BatchSize, (int From, int To) CallMilliseconds)
    {
        /// <summary>Every ten seconds the vendor hears nothing for so long; then everything comes to it at once.</summary>
        public int StandstillMilliseconds { get; init; }
    }

    /// <summary>Claiming takes a commit, now shorter, now longer.</summary>
    private const int ClaimMax = 20;

    /// <summary>So much longer than the quickest takes a call to reach its vendor, at most: a little less than the limits guard against.</summary>
    private const int WayMax = 7;

    /// <returns>By account, when how many messages reached the vendor, in order. There is always more to send.</returns>
    public static Dictionary<string, List<(double At, int Count)>> Run(TimeSpan time, int seed, params Account[] accounts)
    {
        var now = 0.0;
        var limits = new ProcessRateLimits(milliseconds: () => now);
        // A thread that is to wake in 5 ms wakes a little later; the seed makes each run the same.
        var random = new Random(seed);
        var events = new PriorityQueue<Action, double>();
        var sent = accounts.ToDictionary(account => account.Lane, _ => new List<(double At, int Count)>());
        foreach (var account in accounts)
        {
            var (taking, entering, calls) = (new Door(), new Door(), new UsualCall());
            for (var worker = 0; worker < account.Workers; worker++)
            {
                taking.Come(Take);
            }

            void Take()
            {
                var (granted, wait) = limits.TakeAsync(account.Lane, account.Rate, account.BatchSize, CancellationToken.None).AsTask().Result;
                if (granted == 0)
                {
                    After(wait.TotalMilliseconds + random.Next(0, 3), Take);
                    return;
                }
                After(random.Next(1, ClaimMax), () => entering.Come(() => Enter(granted)));
                taking.Leave();
            }

            void Enter(int count)
            {
                var entry = limits.EnterAsync(account.Lane, account.Rate, count, CancellationToken.None).AsTask().Result;
                if (entry.Wait > TimeSpan.Zero)
                {
                    After(entry.Wait.TotalMilliseconds + random.Next(0, 3), () => Enter(count));
                    return;
                }
                var arrival = now + (WayMax * random.NextDouble());
                var standsStillFor = account.StandstillMilliseconds - ((arrival + 5_000) % 10_000);
                arrival += Math.Max(0, standsStillFor);
                sent[account.Lane].Add((arrival, count));
                var took = arrival - now + random.Next(account.CallMilliseconds.From, account.CallMilliseconds.To + 1);
                After(took, () =>
                {
                    if (calls.Late(TimeSpan.FromMilliseconds(took), now) is var late && late > TimeSpan.Zero)
                    {
                        limits.LateAsync(account.Lane, account.Rate, entry, late).AsTask().Wait();
                    }
                    taking.Come(Take);
                });
                entering.Leave();
            }
        }
        while (events.TryDequeue(out var next, out var at) && at < time.TotalMilliseconds)
        {
            now = at;
            next();
        }
        return sent.ToDictionary(one => one.Key, one => one.Value.OrderBy(message => message.At).ToList());

        void After(double milliseconds, Action then) => events.Enqueue(then, now + milliseconds);
    }

    /// <summary>The most that arrived within one second, wherever it begins.</summary>
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

    /// <summary>One is let in at a time, in the order in which they came.</summary>
    private sealed class Door
    {
        private readonly Queue<Action> _waiting = new();
        private bool _isTaken;

        public void Come(Action then)
        {
            if (_isTaken)
            {
                _waiting.Enqueue(then);
                return;
            }
            _isTaken = true;
            then();
        }

        public void Leave()
        {
            _isTaken = false;
            if (_waiting.TryDequeue(out var next))
            {
                Come(next);
            }
        }
    }
}
