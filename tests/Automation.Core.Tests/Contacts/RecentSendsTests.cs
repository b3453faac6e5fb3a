using System.Collections.Immutable;
using Automation.Core.Contacts;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Contacts;

public sealed class RecentSendsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void However_much_goes_out_on_one_channel_the_others_are_remembered()
    {
        var sends = Sends([], "sms", 3, Noon);
        sends = Sends(sends, "webhook", RecentSends.CountMax + 50, Noon + Duration.FromMinutes(1));

        Assert.Equal(3, RecentSends.CountWithin(sends, "sms", Noon + Duration.FromHours(2), Duration.FromDays(1)));
        Assert.Equal(RecentSends.CountMax + 3, sends.Length);
    }

    [Fact]
    public void Of_one_channel_the_newest_are_remembered()
    {
        var sends = Sends([], "sms", RecentSends.CountMax + 2, Noon);

        Assert.Equal(RecentSends.CountMax, sends.Length);
        Assert.Equal(Noon + Duration.FromSeconds(2), sends[0].At);
    }

    [Fact]
    public void What_is_too_old_for_any_cap_is_forgotten()
    {
        var sends = Sends(Sends([], "sms", 2, Noon), "wecom", 1, Noon + RecentSends.AgeMax);

        Assert.Equal([Noon + Duration.FromSeconds(1), Noon + RecentSends.AgeMax], sends.Select(send => send.At));
    }

    [Fact]
    public void Two_that_turn_out_to_be_one_remember_what_both_sent()
    {
        var one = Sends(Sends([], "sms", 2, Noon), "webhook", RecentSends.CountMax, Noon + Duration.FromMinutes(1));
        var other = Sends(Sends([], "sms", 1, Noon), "webhook", RecentSends.CountMax, Noon + Duration.FromMinutes(1));

        var both = RecentSends.Merge(one, other);

        Assert.Equal(3, both.Count(send => send.Channel == "sms"));
        Assert.Equal(RecentSends.CountMax, both.Count(send => send.Channel == "webhook"));
        Assert.Equal(both.OrderBy(send => send.At), both);
    }

    private static ImmutableArray<RecentSend> Sends(ImmutableArray<RecentSend> sends, string channel, int count, Instant from)
    {
        for (var i = 0; i < count; i++)
        {
            sends = RecentSends.Add(sends, new RecentSend(from + Duration.FromSeconds(i), channel, new Guid(i, 0, 0, new byte[8])));
        }
        return sends;
    }
}
