using Automation.Runtime.Dispatch;
using NodaTime;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class InquiryTimesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_message_is_asked_about_once_at_each_age_however_often_it_is_looked(int everySeconds)
    {
        var claimed = Given.Noon;
        var ages = new List<Duration>();
        var last = claimed - Duration.FromSeconds(3);

        for (var now = last; now < claimed + Duration.FromDays(4);)
        {
            now += Duration.FromSeconds(everySeconds);
            if (InquiryTimes.Due(last, now).Count(stretch => stretch.After < claimed && claimed <= stretch.Until) is > 0 and var times)
            {
                Assert.Equal(1, times);
                ages.Add(now - claimed);
            }
            last = now;
        }

        Assert.Equal(InquiryTimes.Times, ages.Count);
        for (var i = 0; i < ages.Count; i++)
        {
            Assert.InRange(ages[i], Duration.FromSeconds(10L << i), Duration.FromSeconds((10L << i) + everySeconds));
        }
    }

    [Fact]
    public void After_a_long_pause_each_message_whose_time_came_is_asked_about_once()
    {
        var now = Given.Noon;
        var stretches = InquiryTimes.Due(now - Duration.FromHours(6), now).ToList();

        for (var minutes = 1; minutes < 60 * 60; minutes++)
        {
            var claimed = now - Duration.FromMinutes(minutes);
            var times = stretches.Count(stretch => stretch.After < claimed && claimed <= stretch.Until);
            Assert.InRange(times, minutes < 6 * 60 ? 1 : 0, 1);
        }
    }

    [Fact]
    public void A_new_process_asks_about_everything_of_three_days()
    {
        Assert.Equal([(Given.Noon - Duration.FromDays(3), Given.Noon)], InquiryTimes.Due(null, Given.Noon));
    }

    [Fact]
    public void Who_waits_for_a_persons_word_is_asked_about_every_quarter_of_an_hour()
    {
        var claimed = Given.Noon;
        var asked = new List<Duration>();
        var last = claimed - Duration.FromSeconds(3);

        for (var now = last; now < claimed + Duration.FromHours(4);)
        {
            now += Duration.FromSeconds(5);
            if (InquiryTimes.OfPersons(last, now) is { } open && open.After < claimed && claimed <= open.Until)
            {
                asked.Add(now - claimed);
            }
            last = now;
        }

        Assert.Equal(15, asked.Count);
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.Equal(Duration.FromMinutes(15), pair.Second - pair.First));
        Assert.NotNull(InquiryTimes.OfPersons(null, claimed));
    }
}
