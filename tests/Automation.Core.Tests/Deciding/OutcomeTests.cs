using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class OutcomeTests
{
    private static string Journey(string send) => $$"""
        {"key":"j","name":"J","trigger":{"on":"event","event":"go"},"entry":{"repeat":"always"},"exit":[{"event":"bye"}],
         "steps":[{"id":"m","type":"send",{{send}},"next":"done"},{"id":"done","type":"exit","reason":"done"}]}
        """;

    private static readonly string Sms = Journey("\"channel\":\"sms\",\"template\":\"hello\"");

    private static readonly string Chain = Journey(
        "\"channel\":\"wecom\",\"template\":\"hello-wecom\",\"fallback\":[{\"channel\":\"sms\",\"template\":\"hello\",\"after\":\"4h\"}]");

    private static Story Of(string journey) =>
        Story.WithVendor(journey).Knows(("phone", "+8613800138000"), ("external_user_id", "w-1"));

    [Xunit.Fact]
    public void A_sent_message_moves_its_contact_on_and_its_receipt_is_noted_later()
    {
        var story = Of(Sms).Does("go");
        Assert.Single(story.Contact.Enrollments);

        story.Reports(OutcomeKind.Sent);
        Assert.Equal("done", story.The<StepFact.Exited>().Reason);
        story.Wait(Duration.FromMinutes(1)).Reports(OutcomeKind.Delivered);

        Assert.Single(story.All<StepFact.MessageDelivered>());
        Assert.Empty(story.Contact.Messages);
    }

    [Xunit.Fact]
    public void A_stage_of_the_way_is_known_once_and_can_be_branched_on()
    {
        var story = Of(Chain).Does("go").Reports(OutcomeKind.Sent);
        var message = story.Contact.Messages[0].Id;
        void Comes(string stage) => story.Give(new Stimulus.OutcomeReported(new MessageOutcome(message, OutcomeKind.Progressed, story.Now, Code: stage)));

        Comes("waiting_for_member");
        Comes("waiting_for_member");
        Comes("reminded");

        Assert.Equal(["waiting_for_member", "reminded"], story.All<StepFact.MessageProgressed>().Select(fact => fact.Stage));
        Assert.Equal("reminded", StepResults.Find(story.Contact.Enrollments[0], "m")!.Find("stage"));
        story.Reports(OutcomeKind.Delivered);
        Assert.Equal("done", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void An_outcome_that_comes_twice_changes_nothing_and_says_so()
    {
        var story = Of(Sms).Does("go").Reports(OutcomeKind.Sent).Reports(OutcomeKind.Delivered);
        var before = Story.Bytes(story.Contact);

        story.Reports(OutcomeKind.Delivered).Reports(OutcomeKind.Sent);

        Assert.Equal(before, Story.Bytes(story.Contact));
        Assert.Equal([Reasons.UnknownMessage, Reasons.UnknownMessage], story.All<ContactFact.StimulusRejected>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void A_refusal_for_now_is_tried_again_later_and_later_with_the_same_id()
    {
        var story = Of(Sms).Does("go");
        var id = Assert.Single(story.Messages).Message;
        var delays = new List<Duration>();

        for (var i = 0; i < 5; i++)
        {
            var failedAt = story.Now;
            story.Reports(OutcomeKind.Failed, Reasons.RetryLater);
            delays.Add(story.All<StepFact.RetryScheduled>().Last().At - failedAt);
            story.Until(story.All<StepFact.RetryScheduled>().Last().At);
        }
        story.Reports(OutcomeKind.Failed, Reasons.RetryLater);

        Assert.Equal(delays.Order(), delays);
        Assert.All(story.Effects.OfType<Effect.ResendMessage>(), resend => Assert.Equal(id, resend.Message));
        Assert.Equal([2, 3, 4, 5, 6], story.Effects.OfType<Effect.ResendMessage>().Select(resend => resend.Attempt));
        Assert.Equal(Reasons.AttemptsExhausted, story.The<StepFact.MessageFailed>().Reason);
        Assert.Equal("done", story.The<StepFact.Exited>().Reason);
        Assert.Empty(story.Contact.RecentSends);
    }

    [Xunit.Fact]
    public void Bad_news_of_an_attempt_that_a_later_one_replaced_changes_nothing()
    {
        var story = Of(Sms).Does("go");
        var id = Assert.Single(story.Messages).Message;
        var refusal = new MessageOutcome(id, OutcomeKind.Failed, story.Now, Reason: Reasons.RetryLater, Attempt: 1);
        story.Give(new Stimulus.OutcomeReported(refusal)).Until(story.The<StepFact.RetryScheduled>().At);
        var before = Story.Bytes(story.Contact);

        story.Give(new Stimulus.OutcomeReported(refusal));

        Assert.Equal(before, Story.Bytes(story.Contact));
        Assert.Equal(Reasons.MessageSettled, story.The<ContactFact.StimulusRejected>().Reason);
        Assert.Equal([2], story.Effects.OfType<Effect.ResendMessage>().Select(resend => resend.Attempt));
    }

    [Xunit.Fact]
    public void The_vendors_wish_for_the_next_try_is_followed()
    {
        var story = Of(Sms).Does("go");

        story.Give(new Stimulus.OutcomeReported(new MessageOutcome(
            story.Messages[0].Message, OutcomeKind.Failed, story.Now, Reason: Reasons.RetryLater, RetryAfter: Duration.FromMinutes(7))));

        Assert.Equal(story.Now + Duration.FromMinutes(7), story.The<StepFact.RetryScheduled>().At);
    }

    [Xunit.Theory]
    [InlineData("continue", "done", null)]
    [InlineData("exit", Reasons.StepFailed, null)]
    [InlineData("stuck", null, Reasons.StepFailed)]
    public void A_failure_policy_decides_where_the_contact_goes(string policy, string? exit, string? stuck)
    {
        var story = Of(Journey($"\"channel\":\"sms\",\"template\":\"hello\",\"on_failure\":\"{policy}\"")).Does("go");

        story.Reports(OutcomeKind.Failed, Reasons.BadAddress);

        Assert.Equal(exit, story.All<StepFact.Exited>().SingleOrDefault()?.Reason);
        Assert.Equal(stuck, story.All<StepFact.Stuck>().SingleOrDefault()?.Reason);
    }

    [Xunit.Fact]
    public void A_wrong_configuration_is_tried_again_and_then_waits_for_a_person()
    {
        var story = Of(Sms).Does("go");
        var first = story.Messages[0].Message;
        for (var attempt = 1; attempt < 6; attempt++)
        {
            story.Reports(OutcomeKind.Failed, Reasons.FixConfiguration).Wait(Duration.FromHours(8));
            Assert.Equal(attempt, story.Effects.OfType<Effect.ResendMessage>().Count());
        }

        story.Reports(OutcomeKind.Failed, Reasons.FixConfiguration);
        Assert.Equal(Reasons.FixConfiguration, story.Contact.Enrollments[0].StuckReason);

        story.Give(new Command.RetryStep("ann", "j", story.Contact.Enrollments[0].Ordinal)).Reports(OutcomeKind.Sent);

        Assert.NotEqual(first, story.Messages[1].Message);
        Assert.Equal("done", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void An_unknown_outcome_is_neither_repeated_nor_given_up()
    {
        var story = Of(Sms).Does("go").Reports(OutcomeKind.Unknown);

        story.Wait(Duration.FromDays(30));
        Assert.Single(story.Messages);
        Assert.Equal(Reasons.UnknownOutcome, story.Contact.Enrollments[0].StuckReason);
        story.Give(new Stimulus.OutcomeReported(new MessageOutcome(story.Messages[0].Message, OutcomeKind.Sent, story.Now, Actor: "ann")));

        Assert.Equal("done", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void A_fallback_goes_when_its_time_is_up_and_a_late_success_calls_it_off()
    {
        var story = Of(Chain).Does("go").Reports(OutcomeKind.Sent);
        Assert.Single(story.Contact.Enrollments);

        story.Wait(Duration.FromHours(4));
        Assert.Equal(["wecom", "sms"], story.Messages.Select(message => message.Channel));
        story.Reports(OutcomeKind.Delivered, message: 0);

        Assert.Contains(story.Effects, effect => effect is Effect.CancelMessage cancel && cancel.Message == story.Messages[1].Message);
        Assert.Equal(Reasons.Superseded, story.The<StepFact.MessageFailed>().Reason);
        Assert.Equal("done", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void A_way_that_fails_hands_over_at_once()
    {
        var story = Of(Chain).Does("go").Reports(OutcomeKind.Failed, Reasons.BadAddress);

        Assert.Equal(["wecom", "sms"], story.Messages.Select(message => message.Channel));
        Assert.Equal(2, story.Messages.Select(message => message.Message).Distinct().Count());
    }

    [Xunit.Fact]
    public void A_way_that_is_refused_for_want_of_an_address_hands_over_at_once()
    {
        var story = Story.WithVendor(Chain).Knows(("phone", "+8613800138000")).Does("go");

        Assert.Equal(Reasons.NoAddress, story.The<StepFact.MessageSuppressed>().Reason);
        Assert.Equal("sms", Assert.Single(story.Messages).Channel);
    }

    [Xunit.Fact]
    public void Leaving_the_journey_takes_back_what_is_still_in_the_outbox()
    {
        var story = Of(Sms).Does("go").Does("bye");

        Assert.Contains(story.Effects, effect => effect is Effect.CancelMessage);
        Assert.Equal(Reasons.ExitRule, story.The<StepFact.MessageFailed>().Reason);
        Assert.Equal(Reasons.ExitRule, story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void A_message_that_quiet_hours_caught_in_the_outbox_goes_when_they_end()
    {
        var settings = Story.Settings with
        {
            QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)),
        };
        var story = Story.WithVendor(Sms, settings).Knows(("phone", "+8613800138000")).Until("2026-03-02T20:59+08:00").Does("go");

        story.Until("2026-03-02T21:05+08:00").Reports(OutcomeKind.Expired);
        story.Until("2026-03-03T08:59+08:00");
        Assert.DoesNotContain(story.Effects, effect => effect is Effect.ResendMessage);
        story.Until("2026-03-03T09:00+08:00");

        Assert.Equal(1, Assert.Single(story.Effects.OfType<Effect.ResendMessage>()).Attempt);
    }

    [Xunit.Fact]
    public void A_retry_in_quiet_hours_waits_for_their_end_and_one_without_consent_is_given_up()
    {
        var settings = Story.Settings with
        {
            QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)),
        };
        var story = Story.WithVendor(Sms, settings).Knows(("phone", "+8613800138000")).Until("2026-03-02T20:59+08:00").Does("go");

        story.Give(new Stimulus.OutcomeReported(new MessageOutcome(
            story.Messages[0].Message, OutcomeKind.Failed, story.Now, Reason: Reasons.RetryLater, RetryAfter: Duration.FromMinutes(5))));
        story.Until("2026-03-03T08:00+08:00");
        Assert.Empty(story.Effects.OfType<Effect.ResendMessage>());
        story.Knows(("consent", PropertyBag.Of(("sms", false)))).Until("2026-03-03T10:00+08:00");

        Assert.Empty(story.Effects.OfType<Effect.ResendMessage>());
        Assert.Equal(Reasons.NoConsent, story.The<StepFact.MessageFailed>().Reason);
    }
}
