using Automation.Runtime.Dispatch;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class TokenBucketTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(200)]
    [InlineData(2_000)]
    public void No_second_sees_more_than_the_rate_whoever_enters_it(int rate)
    {
        var bucket = new TokenBucket(rate, now: 0);
        var entered = new List<(double At, int Count)>();

        for (var now = 0; now < 5_000; now++)
        {
            while (bucket.Enter(1, now).Wait == TimeSpan.Zero)
            {
                entered.Add((now, 1));
            }
        }

        Assert.Equal(rate, SimulatedDispatch.MostInASecond(entered));
    }

    [Fact]
    public void Whoever_finds_the_second_full_is_told_when_there_is_room_for_all_of_a_call()
    {
        var bucket = new TokenBucket(100, now: 0);
        bucket.Enter(30, 0);
        bucket.Enter(30, 100);
        bucket.Enter(40, 200);

        var wait = bucket.Enter(50, 500).Wait;

        Assert.Equal(RatePolicy.Window + 100 - 500, wait.TotalMilliseconds);
        Assert.Equal(TimeSpan.Zero, bucket.Enter(50, 500 + wait.TotalMilliseconds).Wait);
    }

    [Fact]
    public void Messages_that_came_late_leave_the_second_late()
    {
        var bucket = new TokenBucket(10, now: 0);
        var entry = bucket.Enter(10, 0);

        bucket.Late(entry.Id, 300);

        Assert.Equal(300, bucket.Enter(1, RatePolicy.Window).Wait.TotalMilliseconds);
        Assert.Equal(TimeSpan.Zero, bucket.Enter(1, RatePolicy.Window + 300).Wait);
    }

    [Fact]
    public void A_call_of_a_few_waits_until_there_are_enough_to_be_worth_it()
    {
        var bucket = new TokenBucket(2_000, now: 0);
        while (bucket.Take(1, 0).Granted > 0)
        {
        }

        Assert.Equal(0, bucket.Take(500, 10).Granted);
        Assert.Equal(100, bucket.Take(500, 52).Granted);
        Assert.Equal(1, bucket.Take(1, 52).Granted);
    }

    [Fact]
    public void What_was_saved_up_while_nothing_came_is_half_a_second()
    {
        var bucket = new TokenBucket(100, now: 0);
        var granted = 0;

        while (bucket.Take(1, 60_000).Granted is var more and > 0)
        {
            granted += more;
        }

        Assert.Equal(50, granted);
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
        while (bucket.Take(1, 0).Granted > 0)
        {
        }

        bucket.Return(4);

        Assert.Equal(4, bucket.Take(4, 0).Granted);
        Assert.Equal(0, bucket.Take(1, 0).Granted);
    }
}
