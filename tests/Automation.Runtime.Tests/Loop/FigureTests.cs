using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Tests.Loop;

/// <summary>The counters that the figures of a journey are read from.</summary>
public sealed class FigureTests
{
    [Fact]
    public async Task Each_coming_to_a_step_is_counted_once_whatever_is_decided_there()
    {
        await using var fixture = await EngineFixture.StartAsync(journeys: Workspaces.Source(Workspaces.Of(Workspaces.Welcome)));

        foreach (var user in new[] { "u1", "u2", "u3" })
        {
            await fixture.Engine.SubmitAsync([Given.Track($"{user}-join", user, "joined")]);
        }
        await fixture.Engine.SubmitAsync([Given.Track("u1-order", "u1", "ordered", Given.Noon + Duration.FromHours(1))]);

        var counters = await fixture.Memory.CountersAsync("welcome", default);
        Assert.Equal(3, counters[new CounterKey("welcome", 1, "day", "reached")]);
        Assert.Equal(1, counters[new CounterKey("welcome", 1, "day", "exited.exit_rule")]);
        Assert.Equal(2, (await fixture.Memory.StepCountsAsync("welcome", default)).Sum(step => step.Count));
        Assert.False(counters.ContainsKey(new CounterKey("welcome", 1, "hello", "reached")));
    }

    [Fact]
    public async Task Entries_goals_and_messages_are_counted_by_the_day_of_the_workspace()
    {
        await using var fixture = await EngineFixture.StartAsync(journeys: Workspaces.Source(Workspaces.Of(Workspaces.Greeting)));

        await fixture.Engine.SubmitAsync([Given.Event("m1", Core.Contacts.EventType.Track, "joined", null, null, Given.User("u1"), Given.Phone("+8613800138000"))]);
        // 04:00 at noon in Shanghai: thirteen hours on it is the next day there, and not yet in Greenwich.
        fixture.Clock.Advance(Duration.FromHours(13));
        await fixture.Engine.SubmitAsync([Given.Track("m2", "u2", "joined")]);

        var days = await fixture.Memory.DaysAsync(new LocalDate(2026, 3, 1), default);
        Assert.Equal(1, days[new DayKey("greeting", new LocalDate(2026, 3, 1), "enrolled")]);
        Assert.Equal(1, days[new DayKey("greeting", new LocalDate(2026, 3, 1), "message_queued")]);
        Assert.Equal(1, days[new DayKey("greeting", new LocalDate(2026, 3, 2), "enrolled")]);
    }
}
