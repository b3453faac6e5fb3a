using System.Collections.Concurrent;
using System.Diagnostics;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Dispatch;

/// <summary>Limits of one process, in its memory. One that has a fair share of several processes gets that share of each rate.</summary>
/// <param name="share">From 0 to 1, asked again whenever it is needed.</param>
/// <param name="milliseconds">Any steady clock.</param>
public sealed class ProcessRateLimits(Func<double>? share = null, Func<double>? milliseconds = null) : IRateLimits
{
    private readonly Func<double> _share = share ?? (static () => 1);
    private readonly Func<double> _now = milliseconds ?? (static () => Stopwatch.GetTimestamp() * 1_000.0 / Stopwatch.Frequency);
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    public ValueTask<RateGrant> TakeAsync(string lane, double perSecond, int wanted, CancellationToken cancellation)
    {
        var now = _now();
        var (granted, wait) = Bucket(lane, perSecond * _share(), now).Take(wanted, now);
        return ValueTask.FromResult(new RateGrant(granted, wait));
    }

    public ValueTask ReturnAsync(string lane, double perSecond, int unused)
    {
        Bucket(lane, perSecond * _share(), _now()).Return(unused);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RateEntry> EnterAsync(string lane, double perSecond, int count, CancellationToken cancellation)
    {
        var now = _now();
        return ValueTask.FromResult(Bucket(lane, perSecond * _share(), now).Enter(count, now));
    }

    public ValueTask LateAsync(string lane, double perSecond, RateEntry entry, TimeSpan late)
    {
        Bucket(lane, perSecond * _share(), _now()).Late(entry.Id, late.TotalMilliseconds);
        return ValueTask.CompletedTask;
    }

    // A rate that changed starts with a new bucket.
    private TokenBucket Bucket(string lane, double rate, double now) => _lanes.AddOrUpdate(
        lane,
        static (_, with) => new Lane(with.Rate, new TokenBucket(with.Rate, with.Now)),
        static (_, known, with) => known.Rate == with.Rate ? known : new Lane(with.Rate, new TokenBucket(with.Rate, with.Now)),
        (Rate: rate, Now: now)).Bucket;

    private sealed record Lane(double Rate, TokenBucket Bucket);
}
