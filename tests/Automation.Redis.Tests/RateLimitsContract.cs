using System.Diagnostics;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;

namespace Automation.Redis.Tests;

/// <summary>What every implementation of limits keeps, whatever lies behind it.</summary>
public abstract class RateLimitsContract
{
    /// <summary>The limits as two processes see them, or one process twice.</summary>
    protected abstract (IRateLimits First, IRateLimits Second) Open();

    [RedisFact]
    public async Task Both_together_stay_below_the_rate_in_any_second()
    {
        var (first, second) = Open();
        var started = Stopwatch.GetTimestamp();
        var (inFirstSecond, entered) = (0, 0);

        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1.2))
        {
            foreach (var limits in new[] { first, second })
            {
                var now = (await limits.EnterAsync("acme/sms", 200, 5, CancellationToken.None)).Wait == TimeSpan.Zero ? 5 : 0;
                entered += now;
                // What was answered within a second of the beginning went in within that second.
                inFirstSecond += Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1) ? now : 0;
            }
        }

        Assert.InRange(inFirstSecond, 25, 200);
        Assert.True(entered > 200, $"Expected the rate to be used, but only {entered} went in.");
    }

    [RedisFact]
    public async Task Both_together_are_granted_the_rate_over_time()
    {
        var (first, second) = Open();
        var started = Stopwatch.GetTimestamp();
        var granted = 0;

        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
        {
            granted += (await first.TakeAsync("acme/sms", 200, 5, CancellationToken.None)).Granted
                + (await second.TakeAsync("acme/sms", 200, 5, CancellationToken.None)).Granted;
        }

        // Half a second's worth was saved up.
        Assert.InRange(granted, 100, 100 + (200 * Stopwatch.GetElapsedTime(started).TotalSeconds));
    }

    [RedisFact]
    public async Task Whoever_finds_the_second_full_learns_how_long_to_wait()
    {
        var (first, second) = Open();
        Assert.Equal(TimeSpan.Zero, (await first.EnterAsync("acme/sms", 2, 2, CancellationToken.None)).Wait);

        var refused = await second.EnterAsync("acme/sms", 2, 1, CancellationToken.None);

        Assert.InRange(refused.Wait.TotalMilliseconds, 1, RatePolicy.Window);
    }

    [RedisFact]
    public async Task A_late_call_keeps_its_places_longer()
    {
        var (first, second) = Open();
        var entry = await first.EnterAsync("acme/sms", 2, 2, CancellationToken.None);

        await first.LateAsync("acme/sms", 2, entry, TimeSpan.FromSeconds(30));

        Assert.InRange((await second.EnterAsync("acme/sms", 2, 1, CancellationToken.None)).Wait.TotalSeconds, 20, 31.1);
    }

    [RedisFact]
    public async Task Whoever_gets_none_learns_how_long_to_wait()
    {
        var (first, second) = Open();
        Assert.Equal(1, (await first.TakeAsync("acme/sms", 2, 10, CancellationToken.None)).Granted);

        var refused = await second.TakeAsync("acme/sms", 2, 10, CancellationToken.None);

        Assert.Equal(0, refused.Granted);
        Assert.InRange(refused.Wait.TotalMilliseconds, 1, 1_000 / RatePolicy.PerMillisecond(2_000));
    }

    [RedisFact]
    public async Task What_was_not_used_goes_back()
    {
        var (first, second) = Open();
        Assert.Equal(1, (await first.TakeAsync("acme/sms", 0.5, 1, CancellationToken.None)).Granted);
        Assert.Equal(0, (await second.TakeAsync("acme/sms", 0.5, 1, CancellationToken.None)).Granted);

        await first.ReturnAsync("acme/sms", 0.5, 1);

        Assert.Equal(1, (await second.TakeAsync("acme/sms", 0.5, 1, CancellationToken.None)).Granted);
    }

    [RedisFact]
    public async Task Lanes_do_not_share_a_rate()
    {
        var (first, second) = Open();

        Assert.Equal(1, (await first.TakeAsync("acme/sms", 1, 1, CancellationToken.None)).Granted);
        Assert.Equal(1, (await second.TakeAsync("acme/voice", 1, 1, CancellationToken.None)).Granted);
    }
}

public sealed class ProcessRateLimitsTests : RateLimitsContract
{
    protected override (IRateLimits First, IRateLimits Second) Open()
    {
        var limits = new ProcessRateLimits();
        return (limits, limits);
    }
}

[Collection("redis")]
public sealed class RedisRateLimitsTests(RedisFixture redis) : RateLimitsContract
{
    protected override (IRateLimits First, IRateLimits Second) Open()
    {
        var prefix = RedisFixture.NewPrefix();
        return (new RedisRateLimits(redis.Link(prefix), () => 0.5), new RedisRateLimits(redis.Link(prefix), () => 0.5));
    }

    [RedisFact]
    public async Task While_redis_is_away_each_keeps_to_its_share_and_says_so()
    {
        var link = redis.Link(RedisFixture.NewPrefix());
        var limits = new RedisRateLimits(link, () => 0.5);
        Assert.Equal(5, (await limits.TakeAsync("acme/sms", 100, 10, CancellationToken.None)).Granted);
        Assert.False(link.IsAway);

        await redis.Server.StopAsync();
        try
        {
            // A call's worth of half the rate.
            Assert.Equal(2, (await limits.TakeAsync("acme/sms", 100, 100, CancellationToken.None)).Granted);
            Assert.True(link.IsAway);
        }
        finally
        {
            await redis.Server.StartAgainAsync();
        }

        var patience = Stopwatch.StartNew();
        while (link.IsAway)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "Expected Redis to be found again, but it was not.");
            await limits.TakeAsync("acme/sms", 100, 1, CancellationToken.None);
        }
    }
}
