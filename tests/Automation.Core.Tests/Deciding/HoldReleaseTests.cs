using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

/// <summary>A message that waited under a person's hold is decided anew when it is let go: hours may have passed.</summary>
public sealed class HoldReleaseTests
{
    private static string Journey(string send) => $$"""
        {"key":"j","name":"J","trigger":{"on":"event","event":"go"},"entry":{"repeat":"always"},
         "steps":[{"id":"m","type":"send",{{send}},"next":"done"},{"id":"done","type":"exit","reason":"done"}]}
        """;

    private static readonly string Sms = Journey("\"channel\":\"sms\",\"template\":\"hello\"");

    private static readonly string Chain = Journey(
        "\"channel\":\"wecom\",\"template\":\"hello-wecom\",\"fallback\":[{\"channel\":\"sms\",\"template\":\"hello\",\"after\":\"4h\"}]");

    private static readonly WorkspaceSettings Night = Story.Settings with
    {
        QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)),
    };

    private static Story Of(string journey, WorkspaceSettings? settings = null) =>
        Story.WithVendor(journey, settings).Knows(("phone", "+8613800138000"), ("external_user_id", "w-1"));

    [Xunit.Fact]
    public void It_goes_under_the_next_attempt()
    {
        var story = Of(Sms).Does("go").Wait(Duration.FromHours(2)).Reports(OutcomeKind.Released).Wait(Duration.Zero);

        Assert.Equal((Reasons.HoldReleased, 2), (story.The<StepFact.RetryScheduled>().Reason, story.The<StepFact.RetryScheduled>().Attempt));
        Assert.Equal(2, Assert.Single(story.Effects.OfType<Effect.ResendMessage>()).Attempt);
        Assert.Equal(Story.Bytes(story.Rebuilt()), Story.Bytes(story.Contact));
    }

    [Xunit.Fact]
    public void A_second_release_of_the_same_attempt_changes_nothing()
    {
        var story = Of(Sms).Does("go").Wait(Duration.FromHours(2));
        var id = story.Messages[0].Message;
        void Release() => story.Give(new Stimulus.OutcomeReported(new MessageOutcome(id, OutcomeKind.Released, story.Now, Attempt: 1)));

        Release();
        Release();
        story.Wait(Duration.Zero);
        Release();

        Assert.Single(story.Effects.OfType<Effect.ResendMessage>());
        Assert.Equal(2, story.All<ContactFact.StimulusRejected>().Count());
    }

    [Xunit.Fact]
    public void A_release_in_quiet_hours_waits_for_the_morning()
    {
        var story = Of(Sms, Night).Does("go").Until("2026-03-02T22:00+08:00").Reports(OutcomeKind.Released);

        story.Until("2026-03-03T08:59+08:00");
        Assert.Empty(story.Effects.OfType<Effect.ResendMessage>());
        story.Until("2026-03-03T09:00+08:00");

        Assert.Single(story.Effects.OfType<Effect.ResendMessage>());
    }

    [Xunit.Fact]
    public void Where_quiet_hours_drop_it_is_dropped_and_its_contact_goes_on()
    {
        var dropping = Night with { QuietHours = Night.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), false)) };

        var story = Of(Sms, dropping).Does("go").Until("2026-03-02T22:00+08:00").Reports(OutcomeKind.Released);

        Assert.Equal(Reasons.QuietHours, story.The<StepFact.MessageFailed>().Reason);
        Assert.Equal("done", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void A_cap_counts_what_was_held_when_it_goes_and_not_when_it_was_decided()
    {
        var capped = Story.Settings with { Caps = [new FrequencyCap("sms", 1, Duration.FromDays(1))] };
        var story = Of(Sms.Replace("\"repeat\":\"always\"", "\"per\":\"event.n\"", StringComparison.Ordinal), capped)
            .Does("go", ("n", 1L)).Wait(Duration.FromDays(2)).Does("go", ("n", 2L));
        Assert.Equal(2, story.Messages.Count);

        story.Wait(Duration.FromHours(1)).Reports(OutcomeKind.Released, message: 0).Reports(OutcomeKind.Released, message: 1).Wait(Duration.Zero);
        Assert.Equal(Reasons.FrequencyCap, story.The<StepFact.MessageFailed>().Reason);
        Assert.Equal(story.Messages[1].Message, Assert.Single(story.Effects.OfType<Effect.ResendMessage>()).Message);
        story.Wait(Duration.FromHours(23)).Does("go", ("n", 3L));

        // A day after the second was decided, but not yet a day after it went.
        Assert.Equal(Reasons.FrequencyCap, story.The<StepFact.MessageSuppressed>().Reason);
    }

    [Xunit.Fact]
    public void A_message_whose_fallback_was_tried_meanwhile_is_one_too_many()
    {
        var story = Of(Chain).Does("go").Wait(Duration.FromHours(5));
        Assert.Equal(["wecom", "sms"], story.Messages.Select(message => message.Channel));

        story.Reports(OutcomeKind.Released, message: 0).Wait(Duration.Zero);

        Assert.Equal(Reasons.Superseded, story.The<StepFact.MessageFailed>().Reason);
        Assert.Empty(story.Effects.OfType<Effect.ResendMessage>());
        Assert.Equal(story.Messages[1].Message, Assert.Single(story.Contact.Messages).Id);
    }

    [Xunit.Theory]
    [InlineData("sms", 0)]
    [InlineData("wecom", 1)]
    public void A_no_takes_back_what_was_decided_and_still_waits(string channel, int left)
    {
        var story = Of(Sms).Does("go");

        story.Knows(("consent", PropertyBag.Of((channel, false))));

        Assert.Equal(left, story.Contact.Messages.Length);
        Assert.Equal(1 - left, story.Effects.OfType<Effect.CancelMessage>().Count());
        Assert.Equal(left == 0 ? [Reasons.NoConsent] : [], story.All<StepFact.MessageFailed>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void A_no_leaves_alone_what_its_vendor_has()
    {
        var story = Of(Chain).Does("go").Reports(OutcomeKind.Sent);

        story.Knows(("consent", PropertyBag.Of(("wecom", false))));

        Assert.Equal(MessageStatus.Sent, Assert.Single(story.Contact.Messages).Status);
    }
}
