using Automation.Core.Deciding;
using Automation.Core.Journeys;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class PublishingTests
{
    private static string Journey(string wait, string steps = "") => $$"""
        {"key":"j","name":"J","trigger":{"on":"event","event":"go"},"entry":{"repeat":"always"},
         "steps":[{"id":"w","type":"wait","for":"{{wait}}","next":"x"},{{steps}}{"id":"x","type":"exit","reason":"{{wait}}"}]}
        """;

    private static JourneySetSource Publish(JourneySetSource source, string journey) => source with
    {
        Journeys = [.. source.Journeys.Select(version => version with { Current = false }), new JourneyVersion(Story.Journey(journey), 2, true)],
    };

    [Xunit.Fact]
    public void Who_stays_finishes_on_the_version_it_entered()
    {
        var story = Story.Of(Journey("2d")).Does("go").Republish(source => Publish(source, Journey("5d")));

        story.Give(new Command.ChangeVersion("ann", "j", 2, InFlightChoice.Stay)).Wait(Duration.FromDays(2));

        Assert.Equal("2d", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void Who_moves_keeps_its_moment_and_goes_on_in_the_new_version()
    {
        var story = Story.Of(Journey("2d")).Does("go").Republish(source => Publish(source, Journey("5d")));

        story.Give(new Command.ChangeVersion("ann", "j", 2, InFlightChoice.Move)).Wait(Duration.FromDays(2));

        Assert.Equal((1, 2, "ann"), (story.The<StepFact.Moved>().FromVersion, story.The<StepFact.Moved>().Version, story.The<StepFact.Moved>().Actor));
        Assert.Equal("5d", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void Who_cannot_move_because_its_step_is_gone_stays_and_the_ledger_says_so()
    {
        var gone = Journey("5d").Replace("\"w\"", "\"v\"", StringComparison.Ordinal);
        var story = Story.Of(Journey("2d")).Does("go").Republish(source => Publish(source, gone));

        story.Give(new Command.ChangeVersion("ann", "j", 2, InFlightChoice.Move)).Wait(Duration.FromDays(2));

        Assert.Equal(Reasons.StepGone, story.The<ContactFact.StimulusRejected>().Reason);
        Assert.Equal("2d", story.The<StepFact.Exited>().Reason);
    }

    [Xunit.Fact]
    public void Who_exits_is_out_at_once()
    {
        var story = Story.Of(Journey("2d")).Does("go").Republish(source => Publish(source, Journey("5d")));

        story.Give(new Command.ChangeVersion("ann", "j", 2, InFlightChoice.Exit));

        Assert.Equal(Reasons.VersionExited, story.The<StepFact.Exited>().Reason);
    }

    private static JourneySetSource Pause(JourneySetSource source, JourneyPause? pause) => source with
    {
        Journeys = [.. source.Journeys.Select(version => version with { Pause = pause })],
    };

    [Xunit.Theory]
    [InlineData(PauseTime.KeepsCounting, "2026-03-12T10:00+08:00", "2026-03-12T11:00+08:00")]
    [InlineData(PauseTime.StandsStill, "2026-03-12T10:00+08:00", "2026-03-13T10:00+08:00")]
    public void A_pause_holds_what_comes_due_and_resuming_lets_it_go(PauseTime time, string resumedAt, string expected)
    {
        // Enrolled on the 2nd for two days, paused after one, resumed on the 12th with the release spread to 11:00.
        var story = Story.Of(Journey("2d")).Does("go").Wait(Duration.FromDays(1));
        var pausedAt = story.Now;
        story.Republish(source => Pause(source, new JourneyPause(pausedAt, time)));

        story.Until(resumedAt);
        Assert.Empty(story.All<StepFact.Exited>());
        story.Republish(source => Pause(source, null));
        story.Give(new Command.Release("ann", "j", pausedAt, time == PauseTime.StandsStill, Story.Time("2026-03-12T11:00+08:00")));
        story.Until(Story.Time(expected) - Duration.FromMilliseconds(1));
        Assert.Empty(story.All<StepFact.Exited>());
        story.Until(expected);

        Assert.Single(story.All<StepFact.Exited>());
    }

    [Xunit.Fact]
    public void Nobody_enters_a_paused_journey()
    {
        var story = Story.Of(Journey("2d")).Republish(source => Pause(source, new JourneyPause(Story.Time("2026-03-01T00:00+08:00"), PauseTime.KeepsCounting)));

        story.Does("go");

        Assert.Equal(Reasons.JourneyPaused, story.The<JourneyFact.NotEnrolled>().Reason);
    }

    [Xunit.Fact]
    public void A_message_that_is_out_when_the_journey_pauses_gets_its_outcome_and_the_next_step_waits()
    {
        var story = Story.WithVendor("""
            {"key":"j","name":"J","trigger":{"on":"event","event":"go"},
             "steps":[{"id":"m","type":"send","channel":"sms","template":"hello","next":"x"},{"id":"x","type":"exit"}]}
            """).Knows(("phone", "+8613800138000")).Does("go");
        var pausedAt = story.Now;
        story.Republish(source => Pause(source, new JourneyPause(pausedAt, PauseTime.KeepsCounting)));

        story.Reports(OutcomeKind.Sent).Wait(Duration.FromDays(1));
        Assert.Equal("x", story.The<StepFact.Held>().Step);
        story.Republish(source => Pause(source, null)).Give(new Command.Release("ann", "j", pausedAt, false, story.Now)).Wait(Duration.FromSeconds(1));

        Assert.Equal(Reasons.ExitStep, story.The<StepFact.Exited>().Reason);
    }
}
