using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Runtime.Simulation;
using NodaTime;

namespace Automation.Runtime.Tests.Simulation;

public sealed class SimulatorTests
{
    private static readonly Duration Day = Duration.FromDays(1);

    [Fact]
    public void Time_between_events_lets_waits_end_at_their_own_moment()
    {
        var facts = new List<RecordedFact>();
        var events = new[] { Join("m1", "u1", Given.Noon), Given.Track("m2", "u2", at: Given.Noon + (3 * Day)) };

        var report = Simulator.Run(Workspaces.Of(Workspaces.Welcome), events, facts: facts.Add);

        var welcome = report.Journeys["welcome"];
        Assert.Equal((1, 1, 0, 0), (welcome.Enrolled, welcome.Completed, welcome.Exited, welcome.Active));
        Assert.Empty(facts.Select(fact => fact.Fact).OfType<Core.Deciding.StepFact.MessageSuppressed>().Select(fact => fact.Text));
        Assert.Equal(1, report.Channels["sms"].Sent);
        Assert.Equal(new LocalDate(2026, 3, 2), Assert.Single(report.Channels["sms"].ByDay).Key);
        Assert.Contains(facts, fact => fact.At == Given.Noon + Day && fact.Fact is Core.Deciding.StepFact.MessageQueued);
    }

    [Fact]
    public void An_event_at_the_very_time_of_a_deadline_comes_before_it()
    {
        var events = new[] { Join("m1", "u1", Given.Noon), Order("m2", "u1", Given.Noon + Day, 80.50m) };

        var report = Simulator.Run(Workspaces.Of(Workspaces.Welcome), events);

        var welcome = report.Journeys["welcome"];
        Assert.Equal((1, 0, 1), (welcome.Enrolled, welcome.Completed, welcome.Exited));
        Assert.Equal((1, 80.5m), (welcome.Converted, welcome.Value));
        Assert.Equal(0, report.Channels["sms"].Sent);
    }

    [Theory]
    [InlineData(24 * 60 - 1, 0)]
    [InlineData(24 * 60, 1)]
    public void Until_includes_deadlines_at_that_very_moment(int minutes, int sent)
    {
        var report = Simulator.Run(
            Workspaces.Of(Workspaces.Welcome), [Join("m1", "u1", Given.Noon)], until: Given.Noon + Duration.FromMinutes(minutes));

        Assert.Equal(sent, report.Channels["sms"].Sent);
        Assert.Equal(1 - sent, report.Journeys["welcome"].Active);
    }

    [Fact]
    public void Events_are_taken_in_time_order_and_duplicates_and_strangers_are_counted()
    {
        var events = new[]
        {
            Order("m2", "u1", Given.Noon + Duration.FromHours(1), 1m), Join("m1", "u1", Given.Noon), Join("m1", "u2", Given.Noon),
            Given.Event("m3", EventType.Track, "joined", Given.Noon, null),
        };

        var report = Simulator.Run(Workspaces.Of(Workspaces.Welcome), events);

        Assert.Equal((4, 1, 1, 1), (report.Total, report.Duplicates, report.Rejected, report.Contacts));
        Assert.Equal(1, report.Journeys["welcome"].Exited);
    }

    [Fact]
    public void A_calendar_asks_everybody_who_is_known_by_then()
    {
        const string calendar = """
            { "key": "monday", "trigger": { "on": "schedule", "cron": "0 9 * * 1" }, "entry": { "repeat": "always" },
              "steps": [ { "id": "hello", "type": "send", "channel": "sms", "template": "hello" } ] }
            """;
        var events = new[] { Join("m1", "u1", Given.Noon), Join("m2", "u2", Given.Noon + (8 * Day)) };

        var report = Simulator.Run(Workspaces.Of(calendar), events, until: Given.Noon + (15 * Day));

        Assert.Equal(4, report.Journeys["monday"].Enrolled);
        Assert.Equal([new LocalDate(2026, 3, 2), new LocalDate(2026, 3, 9), new LocalDate(2026, 3, 16)], report.Channels["sms"].ByDay.Keys);
    }

    [Fact]
    public void Merged_contacts_count_as_one()
    {
        var events = new[]
        {
            Given.Event("m1", EventType.Track, "seen", Given.Noon, null, Given.Anonymous("a")), Join("m2", "u1", Given.Noon),
            Given.Identify("m3", Given.User("u1"), Given.Anonymous("a")),
        };

        Assert.Equal(1, Simulator.Run(Workspaces.Of(Workspaces.Welcome), events).Contacts);
    }

    [Fact]
    public void Two_runs_give_the_same_bytes()
    {
        var random = new Random(7);
        var events = Enumerable.Range(0, 2_000).Select(i =>
        {
            var at = Given.Noon + Duration.FromMinutes(random.Next(60 * 24 * 30));
            var user = $"u{random.Next(200)}";
            return random.Next(3) == 0 ? Order($"m{i}", user, at, random.Next(100)) : Join($"m{i}", user, at);
        }).ToArray();

        var one = Told(events);
        var two = Told(events);

        Assert.Equal(one.Report, two.Report);
        Assert.Equal(one.Facts, two.Facts);
        Assert.Contains("\"enrolled\": 200", one.Report, StringComparison.Ordinal);
    }

    private static (string Report, string Facts) Told(ContactEvent[] events)
    {
        using var facts = new MemoryStream();
        using (var lines = new FactLines(facts))
        {
            var report = Simulator.Run(Workspaces.Of(Workspaces.Welcome, Workspaces.Greeting), events, facts: fact => lines.Write(fact));
            lines.Dispose();
            return (Encoding.UTF8.GetString(ReportJson.Write(report)), Encoding.UTF8.GetString(facts.ToArray()));
        }
    }

    private static ContactEvent Join(string id, string user, Instant at) =>
        Given.Event(id, EventType.Track, "joined", at, null, Given.User(user), Given.Phone($"+86{user}"));

    private static ContactEvent Order(string id, string user, Instant at, decimal amount) =>
        Given.Track(id, user, "ordered", at, PropertyBag.Of(("amount", amount)));
}
