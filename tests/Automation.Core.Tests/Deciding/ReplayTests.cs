using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

/// <summary>A failed message is sent once more at a person's word: once, under a new id, and after the gates of now.</summary>
public sealed class ReplayTests
{
    private const string OnFailure = "\"on_failure\":\"stuck\",";

    private static readonly WorkspaceSettings Night = Story.Settings with
    {
        QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)),
    };

    private static string Journey(string send, string onFailure = "") => $$"""
        {"key":"j","name":"J","trigger":{"on":"event","event":"go"},"entry":{"repeat":"always"},
         "steps":[{"id":"m","type":"send",{{send}},{{onFailure}}"next":"done"},{"id":"done","type":"exit","reason":"done"}]}
        """;

    private static readonly string Sms = Journey("\"channel\":\"sms\",\"template\":\"hello\"");

    private static readonly string Chain = Journey(
        "\"channel\":\"wecom\",\"template\":\"hello-wecom\",\"fallback\":[{\"channel\":\"sms\",\"template\":\"hello\",\"after\":\"4h\"}]");

    private static Story Failed(string journey, WorkspaceSettings? settings = null) =>
        Story.WithVendor(journey, settings).Knows(("phone", "+8613800138000"), ("external_user_id", "w-1"))
            .Does("go").Reports(OutcomeKind.Failed, Reasons.BadAddress);

    private static Command.ReplayMessage Asked(Story story, int message = 0)
    {
        var failed = story.Messages[message];
        return new Command.ReplayMessage(
            "user:ann", failed.Message, failed.Journey, failed.Version, failed.Ordinal, failed.Step, failed.Channel, failed.Account, failed.Template,
            failed.IsCall, failed.AddressType, failed.Content, "the numbers are mended");
    }

    [Xunit.Fact]
    public void It_goes_as_a_new_message_with_the_same_content_that_names_the_failed_one()
    {
        var story = Failed(Sms);

        story.Give(Asked(story));

        var (old, again, fact) = (story.Messages[0], story.Messages[1], story.The<StepFact.MessageReplayed>());
        Assert.NotEqual(old.Message, again.Message);
        Assert.Equal((old.Address, old.Content), (again.Address, again.Content));
        Assert.Equal((again.Message, old.Message, "user:ann", "the numbers are mended"), (fact.Message, fact.Failed, fact.Actor, fact.Reason));
        Assert.Equal(Story.Bytes(story.Rebuilt()), Story.Bytes(story.Contact));
    }

    [Xunit.Fact]
    public void The_same_failed_message_is_never_replayed_twice_not_even_after_the_second_one_has_its_last_word()
    {
        var story = Failed(Sms);
        story.Give(Asked(story));
        story.Give(Asked(story));
        story.Reports(OutcomeKind.Delivered);
        story.Give(Asked(story));

        Assert.Equal(2, story.Messages.Count);
        Assert.Equal([Reasons.AlreadyReplayed, Reasons.AlreadyReplayed], story.All<ContactFact.StimulusRejected>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void Who_said_no_meanwhile_gets_nothing_and_may_be_asked_again_later()
    {
        var story = Failed(Sms).Give(new Command.ChangeConsent("user:bob", "sms", false, "form"));
        story.Give(Asked(story));

        Assert.Single(story.Messages);
        Assert.Equal(Reasons.NoConsent, story.The<StepFact.ReplayRefused>().Reason);

        story.Wait(Duration.FromHours(1)).Give(new Command.ChangeConsent("user:bob", "sms", true, "form"));
        story.Give(Asked(story));
        Assert.Equal(2, story.Messages.Count);
    }

    [Xunit.Fact]
    public void In_quiet_hours_it_waits_for_the_morning()
    {
        var story = Failed(Sms, Night).Until("2026-03-02T22:00+08:00");
        story.Give(Asked(story));
        story.Until("2026-03-03T08:59+08:00");
        Assert.Empty(story.Effects.OfType<Effect.ResendMessage>());

        story.Until("2026-03-03T09:00+08:00");

        Assert.Equal((story.Messages[1].Message, 2), (story.Effects.OfType<Effect.ResendMessage>().Single().Message, story.Effects.OfType<Effect.ResendMessage>().Single().Attempt));
    }

    [Xunit.Fact]
    public void Where_another_way_was_tried_it_would_be_one_message_too_many()
    {
        var story = Failed(Chain);

        story.Give(Asked(story));

        Assert.Equal(Reasons.Superseded, story.The<StepFact.ReplayRefused>().Reason);
        Assert.Equal(2, story.Messages.Count);
    }

    [Xunit.Fact]
    public void Who_is_stuck_over_the_failed_message_goes_on_with_the_new_one()
    {
        var story = Failed(Journey("\"channel\":\"sms\",\"template\":\"hello\"", OnFailure));
        Assert.Equal(EnrollmentStatus.Stuck, Assert.Single(story.Contact.Enrollments).Status);

        story.Give(Asked(story));
        Assert.Equal(EnrollmentStatus.AwaitingOutcome, Assert.Single(story.Contact.Enrollments).Status);
        story.Reports(OutcomeKind.Delivered);

        Assert.Empty(story.Contact.Enrollments);
    }

    [Xunit.Fact]
    public void Who_went_on_stays_where_they_are()
    {
        var story = Failed("""
            {"key":"j","name":"J","trigger":{"on":"event","event":"go"},"entry":{"repeat":"always"},
             "steps":[{"id":"m","type":"send","channel":"sms","template":"hello","next":"w"},{"id":"w","type":"wait","for":"5d"}]}
            """);
        var before = Assert.Single(story.Contact.Enrollments);

        story.Give(Asked(story));
        story.Reports(OutcomeKind.Delivered);

        var after = Assert.Single(story.Contact.Enrollments);
        Assert.Equal((before.Step, before.Status, before.WakeAt), (after.Step, after.Status, after.WakeAt));
    }
}
