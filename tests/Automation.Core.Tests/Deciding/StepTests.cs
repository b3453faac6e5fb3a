using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class StepTests
{
    private static string Journey(string steps, string more = "", string key = "j", string on = "go") => $$"""
        {"key":"{{key}}","name":"J","trigger":{"on":"event","event":"{{on}}"},"entry":{"repeat":"always"},{{more}}"steps":[{{steps}}]}
        """;

    [Xunit.Fact]
    public void A_wait_counts_from_the_time_of_the_event_and_ends_at_its_moment()
    {
        var story = Story.Of(Journey("""{"id":"w","type":"wait","for":"24h","next":"x"},{"id":"x","type":"exit"}"""));
        var occurred = story.Now - Duration.FromHours(2);

        story.DoesAt(occurred, "go").Until(occurred + Duration.FromHours(24) - Duration.FromMilliseconds(1));
        Assert.Equal("enrolled wait_started", story.Kinds);
        story.Until(occurred + Duration.FromHours(24));

        Assert.Equal("enrolled wait_started wait_ended exited", story.Kinds);
    }

    [Xunit.Theory]
    [InlineData("""{"time":"10:00"}""", "2026-03-02T10:00+08:00")]
    [InlineData("""{"time":"09:59"}""", "2026-03-03T09:59+08:00")]
    [InlineData("""{"time":"09:00","days":["sat","sun"]}""", "2026-03-07T09:00+08:00")]
    [InlineData("""{"time":"09:00","days":["mon"]}""", "2026-03-09T09:00+08:00")]
    [InlineData("""{"date":"contact.expires_on","offset":"-3d","time":"09:00"}""", "2026-03-28T09:00+08:00")]
    [InlineData("""{"date":"contact.unknown"}""", "2026-03-02T10:00+08:00")]
    public void A_wait_until_finds_its_moment_in_the_contacts_zone(string until, string expected)
    {
        var story = Story.Of(Journey($$"""{"id":"w","type":"wait","until":{{until}}}"""));

        story.Knows(("expires_on", "2026-03-31")).Does("go");

        Assert.Equal(Story.Time(expected), story.The<StepFact.WaitStarted>().Until);
    }

    [Xunit.Fact]
    public void A_daily_loop_comes_back_once_a_day()
    {
        var story = Story.Of(Journey("""
            {"id":"w","type":"wait","until":{"time":"10:00"},"next":"u"},{"id":"u","type":"update","set":{"seen":1},"next":"w"}
            """));

        story.Does("go").Wait(Duration.FromDays(3));

        Assert.Equal(4, story.All<StepFact.ContactUpdated>().Count());
        Assert.Empty(story.All<StepFact.Stuck>());
    }

    [Xunit.Fact]
    public void A_wait_for_goes_on_with_its_event_and_otherwise_with_time()
    {
        var steps = """
            {"id":"w","type":"wait_for","event":"order_paid","where":{"combinator":"and","rules":[{"field":"event.amount","operator":">","value":10}]},"timeout":"2d","next":"yes","otherwise":"no"},
            {"id":"yes","type":"exit","reason":"bought"},{"id":"no","type":"exit","reason":"slept"}
            """;
        var bought = Story.Of(Journey(steps));
        var slept = Story.Of(Journey(steps));

        bought.Does("go").Does("order_paid", ("amount", 5L));
        bought.DoesAtDeadlineWith(bought.Now + Duration.FromDays(2), "order_paid", ("amount", 50L));
        slept.Does("go").Wait(Duration.FromDays(2));

        Assert.Equal("bought", bought.The<StepFact.Exited>().Reason);
        Assert.Equal("slept", slept.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void The_event_that_enrolled_satisfies_neither_exit_nor_wait_for_nor_goal()
    {
        var story = Story.Of(Journey(
            """{"id":"w","type":"wait_for","event":"go","timeout":"2d"}""",
            "\"exit\":[{\"event\":\"go\"}],\"goal\":{\"event\":\"go\"},"));

        story.Does("go");
        Assert.Single(story.Contact.Enrollments);
        Assert.Empty(story.All<JourneyFact.GoalReached>());
        story.Does("go");

        Assert.Equal(Reasons.ExitRule, story.The<StepFact.Exited>().Reason);
        Assert.Single(story.All<JourneyFact.GoalReached>());
    }

    [Xunit.Fact]
    public void A_branch_keeps_every_value_it_looked_at()
    {
        var story = Story.Of(Journey("""
            {"id":"b","type":"branch","branches":[
              {"name":"vip","when":{"combinator":"and","rules":[{"field":"contact.level","operator":"=","value":"vip"}]},"next":"x"},
              {"name":"rich","when":{"combinator":"and","rules":[{"field":"event.amount","operator":">=","value":100}]},"next":"x"}]},
            {"id":"x","type":"exit"}
            """));

        story.Does("go", ("amount", 250L));

        var taken = story.The<StepFact.BranchTaken>();
        Assert.Equal("rich", taken.Branch);
        Assert.Equal(["contact.level", "event.amount"], taken.Looked.Select(value => value.Field));
        Assert.Equal([false, true], taken.Looked.Select(value => value.Matched));
    }

    [Xunit.Fact]
    public void A_missing_value_matches_nothing_and_the_contact_takes_the_other_way()
    {
        var story = Story.Of(Journey("""
            {"id":"b","type":"branch","branches":[{"name":"not-vip","when":{"combinator":"and","rules":[{"field":"contact.level","operator":"!=","value":"vip"}]},"next":"x"}],"otherwise":"x"},
            {"id":"x","type":"exit"}
            """));

        story.Does("go");

        Assert.Equal("otherwise", story.The<StepFact.BranchTaken>().Branch);
    }

    [Xunit.Fact]
    public void A_split_deals_by_weight_and_always_the_same_to_the_same_contact()
    {
        var steps = """{"id":"s","type":"split","variants":[{"name":"a","weight":3},{"name":"b","weight":1}]}""";
        var drawn = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0 };
        for (var i = 0; i < 400; i++)
        {
            var story = Story.Of(Journey(steps));
            var person = new Identity(Identity.UserId, $"user-{i}");
            for (var again = 0; again < 2; again++)
            {
                story.Send(new ContactEvent($"m-{again}", EventType.Track, "go", story.Now, story.Now, PropertyBag.Empty, [person]));
            }
            Assert.Single(story.All<StepFact.VariantDrawn>().Select(fact => fact.Variant).Distinct());
            drawn[story.All<StepFact.VariantDrawn>().First().Variant]++;
        }

        Assert.InRange(drawn["a"], 270, 330);
    }

    [Xunit.Fact]
    public void A_split_holdout_goes_the_way_and_gets_no_message()
    {
        var story = Story.Of(Journey("""
            {"id":"s","type":"split","variants":[{"name":"control","weight":1,"holdout":true,"next":"m"}]},
            {"id":"m","type":"send","channel":"sms","template":"hello"}
            """));

        story.Knows(("phone", "+8613800138000")).Does("go");

        Assert.Equal(Reasons.HeldOut, story.The<StepFact.MessageSuppressed>().Reason);
        Assert.Single(story.All<StepFact.Completed>());
    }

    [Xunit.Fact]
    public void An_update_changes_attributes_and_tags_for_the_steps_behind_it()
    {
        var story = Story.Of(Journey("""
            {"id":"u","type":"update","set":{"level":"vip","visits":3},"unset":["city"],"add_tags":["hot"],"remove_tags":["cold"],"next":"b"},
            {"id":"b","type":"branch","branches":[{"name":"vip","when":{"combinator":"and","rules":[{"field":"contact.level","operator":"=","value":"vip"},{"field":"tags","operator":"contains","value":"hot"}]}}]}
            """));

        story.Knows(("city", "上海"), ("tags", new object?[] { "cold" })).Does("go");

        Assert.Equal("vip", story.The<StepFact.BranchTaken>().Branch);
        Assert.Equal("hot", Assert.Single(story.Contact.Tags));
        Assert.False(story.Contact.Attributes.ContainsKey("city"));
    }

    [Xunit.Fact]
    public void An_emitted_event_starts_other_journeys_and_a_ring_of_them_ends()
    {
        var story = Story.Of(
            Journey("""{"id":"e","type":"emit","event":"pong","properties":{"n":1}}""", key: "a", on: "ping"),
            Journey("""{"id":"e","type":"emit","event":"ping","properties":{"n":1}}""", key: "b", on: "pong"));

        story.Does("ping");

        Assert.Equal(Automation.Core.Steps.Emit.EmitStep.DepthMax, story.All<StepFact.EventEmitted>().Count());
        Assert.Equal(Reasons.EmitDepth, story.The<StepFact.Stuck>().Reason);
        Assert.Equal(story.All<StepFact.EventEmitted>().Count(), story.All<StepFact.EventEmitted>().Select(fact => fact.EventId).Distinct().Count());
    }

    [Xunit.Fact]
    public void A_calls_answer_is_there_for_later_steps()
    {
        var story = Story.WithVendor(Journey("""
            {"id":"c","type":"call","account":"sandbox","content":{"want":"coupon"},"timeout":"10s","on_failure":{"next":"sorry"},"next":"b"},
            {"id":"b","type":"branch","branches":[{"name":"has","when":{"combinator":"and","rules":[{"field":"steps.c.code","operator":"=","value":"C-1"}]}}]},
            {"id":"sorry","type":"exit","reason":"no coupon"}
            """));

        story.Does("go").Reports(OutcomeKind.Sent, response: PropertyBag.Of(("code", "C-1")));
        Assert.Equal("has", story.The<StepFact.BranchTaken>().Branch);
        story.Does("go").Wait(Duration.FromSeconds(10));

        Assert.Equal("no coupon", story.The<StepFact.Exited>().Reason);
        Assert.Equal(Reasons.TimedOut, story.The<StepFact.MessageFailed>().Reason);
    }

    [Xunit.Fact]
    public void A_goal_counts_until_its_deadline_inclusive_even_after_the_journey_is_over()
    {
        var journey = Journey("""{"id":"x","type":"exit"}""", "\"goal\":{\"event\":\"order_paid\",\"within\":\"7d\",\"value\":\"amount\"},");
        var inTime = Story.Of(journey);
        var late = Story.Of(journey);

        inTime.Does("go");
        inTime.DoesAtDeadlineWith(inTime.Now + Duration.FromDays(7), "order_paid", ("amount", 88.80m)).Does("order_paid", ("amount", 1L));
        late.Does("go").Wait(Duration.FromDays(7)).Does("order_paid");

        Assert.Equal(88.80m, inTime.The<JourneyFact.GoalReached>().Value);
        Assert.Single(late.All<JourneyFact.GoalMissed>());
        Assert.Empty(late.All<JourneyFact.GoalReached>());
    }

    [Xunit.Fact]
    public void An_exit_rule_ends_a_wait_at_once()
    {
        var story = Story.Of(Journey("""{"id":"w","type":"wait","for":"30d"}""", "\"exit\":[{\"event\":\"order_paid\"}],"));

        story.Does("go").Wait(Duration.FromDays(1)).Does("order_paid");

        Assert.Equal((Reasons.ExitRule, "w"), (story.The<StepFact.Exited>().Reason, story.The<StepFact.Exited>().Step));
        Assert.Empty(story.Contact.Enrollments);
        Assert.Null(NextDue.Of(story.Journeys, story.Contact, story.Now));
    }

    [Xunit.Fact]
    public void A_loop_through_a_wait_that_is_always_over_stops_at_the_bound()
    {
        var story = Story.Of(Journey("""
            {"id":"w","type":"wait","until":{"date":"contact.past"},"next":"u"},{"id":"u","type":"update","set":{"a":1},"next":"w"}
            """));

        story.Knows(("past", "2020-01-01")).Does("go");

        Assert.Equal(Reasons.StepLimit, story.The<StepFact.Stuck>().Reason);
    }
}
