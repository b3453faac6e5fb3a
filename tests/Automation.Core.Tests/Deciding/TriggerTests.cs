using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class TriggerTests
{
    private static string Journey(string trigger, string entry = """{"repeat":"always"}""", string more = "") => $$"""
        {"key":"j","name":"J","trigger":{{trigger}},"entry":{{entry}},{{more}}"steps":[{"id":"end","type":"exit"}]}
        """;

    [Xunit.Fact]
    public void An_event_that_does_not_match_says_what_was_needed_and_what_was()
    {
        var story = Story.Of(Journey("""
            {"on":"event","event":"order_paid","where":{"combinator":"and","rules":[{"field":"event.amount","operator":">=","value":100}]}}
            """));

        story.Does("order_paid", ("amount", 80L)).Does("order_paid", ("amount", 100L)).Does("page");

        var refused = story.The<JourneyFact.NotEnrolled>();
        Assert.Equal((Reasons.TriggerNotMatched, 80L), (refused.Reason, refused.Looked[0].Was));
        Assert.Single(story.All<JourneyFact.Enrolled>());
    }

    [Xunit.Fact]
    public void The_first_purchase_is_the_first_with_the_event_at_hand_included()
    {
        var story = Story.Of(Journey("""{"on":"event","event":"order_paid","occurrence":1}"""));

        story.Does("order_paid").Does("order_paid");

        Assert.Single(story.All<JourneyFact.Enrolled>());
        Assert.Equal(2L, story.The<JourneyFact.NotEnrolled>().Looked[^1].Was);
    }

    [Xunit.Fact]
    public void Dormancy_fires_at_the_exact_moment_and_each_activity_pushes_it_back()
    {
        var story = Story.Of(Journey("""{"on":"dormant","for":"30d"}"""));

        story.Does("order_paid").Wait(Duration.FromDays(29)).Does("order_paid");
        var last = story.Now;
        story.Until(last + Duration.FromDays(30) - Duration.FromMilliseconds(1));
        Assert.Empty(story.Facts);
        story.Until(last + Duration.FromDays(30));

        Assert.Equal(last + Duration.FromDays(30), story.The<JourneyFact.Enrolled>().EnrolledAt);
        story.Wait(Duration.FromDays(300));
        Assert.Single(story.All<JourneyFact.Enrolled>());
        story.Does("order_paid").Wait(Duration.FromDays(30));
        Assert.Equal(2, story.All<JourneyFact.Enrolled>().Count());
    }

    [Xunit.Fact]
    public void An_activity_at_the_very_deadline_comes_before_it()
    {
        var story = Story.Of(Journey("""{"on":"dormant","for":"30d","activity":["order_paid"]}"""));
        story.Does("order_paid");
        var deadline = story.Now + Duration.FromDays(30);

        story.Until(deadline - Duration.FromMilliseconds(1));
        story.Does("page");
        story.DoesAtDeadline(deadline, "order_paid");

        Assert.Empty(story.All<JourneyFact.Enrolled>());
        story.Until(deadline + Duration.FromDays(30));
        Assert.Single(story.All<JourneyFact.Enrolled>());
    }

    [Xunit.Fact]
    public void A_contact_who_never_acted_is_dormant_from_first_seen()
    {
        var story = Story.Of(Journey("""{"on":"dormant","for":"7d","activity":["order_paid"]}"""));
        story.Knows(("city", "上海"));

        story.Wait(Duration.FromDays(7));

        Assert.Single(story.All<JourneyFact.Enrolled>());
    }

    [Xunit.Fact]
    public void Those_dormant_before_publication_enter_only_when_they_count()
    {
        foreach (var count in new[] { true, false })
        {
            var story = Story.Of();
            story.Does("order_paid").Wait(Duration.FromDays(60));
            story.Republish(source => source with
            {
                Journeys =
                [
                    new JourneyVersion(
                        Story.Journey(Journey("""{"on":"dormant","for":"30d"}""")), 1, true, PublishedAt: story.Now, CountExisting: count),
                ],
            });

            story.Give(new Stimulus.Swept("j", count)).Wait(Duration.FromSeconds(1));

            Assert.Equal(count ? 1 : 0, story.All<JourneyFact.Enrolled>().Count());
        }
    }

    [Xunit.Fact]
    public void An_abandoned_cart_fires_unless_the_order_comes_in_time()
    {
        var trigger = """{"on":"not_done","did":"cart_added","but_not":"order_paid","within":"2h"}""";
        var abandoned = Story.Of(Journey(trigger));
        var bought = Story.Of(Journey(trigger));

        abandoned.Does("cart_added", ("sku", "s-1")).Wait(Duration.FromHours(3));
        bought.Does("cart_added");
        bought.DoesAtDeadline(bought.Now + Duration.FromHours(2), "order_paid").Wait(Duration.FromHours(3));

        Assert.Equal("trigger_armed enrolled trigger_fired exited", abandoned.Kinds);
        Assert.Equal("trigger_armed trigger_disarmed", bought.Kinds);
    }

    [Xunit.Fact]
    public void A_not_done_enrollment_knows_the_event_that_armed_it()
    {
        var story = Story.Of("""
            {"key":"j","name":"J","trigger":{"on":"not_done","did":"cart_added","but_not":"order_paid","within":"2h"},
             "steps":[{"id":"b","type":"branch","branches":[{"name":"dear","when":{"combinator":"and","rules":[{"field":"event.amount","operator":">","value":100}]}}]}]}
            """);

        story.Does("cart_added", ("amount", 500L)).Wait(Duration.FromHours(2));

        Assert.Equal("dear", story.The<StepFact.BranchTaken>().Branch);
    }

    [Xunit.Fact]
    public void A_tag_that_comes_or_goes_fires_once_whoever_changed_it()
    {
        var story = Story.Of(Journey("""{"on":"tag","tag":"vip","change":"added"}"""));

        story.Give(new Command.ChangeTags("ann", ["vip"], [])).Give(new Command.ChangeTags("ann", ["vip"], []))
            .Knows(("tags", Array.Empty<object?>()));
        story.Knows(("tags", new object?[] { "vip" }));

        Assert.Equal(2, story.All<JourneyFact.Enrolled>().Count());
    }

    [Xunit.Fact]
    public void Entering_and_leaving_a_segment_by_time_alone_needs_no_event()
    {
        var rule = new RuleGroup(Combinator.And, false, [new Rule("history.order_paid.count", ">=", 2L, Duration.FromDays(7))]);
        var source = Story.Source(Story.Settings,
        [
            Journey("""{"on":"segment","segment":"busy","change":"left"}"""),
            Journey("""{"on":"segment","segment":"busy","change":"entered"}""").Replace("\"j\"", "\"k\"", StringComparison.Ordinal),
        ]);
        var story = Story.Of(source with { Segments = [new Segment("busy", "Busy", rule)] });
        var first = story.Now;

        story.Does("order_paid").Wait(Duration.FromDays(1)).Does("order_paid");
        Assert.Equal(["k"], story.All<JourneyFact.Enrolled>().Select(fact => fact.Journey));
        story.Until(first + Duration.FromDays(7) - Duration.FromMilliseconds(1));
        Assert.Single(story.All<JourneyFact.Enrolled>());
        story.Until(first + Duration.FromDays(7));

        Assert.Equal(["k", "j"], story.All<JourneyFact.Enrolled>().Select(fact => fact.Journey));
    }

    [Xunit.Fact]
    public void A_birthday_comes_every_year_at_its_hour_in_the_contacts_zone()
    {
        var story = Story.Of(Journey("""{"on":"date","attribute":"birthday","offset":"-3d","at":"09:00","yearly":true}"""));

        story.Knows(("birthday", "1990-03-10"), ("time_zone", "America/New_York")).Until("2028-04-01T00:00+08:00");

        Assert.Equal(
            [Story.Time("2026-03-07T09:00-05:00"), Story.Time("2027-03-07T09:00-05:00"), Story.Time("2028-03-07T09:00-05:00")],
            story.All<JourneyFact.Enrolled>().Select(fact => fact.EnrolledAt));
    }

    [Xunit.Fact]
    public void The_29th_of_February_falls_on_the_28th_in_common_years()
    {
        var story = Story.Of(Journey("""{"on":"date","attribute":"birthday","at":"09:00","yearly":true}"""));

        story.Knows(("birthday", "2000-02-29")).Until("2028-03-01T00:00+08:00");

        Assert.Equal(
            [Story.Time("2027-02-28T09:00+08:00"), Story.Time("2028-02-29T09:00+08:00")],
            story.All<JourneyFact.Enrolled>().Select(fact => fact.EnrolledAt));
    }

    [Xunit.Fact]
    public void A_date_learned_long_after_it_passed_is_too_late_this_year_and_comes_next_year()
    {
        var story = Story.Of(Journey("""{"on":"date","attribute":"birthday","at":"09:00","yearly":true}"""));

        story.Does("page").Until("2026-06-01T12:00+08:00").Knows(("birthday", "1990-05-01")).Until("2027-06-01T00:00+08:00");

        Assert.Equal(Reasons.TooLate, story.The<JourneyFact.NotEnrolled>().Reason);
        Assert.Equal(Story.Time("2027-05-01T09:00+08:00"), story.The<JourneyFact.Enrolled>().EnrolledAt);
    }

    [Xunit.Fact]
    public void A_keyword_is_found_whatever_its_case_and_the_message_stays_out_of_the_fact()
    {
        var story = Story.Of(Journey("""{"on":"keyword","keywords":["福利","VIP"],"match":"contains","channel":"wecom"}"""));

        story.Does("message_received", ("text", "我想要vip，电话13800138000"), ("channel", "wecom"))
            .Does("message_received", ("text", "福利"), ("channel", "sms"))
            .Does("message_received", ("text", "hello"), ("channel", "wecom"));

        var enrolled = story.The<JourneyFact.Enrolled>();
        Assert.Equal("VIP", enrolled.Looked[^1].Was);
        Assert.Equal(2, story.All<JourneyFact.NotEnrolled>().Count());
        Assert.DoesNotContain("138", string.Concat(story.Facts), StringComparison.Ordinal);
    }

    [Xunit.Fact]
    public void A_calendar_asks_each_contact_once_for_each_time_it_fired()
    {
        var story = Story.Of(Journey("""{"on":"schedule","cron":"0 9 * * 1"}"""));
        var fired = new Stimulus.ScheduleFired("j", story.Now);

        story.Give(fired).Give(fired).Wait(Duration.FromDays(7)).Give(new Stimulus.ScheduleFired("j", story.Now));

        Assert.Equal(2, story.All<JourneyFact.Enrolled>().Count());
    }

    [Xunit.Fact]
    public void By_hand_the_trigger_is_not_asked_but_the_entry_rules_are()
    {
        var story = Story.Of(Journey("""{"on":"manual"}""", """{"repeat":"once"}"""));
        var enroll = new Command.Enroll("ann", "j", PropertyBag.Of(("coupon", "C-1")));

        story.Give(enroll).Give(enroll).Give(enroll with { Journey = "nope" });

        Assert.Equal("ann", story.The<JourneyFact.Enrolled>().Actor);
        Assert.Equal(Reasons.EnteredBefore, story.The<JourneyFact.NotEnrolled>().Reason);
        Assert.Equal(Reasons.UnknownJourney, story.The<ContactFact.StimulusRejected>().Reason);
    }
}
