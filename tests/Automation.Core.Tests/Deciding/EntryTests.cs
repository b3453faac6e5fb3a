using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class EntryTests
{
    private static string Journey(string entry, string steps = """[{"id":"day","type":"wait","for":"1d"}]""") => $$"""
        {"key":"j","name":"J","trigger":{"on":"event","event":"order_paid"},"entry":{{entry}},"steps":{{steps}}}
        """;

    [Xunit.Fact]
    public void Once_lets_a_contact_in_a_single_time()
    {
        var story = Story.Of(Journey("""{"repeat":"once"}"""));

        story.Does("order_paid").Does("order_paid").Wait(Duration.FromDays(2)).Does("order_paid");

        Assert.Single(story.All<JourneyFact.Enrolled>());
        Assert.Equal([Reasons.AlreadyEnrolled, Reasons.EnteredBefore], story.All<JourneyFact.NotEnrolled>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void Always_lets_a_contact_in_again_once_the_last_enrollment_has_ended()
    {
        var story = Story.Of(Journey("""{"repeat":"always"}"""));

        story.Does("order_paid").Does("order_paid").Wait(Duration.FromDays(1)).Does("order_paid");

        Assert.Equal(2, story.All<JourneyFact.Enrolled>().Count());
        Assert.Equal([Reasons.AlreadyEnrolled], story.All<JourneyFact.NotEnrolled>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void After_counts_from_the_last_entry_and_opens_at_the_very_moment()
    {
        var story = Story.Of(Journey("""{"repeat":{"after":"30d"}}"""));
        var entered = story.Now;

        story.Does("order_paid");
        story.Until(entered + Duration.FromDays(30) - Duration.FromMilliseconds(1)).Does("order_paid");
        story.Until(entered + Duration.FromDays(30)).Does("order_paid");

        Assert.Equal(2, story.All<JourneyFact.Enrolled>().Count());
        Assert.Equal([Reasons.EnteredBefore], story.All<JourneyFact.NotEnrolled>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void Per_keeps_one_enrollment_for_each_value_and_several_at_a_time()
    {
        var story = Story.Of(Journey("""{"repeat":{"per":"event.order_id"}}"""));

        story.Does("order_paid", ("order_id", "a")).Does("order_paid", ("order_id", "b")).Does("order_paid", ("order_id", "a"));
        Assert.Equal(2, story.Contact.Enrollments.Length);
        story.Wait(Duration.FromDays(2)).Does("order_paid", ("order_id", "b")).Does("order_paid");

        Assert.Equal(["a", "b"], story.All<JourneyFact.Enrolled>().Select(fact => fact.Key));
        Assert.Equal(
            [Reasons.AlreadyEnrolled, Reasons.EnteredBefore, Reasons.TriggerNotMatched],
            story.All<JourneyFact.NotEnrolled>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void The_audience_is_asked_after_the_trigger_and_its_values_stand_in_the_fact()
    {
        var story = Story.Of(Journey("""
            {"repeat":"once","audience":{"combinator":"and","rules":[{"field":"contact.city","operator":"=","value":"上海"}]}}
            """));

        story.Knows(("city", "北京")).Does("order_paid").Knows(("city", "上海")).Does("order_paid");

        var refused = story.The<JourneyFact.NotEnrolled>();
        Assert.Equal(Reasons.AudienceNotMatched, refused.Reason);
        Assert.Equal(("contact.city", "上海", "北京"), (refused.Looked[0].Field, refused.Looked[0].Needed, refused.Looked[0].Was));
        Assert.Single(story.All<JourneyFact.Enrolled>());
    }

    [Xunit.Fact]
    public void Names_and_numbers_of_people_never_stand_in_facts_in_clear()
    {
        var story = Story.Of(Journey("""
            {"repeat":"once","audience":{"combinator":"and","rules":[{"field":"contact.name","operator":"=","value":"x"}]}}
            """));

        story.Knows(("name", "王小明")).Does("order_paid");

        Assert.Equal("•••", story.The<JourneyFact.NotEnrolled>().Looked[0].Was);
    }

    [Xunit.Fact]
    public void An_event_older_than_a_day_counts_in_the_history_and_starts_nothing()
    {
        var story = Story.Of(Journey("""{"repeat":"once"}"""));

        story.DoesAt(story.Now - Duration.FromDays(365), "order_paid");

        Assert.Equal(Reasons.TooLate, story.The<ContactFact.EventTooLate>().Reason);
        Assert.Equal(Reasons.TooLate, story.The<JourneyFact.NotEnrolled>().Reason);
        Assert.Equal(1, story.Contact.Histories[0].Count);
    }

    [Xunit.Fact]
    public void A_holdout_of_everybody_keeps_everybody_out()
    {
        var story = Story.Of(Journey("""{"repeat":"once","holdout_percent":100}"""));

        story.Does("order_paid");

        Assert.Equal(Reasons.HeldOut, story.The<JourneyFact.NotEnrolled>().Reason);
    }

    [Xunit.Fact]
    public void Imported_history_counts_and_decides_nothing()
    {
        var story = Story.Of(Journey("""{"repeat":"once"}"""));

        story.Send(new ContactEvent("m", EventType.Track, "order_paid", story.Now, story.Now, PropertyBag.Empty, [], History: true));

        Assert.Empty(story.Facts);
        Assert.Equal(1, story.Contact.Histories[0].Count);
    }
}
