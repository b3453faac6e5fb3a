using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using NodaTime;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Tests.Definitions;

public sealed class JourneyOperationsTests
{
    private const string WinBack = """
        { "key": "win-back", "trigger": { "on": "dormant", "for": "30d" }, "entry": { "repeat": "once" },
          "steps": [ { "id": "hello", "type": "send", "channel": "sms", "template": "hello" } ] }
        """;

    [Fact]
    public async Task A_draft_enrols_nobody_until_it_is_published()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome);
        Assert.Empty((await fixture.JoinAsync("u1")).Enrollments);

        Assert.Equal(1, await fixture.Journeys.PublishAsync("welcome", InFlightChoice.Stay, countExisting: false, "ann"));

        Assert.Single((await fixture.JoinAsync("u2")).Enrollments);
        Assert.Contains(await FactsAsync(fixture), fact => fact is ("journey_published", "ann"));
    }

    [Fact]
    public async Task A_draft_with_findings_does_not_go_live()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome.Replace("\"template\": \"hello\"", "\"template\": \"nowhere\"", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<DefinitionRefusedException>(async () =>
            await fixture.Journeys.PublishAsync("welcome", InFlightChoice.Stay, false, "ann"));

        Assert.Equal(Codes.Findings, refused.Code);
        Assert.Contains(refused.Findings, finding => finding.Code == "unknown_template");
    }

    [Fact]
    public async Task Somebody_elses_save_is_not_overwritten()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome);

        var refused = await Assert.ThrowsAsync<DefinitionRefusedException>(async () =>
            await fixture.Desk.SaveAsync(DefinitionKinds.Journey, "welcome", Workspaces.Welcome, expectedRevision: 0, "bob"));

        Assert.Equal(Codes.RevisionConflict, refused.Code);
    }

    [Theory]
    [InlineData(InFlightChoice.Stay, 1)]
    [InlineData(InFlightChoice.Move, 2)]
    [InlineData(InFlightChoice.Exit, null)]
    public async Task Publishing_does_with_those_on_the_way_what_was_chosen(InFlightChoice choice, int? version)
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome);
        await fixture.Journeys.PublishAsync("welcome", InFlightChoice.Stay, false, "ann");
        await fixture.JoinAsync("u1");
        await fixture.SaveAsync(DefinitionKinds.Journey, "welcome", Workspaces.Welcome.Replace("24h", "48h", StringComparison.Ordinal));

        await fixture.Journeys.PublishAsync("welcome", choice, false, "ann");
        await fixture.UntilSweptAsync();

        var contact = await fixture.Engine.ContactOfAsync(Given.User("u1"));
        Assert.Equal(version, contact.Enrollments.IsEmpty ? null : contact.Enrollments[0].Version);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Publishing_a_dormancy_journey_counts_those_who_sleep_already_if_asked(bool countExisting, int enrolled)
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(WinBack);
        await fixture.JoinAsync("u1");
        fixture.Engine.Clock.Advance(Duration.FromDays(60));

        await fixture.Journeys.PublishAsync("win-back", InFlightChoice.Stay, countExisting, "ann");
        await fixture.UntilSweptAsync();
        await fixture.Engine.Engine.Timers.RunDueAsync();

        Assert.Equal(enrolled, (await fixture.Engine.Memory.MessagesAsync(new MessageQuery(), CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Resuming_lets_the_held_go_over_the_spread()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome);
        await fixture.Journeys.PublishAsync("welcome", InFlightChoice.Stay, false, "ann");
        for (var i = 0; i < 4; i++)
        {
            await fixture.JoinAsync($"u{i}");
        }
        await fixture.Journeys.PauseAsync("welcome", PauseTime.KeepsCounting, "ann");
        fixture.Engine.Clock.Advance(Duration.FromDays(2));
        await fixture.Engine.Engine.Timers.RunDueAsync();
        Assert.Empty(await fixture.Engine.QueuedAsync());

        var held = await fixture.Journeys.ResumeAsync("welcome", Duration.FromHours(4), "ann");
        await fixture.UntilSweptAsync();
        var sent = new List<int>();
        for (var hour = 0; hour < 5; hour++)
        {
            await fixture.Engine.Engine.Timers.RunDueAsync();
            sent.Add((await fixture.Engine.QueuedAsync()).Count);
            fixture.Engine.Clock.Advance(Duration.FromHours(1));
        }

        Assert.Equal(4, held);
        Assert.Equal([1, 2, 3, 4, 4], sent);
    }

    [Fact]
    public async Task Where_time_stood_still_waits_get_the_pause_back()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome);
        await fixture.Journeys.PublishAsync("welcome", InFlightChoice.Stay, false, "ann");
        await fixture.JoinAsync("u1");
        fixture.Engine.Clock.Advance(Duration.FromHours(20));
        await fixture.Journeys.PauseAsync("welcome", PauseTime.StandsStill, "ann");
        fixture.Engine.Clock.Advance(Duration.FromDays(3));
        await fixture.Engine.Engine.Timers.RunDueAsync();

        await fixture.Journeys.ResumeAsync("welcome", Duration.Zero, "ann");
        await fixture.UntilSweptAsync();

        Assert.Null((await fixture.Registry.StateAsync(DefinitionKinds.Journey, "welcome")).Pause);
        fixture.Engine.Clock.Advance(Duration.FromHours(3));
        await fixture.Engine.Engine.Timers.RunDueAsync();
        Assert.Empty(await fixture.Engine.QueuedAsync());
        fixture.Engine.Clock.Advance(Duration.FromHours(1));
        await fixture.Engine.Engine.Timers.RunDueAsync();
        Assert.Single(await fixture.Engine.QueuedAsync());
    }

    [Fact]
    public async Task An_archived_journey_enrols_nobody_and_finishes_those_on_the_way()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome);
        await fixture.Journeys.PublishAsync("welcome", InFlightChoice.Stay, false, "ann");
        await fixture.JoinAsync("u1");

        await fixture.Journeys.ArchiveAsync("welcome", "ann");

        Assert.Empty((await fixture.JoinAsync("u2")).Enrollments);
        fixture.Engine.Clock.Advance(Duration.FromDays(2));
        await fixture.Engine.Engine.Timers.RunDueAsync();
        Assert.Single(await fixture.Engine.QueuedAsync());
    }

    [Fact]
    public async Task A_journey_with_people_in_it_is_not_deleted()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Welcome);
        await fixture.Journeys.PublishAsync("welcome", InFlightChoice.Stay, false, "ann");
        await fixture.JoinAsync("u1");

        var refused = await Assert.ThrowsAsync<DefinitionRefusedException>(async () =>
            await fixture.Desk.DeleteAsync(DefinitionKinds.Journey, "welcome", "ann"));
        await fixture.Engine.Engine.SubmitAsync(1, new Command.EndEnrollment("ann", "welcome", null, "cleared"));
        await fixture.Desk.DeleteAsync(DefinitionKinds.Journey, "welcome", "ann");

        Assert.Equal(Codes.StillEnrolled, refused.Code);
        Assert.Empty((await fixture.JoinAsync("u2")).Enrollments);
    }

    [Fact]
    public async Task A_calendar_that_fires_asks_everybody_once()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(WinBack.Replace(
            """{ "on": "dormant", "for": "30d" }""", """{ "on": "schedule", "cron": "0 9 * * *" }""", StringComparison.Ordinal));
        await fixture.Journeys.PublishAsync("win-back", InFlightChoice.Stay, false, "ann");
        await fixture.JoinAsync("u1");
        await fixture.JoinAsync("u2");

        await fixture.Journeys.FireScheduleAsync("win-back", Given.Noon);
        await fixture.Journeys.FireScheduleAsync("win-back", Given.Noon);
        await fixture.UntilSweptAsync();

        Assert.Equal(2, (await fixture.Engine.QueuedAsync()).Count);
        Assert.Contains(await FactsAsync(fixture), fact => fact.Kind == "schedule_swept");
    }

    [Fact]
    public async Task A_sweep_goes_on_where_the_last_process_left_it()
    {
        var engine = await EngineFixture.StartAsync();
        var first = await DefinitionsFixture.StartAsync(engine, withSweeps: false);
        await first.SaveAllAsync(WinBack);
        for (var i = 0; i < 3; i++)
        {
            await first.JoinAsync($"u{i}");
        }
        engine.Clock.Advance(Duration.FromDays(60));
        await first.Journeys.PublishAsync("win-back", InFlightChoice.Stay, countExisting: true, "ann");
        await first.Registry.ChangeStateAsync("win-back", state => state with
        {
            Sweeps = [state.Sweeps[0] with { Position = 2, Asked = 2 }],
        });

        await using var second = await DefinitionsFixture.StartAsync(engine, first.Store);
        await second.UntilSweptAsync();

        Assert.Empty((await second.Registry.StateAsync(DefinitionKinds.Journey, "win-back")).Sweeps);
        await engine.Engine.Timers.RunDueAsync();
        Assert.Equal([3L], (await engine.QueuedAsync()).Select(message => message.Contact));
        first.Registry.Dispose();
    }

    [Fact]
    public void The_state_of_a_journey_is_read_as_it_was_written()
    {
        var state = new JourneyState
        {
            PublishedAt = Given.Noon,
            CountExisting = false,
            Pause = new Core.Journeys.JourneyPause(Given.Noon, PauseTime.StandsStill),
            IsArchived = true,
            Sweeps = [new SweepPlan(SweepKind.Released, "welcome", 3, Given.Noon, "ann") { Spread = Duration.FromHours(2), Position = 7, PausedAt = Given.Noon }],
        };

        var copy = JourneyState.Read(state.Write());

        Assert.Equal(state with { Sweeps = copy.Sweeps }, copy);
        Assert.Equal(state.Sweeps, copy.Sweeps);
    }

    private static async Task<List<(string Kind, string? Actor)>> FactsAsync(DefinitionsFixture fixture) =>
        [.. (await fixture.Engine.Memory.FactsAsync(new FactQuery(Contact: 0), CancellationToken.None)).Select(row => (row.Kind, row.Actor))];
}
