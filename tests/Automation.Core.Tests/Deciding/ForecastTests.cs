using Automation.Core.Journeys;
using Automation.Core.Triggers;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class ForecastTests
{
    private static string Journey(string trigger, string entry = """{"repeat":"once"}""") => $$"""
        {"key":"j","name":"J","trigger":{{trigger}},"entry":{{entry}},"steps":[{"id":"wait","type":"wait","for":"1d"}]}
        """;

    private static Prospect Of(Story story, string journey) => new Forecast(story.Journeys, Story.Journey(journey), story.Now).Of(story.Contact);

    [Xunit.Fact]
    public void Who_is_dormant_matches_already_and_who_will_be_within_a_day_enters_soon()
    {
        var story = Story.Of().Does("order_paid").Wait(Duration.FromDays(10));

        Assert.Equal(Prospect.Already, Of(story, Journey("""{"on":"dormant","for":"10d"}""")));
        Assert.Equal(Prospect.Soon, Of(story, Journey("""{"on":"dormant","for":"11d"}""")));
        Assert.Equal(Prospect.None, Of(story, Journey("""{"on":"dormant","for":"12d"}""")));
    }

    [Xunit.Fact]
    public void A_date_of_the_next_day_enters_soon_and_none_of_the_past_matches_already()
    {
        var story = Story.Of();
        story.Knows(("birthday", "1990-03-03"));

        Assert.Equal(Prospect.Soon, Of(story, Journey("""{"on":"date","attribute":"birthday","yearly":true,"at":"09:00"}""")));
        Assert.Equal(Prospect.None, Of(story, Journey("""{"on":"date","attribute":"birthday","yearly":true,"at":"11:00"}""")));
        Assert.Equal(Prospect.None, Of(story, Journey("""{"on":"date","attribute":"birthday","at":"09:00"}""")));
    }

    [Xunit.Fact]
    public void An_event_counts_where_it_came_within_the_last_day()
    {
        var story = Story.Of().Does("order_paid").Wait(Duration.FromDays(2)).Does("order_paid");

        Assert.Equal(Prospect.Soon, Of(story, Journey("""{"on":"event","event":"order_paid"}""")));
        Assert.Equal(Prospect.None, Of(story, Journey("""{"on":"event","event":"order_paid","occurrence":1}""")));
        Assert.Equal(Prospect.None, Of(story, Journey("""{"on":"event","event":"cart_left"}""")));
    }

    [Xunit.Fact]
    public void The_audience_and_the_entry_rule_are_asked_as_they_will_be()
    {
        const string dormant = """{"on":"dormant","for":"1d"}""";
        var story = Story.Of(Journey("""{"on":"event","event":"order_paid"}""")).Does("order_paid").Wait(Duration.FromDays(2));

        Assert.Equal(Prospect.None, Of(story, Journey(dormant)));
        Assert.Equal(Prospect.Already, Of(story, Journey(dormant, """{"repeat":"always"}""")));
        Assert.Equal(Prospect.None, Of(story, Journey(
            dormant, """{"repeat":"always","audience":{"combinator":"and","rules":[{"field":"contact.city","operator":"=","value":"x"}]}}""")));
    }

    [Xunit.Fact]
    public void What_a_calendar_starts_is_not_known()
    {
        Assert.False(new Forecast(JourneySet.Empty, Story.Journey(Journey("""{"on":"schedule","cron":"0 9 * * 1"}""")), Instant.MinValue).IsKnown);
        Assert.True(new Forecast(JourneySet.Empty, Story.Journey(Journey("""{"on":"dormant","for":"1d"}""")), Instant.MinValue).IsKnown);
    }
}
