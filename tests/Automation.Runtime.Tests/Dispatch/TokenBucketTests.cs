using Automation.Runtime.Dispatch;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class TokenBucketTests
{
    [Fact]
    public void No_second_sees_more_than_a_tenth_over_the_rate()
    {
        var bucket = new TokenBucket(100, now: 0);
        var granted = 0;

        for (var now = 0; now < 1_000; now++)
        {
            granted += bucket.Take(1_000, now).Granted;
        }

        Assert.InRange(granted, 95, 110);
    }

    [Fact]
    public void Who_gets_none_is_told_how_long_to_wait()
    {
        var bucket = new TokenBucket(0.5, now: 0);
        Assert.Equal(1, bucket.Take(5, 0).Granted);

        var (none, wait) = bucket.Take(5, 100);

        Assert.Equal(0, none);
        Assert.Equal(1, bucket.Take(5, 100 + wait.TotalMilliseconds).Granted);
    }

    [Fact]
    public void What_is_returned_may_be_taken_again()
    {
        var bucket = new TokenBucket(100, now: 0);
        bucket.Take(10, 0);

        bucket.Return(4);

        Assert.Equal(4, bucket.Take(10, 0).Granted);
    }
}
