using Automation.Runtime.Live;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Redis.Tests;

/// <summary>What every live feed keeps.</summary>
public abstract class LiveFeedContract
{
    private static readonly CounterKey Enrolled = new("welcome", 1, "", "enrolled");

    /// <summary>The feed as two processes see it, or one process twice, each with what passes its second on.</summary>
    protected abstract ((ILiveFeed Feed, Func<ValueTask> PassOn) First, (ILiveFeed Feed, Func<ValueTask> PassOn) Second) Open();

    [RedisFact]
    public async Task What_happens_in_one_process_is_seen_in_the_other_and_added_up_by_the_minute()
    {
        var ((first, passOn), (second, _)) = Open();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var following = second.FollowAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        var next = following.MoveNextAsync();
        // Following begins with the first question; a second from before it is nobody's.
        await SeenAsync(first, passOn, next, patience.Token);

        Assert.Equal(3, following.Current.Counters[Enrolled]);
        var minutes = await second.RecentAsync(5, patience.Token);
        Assert.Equal(0, minutes.Sum(minute => minute.Counters[Enrolled]) % 3);
        Assert.NotEmpty(minutes);
    }

    private static async Task SeenAsync(ILiveFeed feed, Func<ValueTask> passOn, ValueTask<bool> next, CancellationToken cancellation)
    {
        var seen = next.AsTask();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!seen.IsCompleted)
        {
            feed.Happened(new Dictionary<CounterKey, long> { [Enrolled] = 2 });
            feed.Happened(new Dictionary<CounterKey, long> { [Enrolled] = 1 });
            await passOn();
            await pause.WaitForNextTickAsync(cancellation);
        }
        Assert.True(await seen);
    }
}

public sealed class LiveFeedTests : LiveFeedContract
{
    protected override ((ILiveFeed Feed, Func<ValueTask> PassOn) First, (ILiveFeed Feed, Func<ValueTask> PassOn) Second) Open()
    {
        var feed = new LiveFeed(SystemClock.Instance);
        return ((feed, feed.PassOnAsync), (feed, feed.PassOnAsync));
    }
}

[Collection("redis")]
public sealed class RedisLiveFeedTests(RedisFixture redis) : LiveFeedContract
{
    protected override ((ILiveFeed Feed, Func<ValueTask> PassOn) First, (ILiveFeed Feed, Func<ValueTask> PassOn) Second) Open()
    {
        var prefix = RedisFixture.NewPrefix();
        var first = new RedisLiveFeed(redis.Link(prefix), SystemClock.Instance);
        var second = new RedisLiveFeed(redis.Link(prefix), SystemClock.Instance);
        return ((first, first.PassOnAsync), (second, second.PassOnAsync));
    }
}
