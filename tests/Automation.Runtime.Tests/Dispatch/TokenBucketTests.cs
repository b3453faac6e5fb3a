using Automation.Runtime.Dispatch;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class TokenBucketTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(200)]
    [InlineData(2_000)]
    public void No_second_sees_more_than_the_rate_even_the_first(int rate)
    {
        var bucket = new TokenBucket(rate, now: 0);
        var granted = new List<(double At, int Count)>();

        for (var now = 0; now < 5_000; now++)
        {
            granted.Add((now, bucket.Take(10_000, now).Granted));
        }

        Assert.Equal(rate, SimulatedDispatch.MostInASecond(granted));
    }

    [Fact]
    public void What_was_saved_up_while_nothing_came_is_half_a_second()
    {
        var bucket = new TokenBucket(100, now: 0);

        Assert.Equal(50, bucket.Take(1_000, 60_000).Granted);
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
        bucket.Take(50, 0);

        bucket.Return(4);

        Assert.Equal(4, bucket.Take(10, 0).Granted);
    }
}
