using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

/// <summary>
/// The laws of the core over random lives: deciding twice gives the same (every story checks it at every stimulus), state is the fold
/// of events and facts, a duplicate changes nothing, no stimulus throws, a chain of steps always ends.
/// </summary>
public sealed class LawTests
{
    private static readonly string[] Journeys =
    [
        """
        {"key":"welcome","name":"W","trigger":{"on":"event","event":"joined"},"entry":{"repeat":"always"},
         "exit":[{"event":"left"}],"goal":{"event":"paid","within":"3d","value":"amount"},
         "steps":[{"id":"w","type":"wait","for":"6h","until":{"time":"10:00"},"next":"s"},
          {"id":"s","type":"split","variants":[{"name":"a","weight":1,"next":"m"},{"name":"b","weight":1,"next":"f"},{"name":"c","weight":1,"holdout":true,"next":"m"}]},
          {"id":"m","type":"send","channel":"wecom","template":"hello-wecom","fallback":[{"channel":"mini_program","template":"hello-app","quota":"credits","after":"2h"},{"channel":"sms","template":"hello","after":"4h"}],"next":"f"},
          {"id":"f","type":"wait_for","event":"paid","timeout":"1d","next":"u","otherwise":"b"},
          {"id":"u","type":"update","set":{"level":"vip"},"add_tags":["vip"],"next":"e"},
          {"id":"e","type":"emit","event":"joined","properties":{"again":true}},
          {"id":"b","type":"branch","branches":[{"name":"vip","when":{"combinator":"or","rules":[{"field":"tags","operator":"contains","value":"vip"},{"field":"history.paid.sum:amount","operator":">","value":50,"within":"2d"}]},"next":"c"}],"otherwise":"x"},
          {"id":"c","type":"call","account":"sandbox","content":{"x":"y"},"timeout":"1m","on_failure":"stuck","next":"x"},
          {"id":"x","type":"exit"}]}
        """,
        """
        {"key":"cart","name":"C","trigger":{"on":"not_done","did":"cart","but_not":"paid","within":"2h"},"entry":{"repeat":{"after":"1d"}},
         "steps":[{"id":"m","type":"send","channel":"sms","template":"hello","on_failure":"exit"}]}
        """,
        """
        {"key":"asleep","name":"D","trigger":{"on":"dormant","for":"2d"},"entry":{"repeat":"always"},
         "steps":[{"id":"w","type":"wait","for":"1d","next":"m"},{"id":"m","type":"send","channel":"sms","template":"hello"}]}
        """,
        """{"key":"tagged","name":"T","trigger":{"on":"tag","tag":"vip","change":"added"},"steps":[{"id":"u","type":"update","remove_tags":["vip"]}]}""",
        """{"key":"orders","name":"O","trigger":{"on":"event","event":"paid"},"entry":{"per":"event.order"},"steps":[{"id":"w","type":"wait","for":"1d"}]}""",
        """{"key":"busy","name":"B","trigger":{"on":"segment","segment":"busy","change":"entered"},"entry":{"repeat":"always"},"steps":[{"id":"w","type":"wait","for":"5h"}]}""",
        """{"key":"born","name":"A","trigger":{"on":"date","attribute":"birthday","at":"09:00","yearly":true},"entry":{"repeat":"always"},"steps":[{"id":"x","type":"exit"}]}""",
    ];

    private static readonly JourneySetSource Source = Story.Source(
        Story.Settings with
        {
            Caps = [new FrequencyCap("sms", 1, Duration.FromDays(1)), new FrequencyCap(null, 3, Duration.FromDays(7))],
            QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)),
        },
        Journeys) with
    {
        Segments =
        [
            new Segment("busy", "B", new RuleGroup(Combinator.And, false, [new Rule("history.paid.count", ">=", 2L, Duration.FromDays(2))])),
        ],
    };

    /// <summary>One random thing that happens; plain numbers, so that failures shrink to something a person can read.</summary>
    private static void Happen(Story story, int what, int detail)
    {
        var open = story.Contact.Messages;
        var message = open.IsEmpty ? Guid.Empty : open[detail % open.Length].Id;
        var ordinal = story.Contact.Enrollments.IsEmpty ? 99 : story.Contact.Enrollments[detail % story.Contact.Enrollments.Length].Ordinal;
        var journey = story.Contact.Enrollments.IsEmpty ? "welcome" : story.Contact.Enrollments[detail % story.Contact.Enrollments.Length].Journey;
        string[] events = ["joined", "left", "cart", "paid", "paid", "page"];
        string[] reasons = [Reasons.RetryLater, Reasons.BadAddress, Reasons.FixConfiguration, Reasons.NoConsent];
        switch (what % 16)
        {
            case 0 or 1 or 2 or 3:
                story.Does(events[detail % events.Length], ("amount", (decimal)detail), ("order", $"o-{detail % 3}"));
                break;
            case 4:
                story.DoesAt(story.Now - Duration.FromHours(detail), events[detail % events.Length], ("amount", (decimal)detail));
                break;
            case 5:
                story.Knows(("phone", $"+861380000{detail:0000}"), ("external_user_id", $"w-{detail}"), ("birthday", "1990-03-05"), ("open_id:app", "o-1"));
                break;
            case 6:
                story.Knows(("consent", PropertyBag.Of(("sms", detail % 2 == 0))), ("city", detail % 2 == 0 ? null : "上海"));
                break;
            case 7 or 8:
                story.Wait(Duration.FromMinutes(detail * 37));
                break;
            case 9:
                story.Give(Stimulus.TimerDue.Now);
                break;
            case 10 or 11:
                story.Give(new Stimulus.OutcomeReported(new MessageOutcome(
                    message, (OutcomeKind)(detail % 5), story.Now, Reason: reasons[detail % reasons.Length], Response: PropertyBag.Of(("code", "C")))));
                break;
            case 12:
                story.Give(new Command.RetryStep("ann", journey, ordinal)).Give(new Command.ChangeQuota("ann", "credits", detail % 3 - 1));
                break;
            case 13:
                story.Give(detail % 3 == 0 ? new Command.EndEnrollment("ann", journey, null, "tired") : new Command.SkipStep("ann", journey, ordinal));
                break;
            case 14:
                story.Give(new Command.ChangeTags("ann", ["vip"], [])).Give(new Command.ChangeLists("ann", ["l"], []));
                break;
            default:
                Pause(story, detail % 2 == 0);
                break;
        }
    }

    private static void Pause(Story story, bool stands)
    {
        var time = stands ? PauseTime.StandsStill : PauseTime.KeepsCounting;
        var since = story.Now;
        story.Republish(source => source with { Journeys = [.. source.Journeys.Select(one => one with { Pause = new JourneyPause(since, time) })] });
        story.Wait(Duration.FromHours(7)).Does("paid", ("amount", 10m), ("order", "o-9"));
        story.Republish(source => source with { Journeys = [.. source.Journeys.Select(one => one with { Pause = null })] });
        foreach (var journey in new[] { "welcome", "cart", "asleep" })
        {
            story.Give(new Command.Release("ann", journey, since, stands, story.Now + Duration.FromMinutes(5)));
        }
    }

    private static Story Live((int What, int Detail)[] life, bool vendorAnswers)
    {
        var story = Story.Of(Source, vendorAnswers);
        foreach (var (what, detail) in life)
        {
            Happen(story, what, detail);
        }
        return story;
    }

    private static readonly Arbitrary<(int What, int Detail)[]> Lives =
        (from what in Gen.Choose(0, 15) from detail in Gen.Choose(0, 60) select (what, detail)).ArrayOf(40).ToArbitrary();

    private static Config Runs(int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20261121UL, 7UL);

    [Xunit.Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void State_is_the_fold_of_recorded_events_and_facts(bool vendorAnswers) => Prop.ForAll(Lives, life =>
    {
        var story = Live(life, vendorAnswers);
        return Story.Bytes(story.Rebuilt()).AsSpan().SequenceEqual(Story.Bytes(story.Contact));
    }).Check(Runs(150));

    [Xunit.Fact]
    public void A_cap_is_never_exceeded_and_no_sms_is_decided_in_quiet_hours() => Prop.ForAll(Lives, life =>
    {
        var story = Live([(5, 1), .. life], vendorAnswers: true);
        var zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
        var sms = story.SentAt.Where(sent => sent.Channel == "sms").Select(sent => sent.At).ToList();
        var all = story.SentAt.Select(sent => sent.At).ToList();
        return sms.TrueForAll(at => at.InZone(zone).Hour is >= 9 and < 21)
            && sms.TrueForAll(at => sms.Count(other => other > at - Duration.FromDays(1) && other <= at) <= 1)
            && all.TrueForAll(at => all.Count(other => other > at - Duration.FromDays(7) && other <= at) <= 3);
    }).Check(Runs(150));

    [Xunit.Fact]
    public void Message_ids_are_unique_over_a_life() => Prop.ForAll(Lives, life =>
    {
        var ids = Live(life, vendorAnswers: false).Messages.Select(message => message.Message).ToList();
        return ids.Distinct().Count() == ids.Count;
    }).Check(Runs(100));

    [Xunit.Fact]
    public void Once_every_deadline_has_passed_nobody_stands_without_a_reason() => Prop.ForAll(Lives, life =>
    {
        var story = Live(life, vendorAnswers: true);
        story.Republish(source => source with { Journeys = [.. source.Journeys.Where(one => one.Journey.Key != "born")] });
        story.Wait(Duration.FromDays(60));
        return story.Contact.Enrollments.All(one =>
            one.Status == EnrollmentStatus.Stuck ? one.StuckReason is not null
            : one.WakeAt is not null || one.HeldSince is not null || story.Contact.Messages.Any(message => message.Enrollment == one.Ordinal));
    }).Check(Runs(100));
}
