using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

/// <summary>Every (status, stimulus) pair appears once, with its answer: the kinds of the facts, in order; a dash where nothing is to say.</summary>
public sealed class StatusStimulusTableTests
{
    private const string Journey = """
        {"key":"j","name":"J","trigger":{"on":"manual"},"entry":{"repeat":"always"},"exit":[{"event":"bye"}],"steps":[{{first}},{"id":"x","type":"exit"}]}
        """;

    private const string Wait = """{"id":"s","type":"wait","for":"1d","next":"x"}""";
    private const string WaitFor = """{"id":"s","type":"wait_for","event":"paid","timeout":"1d","next":"x","otherwise":"x"}""";
    private const string Send = """{"id":"s","type":"send","channel":"sms","template":"hello","on_failure":"stuck","next":"x"}""";

    public static TheoryData<string, string, string> Table => new()
    {
        // status             stimulus          facts
        { "None",             "event",          "-" },
        { "None",             "exit_event",     "-" },
        { "None",             "timer",          "-" },
        { "None",             "sent",           "stimulus_rejected" },
        { "None",             "failed",         "stimulus_rejected" },
        { "None",             "unknown",        "stimulus_rejected" },
        { "None",             "enroll",         "enrolled wait_started" },
        { "None",             "end",            "stimulus_rejected" },
        { "None",             "retry",          "stimulus_rejected" },
        { "None",             "skip",           "stimulus_rejected" },
        { "None",             "move",           "-" },
        { "None",             "release",        "-" },
        { "None",             "schedule",       "stimulus_rejected" },
        { "None",             "sweep",          "-" },

        { "Waiting",          "event",          "-" },
        { "Waiting",          "exit_event",     "exited" },
        { "Waiting",          "timer",          "wait_ended exited" },
        { "Waiting",          "sent",           "stimulus_rejected" },
        { "Waiting",          "failed",         "stimulus_rejected" },
        { "Waiting",          "unknown",        "stimulus_rejected" },
        { "Waiting",          "enroll",         "not_enrolled" },
        { "Waiting",          "end",            "exited" },
        { "Waiting",          "retry",          "stimulus_rejected" },
        { "Waiting",          "skip",           "unstuck exited" },
        { "Waiting",          "move",           "moved" },
        { "Waiting",          "release",        "-" },
        { "Waiting",          "schedule",       "stimulus_rejected" },
        { "Waiting",          "sweep",          "-" },

        { "WaitingForEvent",  "event",          "wait_ended exited" },
        { "WaitingForEvent",  "exit_event",     "exited" },
        { "WaitingForEvent",  "timer",          "wait_ended exited" },
        { "WaitingForEvent",  "sent",           "stimulus_rejected" },
        { "WaitingForEvent",  "failed",         "stimulus_rejected" },
        { "WaitingForEvent",  "unknown",        "stimulus_rejected" },
        { "WaitingForEvent",  "enroll",         "not_enrolled" },
        { "WaitingForEvent",  "end",            "exited" },
        { "WaitingForEvent",  "retry",          "stimulus_rejected" },
        { "WaitingForEvent",  "skip",           "unstuck exited" },
        { "WaitingForEvent",  "move",           "moved" },
        { "WaitingForEvent",  "release",        "-" },
        { "WaitingForEvent",  "schedule",       "stimulus_rejected" },
        { "WaitingForEvent",  "sweep",          "-" },

        { "Postponed",        "event",          "-" },
        { "Postponed",        "exit_event",     "exited" },
        { "Postponed",        "timer",          "message_queued" },
        { "Postponed",        "sent",           "stimulus_rejected" },
        { "Postponed",        "failed",         "stimulus_rejected" },
        { "Postponed",        "unknown",        "stimulus_rejected" },
        { "Postponed",        "enroll",         "not_enrolled" },
        { "Postponed",        "end",            "exited" },
        { "Postponed",        "retry",          "stimulus_rejected" },
        { "Postponed",        "skip",           "unstuck exited" },
        { "Postponed",        "move",           "moved" },
        { "Postponed",        "release",        "-" },
        { "Postponed",        "schedule",       "stimulus_rejected" },
        { "Postponed",        "sweep",          "-" },

        { "AwaitingOutcome",  "event",          "-" },
        { "AwaitingOutcome",  "exit_event",     "message_failed exited" },
        { "AwaitingOutcome",  "timer",          "-" },
        { "AwaitingOutcome",  "sent",           "message_sent exited" },
        { "AwaitingOutcome",  "failed",         "message_failed stuck" },
        { "AwaitingOutcome",  "unknown",        "message_unknown stuck" },
        { "AwaitingOutcome",  "enroll",         "not_enrolled" },
        { "AwaitingOutcome",  "end",            "message_failed exited" },
        { "AwaitingOutcome",  "retry",          "stimulus_rejected" },
        { "AwaitingOutcome",  "skip",           "message_failed unstuck exited" },
        { "AwaitingOutcome",  "move",           "moved" },
        { "AwaitingOutcome",  "release",        "-" },
        { "AwaitingOutcome",  "schedule",       "stimulus_rejected" },
        { "AwaitingOutcome",  "sweep",          "-" },

        { "Stuck",            "event",          "-" },
        { "Stuck",            "exit_event",     "exited" },
        { "Stuck",            "timer",          "-" },
        { "Stuck",            "sent",           "stimulus_rejected" },
        { "Stuck",            "failed",         "stimulus_rejected" },
        { "Stuck",            "unknown",        "stimulus_rejected" },
        { "Stuck",            "enroll",         "not_enrolled" },
        { "Stuck",            "end",            "exited" },
        { "Stuck",            "retry",          "unstuck message_queued" },
        { "Stuck",            "skip",           "unstuck exited" },
        { "Stuck",            "move",           "moved" },
        { "Stuck",            "release",        "-" },
        { "Stuck",            "schedule",       "stimulus_rejected" },
        { "Stuck",            "sweep",          "-" },

        { "Held",             "event",          "-" },
        { "Held",             "exit_event",     "exited" },
        { "Held",             "timer",          "-" },
        { "Held",             "sent",           "stimulus_rejected" },
        { "Held",             "failed",         "stimulus_rejected" },
        { "Held",             "unknown",        "stimulus_rejected" },
        { "Held",             "enroll",         "not_enrolled" },
        { "Held",             "end",            "exited" },
        { "Held",             "retry",          "stimulus_rejected" },
        { "Held",             "skip",           "unstuck held" },
        { "Held",             "move",           "moved" },
        { "Held",             "release",        "released" },
        { "Held",             "schedule",       "stimulus_rejected" },
        { "Held",             "sweep",          "-" },
    };

    [Xunit.Theory]
    [MemberData(nameof(Table))]
    public void Every_status_answers_every_stimulus(string status, string stimulus, string facts)
    {
        var story = Standing(status);
        var ordinal = story.Contact.Enrollments.IsEmpty ? 1 : story.Contact.Enrollments[0].Ordinal;
        story.Forget();

        story.Give(Stimulus(story, stimulus, ordinal));

        Assert.Equal(facts, story.Facts.Count == 0 ? "-" : story.Kinds);
    }

    [Xunit.Fact]
    public void The_table_names_every_status_and_every_pair_once()
    {
        var rows = ((IEnumerable<object[]>)Table).Select(row => (Status: (string)row[0], Stimulus: (string)row[1])).ToList();
        var statuses = Enum.GetNames<EnrollmentStatus>().Concat(["None", "Held"]).ToHashSet();
        var stimuli = rows.Select(row => row.Stimulus).ToHashSet();

        Assert.Equal(statuses, rows.Select(row => row.Status).ToHashSet());
        Assert.Equal(statuses.Count * stimuli.Count, rows.Select(row => (row.Status, row.Stimulus)).Distinct().Count());
        Assert.Equal(rows.Count, statuses.Count * stimuli.Count);
    }

    private static Story Standing(string status)
    {
        var first = status switch
        {
            "WaitingForEvent" => WaitFor,
            "Postponed" or "AwaitingOutcome" or "Stuck" => Send,
            _ => Wait,
        };
        var settings = Story.Settings with
        {
            QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)),
        };
        var json = Journey.Replace("{{first}}", first, StringComparison.Ordinal);
        var story = Story.WithVendor(json, settings).Knows(("phone", "+8613800138000"));
        if (status == "Postponed")
        {
            story.Until("2026-03-02T22:00+08:00");
        }
        if (status != "None")
        {
            story.Give(new Command.Enroll("ann", "j", PropertyBag.Empty));
        }
        if (status == "Stuck")
        {
            story.Reports(OutcomeKind.Failed, Reasons.BadAddress);
        }
        if (status == "Held")
        {
            story.Republish(source => source with { Journeys = [source.Journeys[0] with { Pause = new JourneyPause(story.Now, PauseTime.KeepsCounting) }] });
            story.Wait(Duration.FromDays(2));
        }
        return story.Republish(source => source with
        {
            Journeys = [source.Journeys[0], new JourneyVersion(source.Journeys[0].Journey, 2, false, source.Journeys[0].Pause)],
        });
    }

    private static Stimulus Stimulus(Story story, string name, int ordinal)
    {
        var message = story.Contact.Messages.IsEmpty ? Guid.Empty : story.Contact.Messages[^1].Id;
        MessageOutcome Outcome(OutcomeKind kind) => new(message, kind, story.Now, Reason: Reasons.BadAddress);
        ContactEvent Event(string what) => new("the-event", EventType.Track, what, story.Now, story.Now, PropertyBag.Empty, []);
        var status = story.Contact.Enrollments.IsEmpty ? EnrollmentStatus.Stuck : story.Contact.Enrollments[0].Status;
        switch (name)
        {
            case "timer":
                // The moment the status waits for; where none comes, a timer that finds nothing.
                story.PassTo(status is EnrollmentStatus.AwaitingOutcome or EnrollmentStatus.Stuck
                    ? story.Now
                    : Instant.Max(story.Now, story.Contact.Enrollments[0].WakeAt!.Value));
                return Core.Deciding.Stimulus.TimerDue.Now;
            case "event":
                return new Stimulus.EventArrived(Event("paid"));
            case "exit_event":
                return new Stimulus.EventArrived(Event("bye"));
            case "sent":
                return new Stimulus.OutcomeReported(Outcome(OutcomeKind.Sent));
            case "failed":
                return new Stimulus.OutcomeReported(Outcome(OutcomeKind.Failed));
            case "unknown":
                return new Stimulus.OutcomeReported(Outcome(OutcomeKind.Unknown));
            case "enroll":
                return new Command.Enroll("ann", "j", PropertyBag.Empty);
            case "end":
                return new Command.EndEnrollment("ann", "j", ordinal, "enough");
            case "retry":
                return new Command.RetryStep("ann", "j", ordinal);
            case "skip":
                return new Command.SkipStep("ann", "j", ordinal);
            case "move":
                return new Command.ChangeVersion("ann", "j", 2, InFlightChoice.Move);
            case "release":
                return new Command.Release("ann", "j", story.Now - Duration.FromHours(1), TimeStoodStill: false, story.Now + Duration.FromHours(1));
            case "schedule":
                return new Stimulus.ScheduleFired("j", story.Now);
            case "sweep":
                return new Stimulus.Swept("j", CountExisting: true);
            default:
                throw new ArgumentException($"Expected a stimulus of the table, but got '{name}'.", nameof(name));
        }
    }
}
