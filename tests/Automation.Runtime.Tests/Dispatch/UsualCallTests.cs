using Automation.Runtime.Dispatch;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class UsualCallTests
{
    [Fact]
    public void Calls_that_vary_are_late_by_little_on_the_average()
    {
        var (calls, random, late) = (new UsualCall(), new Random(1), 0.0);

        for (var i = 0; i < 2_000; i++)
        {
            late += calls.Late(TimeSpan.FromMilliseconds(random.Next(50, 500)), i * 50).TotalMilliseconds;
        }

        Assert.InRange(late / 2_000, 2, 15);
    }

    [Fact]
    public void A_slow_vendor_is_usual_after_half_a_minute()
    {
        var calls = new UsualCall();
        Assert.InRange(Send(calls, from: 0, seconds: 60, milliseconds: 5), 0, 5);

        Assert.InRange(Send(calls, from: 60_000, seconds: 1, milliseconds: 1_000), 990, 1_000);
        Send(calls, from: 61_000, seconds: 30, milliseconds: 1_000);

        Assert.InRange(Send(calls, from: 91_000, seconds: 1, milliseconds: 1_000), 0, 5);
    }

    [Fact]
    public void A_standstill_is_not_usual_however_many_calls_were_under_way()
    {
        var calls = new UsualCall();
        Send(calls, from: 0, seconds: 60, milliseconds: 5);

        for (var i = 0; i < 2_000; i++)
        {
            Assert.InRange(calls.Late(TimeSpan.FromMilliseconds(700), 60_700 + (i * 0.1)).TotalMilliseconds, 690, 700);
        }
    }

    /// <returns>How late the last one was, in milliseconds.</returns>
    private static double Send(UsualCall calls, double from, int seconds, double milliseconds)
    {
        var late = 0.0;
        for (var i = 0; i < seconds * 20; i++)
        {
            late = calls.Late(TimeSpan.FromMilliseconds(milliseconds), from + (i * 50)).TotalMilliseconds;
        }
        return late;
    }
}
