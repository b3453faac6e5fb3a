using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Memory;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using NodaTime;

namespace Automation.Runtime.Tests.Definitions;

/// <summary>A process dies at each of the writes that make a change of definitions; the next one settles what it left.</summary>
public sealed class UnfinishedChangesTests
{
    private const string WinBack = """
        { "key": "win-back", "trigger": { "on": "dormant", "for": "30d" }, "entry": { "repeat": "once" },
          "steps": [ { "id": "day", "type": "wait", "for": "9d" } ] }
        """;

    public static TheoryData<string, string> Changes => new()
    {
        { "save_template", "definition_saved" },
        { "save_draft", "definition_saved" },
        { "delete", "definition_deleted" },
        { "publish", "journey_published" },
        { "pause", "journey_paused" },
        { "resume", "journey_resumed" },
        { "archive", "journey_archived" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_made_with_its_fact_or_not_at_all(string change, string kind)
    {
        var (made, notMade) = (0, 0);
        for (var writes = 0; ; writes++)
        {
            var store = new InMemoryDefinitions();
            var engine = await EngineFixture.StartAsync();
            await PrepareAsync(engine, store, change);
            var before = (await FactsAsync(engine, kind)).Count;
            var standing = await StandingAsync(store, change);

            var died = await DieAsync(engine, store, change, writes);
            await using var next = await DefinitionsFixture.StartAsync(engine, store, withSweeps: false);
            await next.Unfinished.SettleAsync();
            Assert.Equal(0, await next.Unfinished.SettleAsync());

            var isMade = await StandingAsync(store, change) != standing;
            Assert.Equal(isMade ? 1 : 0, (await FactsAsync(engine, kind)).Count - before);
            Assert.Empty(await store.ListAsync("change", CancellationToken.None));
            if (isMade)
            {
                await FollowsAsync(next, change);
            }
            _ = isMade ? made++ : notMade++;
            if (!died)
            {
                break;
            }
        }
        // The first deaths are before the change, and the last are after it.
        Assert.InRange(notMade, 1, 2);
        Assert.InRange(made, 3, 6);
    }

    [Fact]
    public async Task A_change_that_did_not_apply_leaves_no_note()
    {
        await using var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync();

        await Assert.ThrowsAsync<DefinitionRefusedException>(async () =>
            await fixture.Desk.SaveAsync(DefinitionKinds.Template, "hello", Workspaces.HelloTemplate, expectedRevision: 0, "bob"));

        Assert.Empty(await fixture.Store.ListAsync("change", CancellationToken.None));
    }

    private static async Task PrepareAsync(EngineFixture engine, InMemoryDefinitions store, string change)
    {
        var fixture = await DefinitionsFixture.StartAsync(engine, store, withSweeps: false);
        await fixture.SaveAllAsync(WinBack);
        if (change is "pause" or "resume" or "archive")
        {
            await fixture.Journeys.PublishAsync("win-back", InFlightChoice.Stay, true, "ann");
        }
        if (change == "resume")
        {
            await fixture.Journeys.PauseAsync("win-back", PauseTime.KeepsCounting, "ann");
        }
        engine.Clock.Advance(Duration.FromMinutes(1));
        fixture.Registry.Dispose();
        await fixture.Connectors.DisposeAsync();
    }

    /// <returns>Whether it died; else it had more life than the change needs.</returns>
    private static async Task<bool> DieAsync(EngineFixture engine, InMemoryDefinitions store, string change, int writes)
    {
        var mortal = new MortalProcess(store, engine.Engine, writes);
        var fixture = await DefinitionsFixture.StartAsync(engine, mortal, mortal);
        try
        {
            await MakeAsync(fixture, change);
        }
        catch (ProcessDiedException)
        {
            // As the test wants.
        }
        fixture.Registry.Dispose();
        await fixture.Connectors.DisposeAsync();
        return mortal.IsDead;
    }

    private static async Task MakeAsync(DefinitionsFixture fixture, string change)
    {
        switch (change)
        {
            case "save_template":
                await fixture.SaveAsync(DefinitionKinds.Template, "hello", Workspaces.HelloTemplate.Replace("Hello", "Hi", StringComparison.Ordinal));
                break;
            case "save_draft":
                await fixture.SaveAsync(DefinitionKinds.Journey, "win-back", WinBack.Replace("9d", "8d", StringComparison.Ordinal));
                break;
            case "delete":
                await fixture.Desk.DeleteAsync(DefinitionKinds.Template, "hello", "ann");
                break;
            case "publish":
                await fixture.Journeys.PublishAsync("win-back", InFlightChoice.Stay, true, "ann");
                break;
            case "pause":
                await fixture.Journeys.PauseAsync("win-back", PauseTime.StandsStill, "ann");
                break;
            case "resume":
                await fixture.Journeys.ResumeAsync("win-back", Duration.Zero, "ann");
                break;
            default:
                await fixture.Journeys.ArchiveAsync("win-back", "ann");
                break;
        }
    }

    /// <summary>What the change is to change, as one text.</summary>
    private static async Task<string> StandingAsync(InMemoryDefinitions store, string change)
    {
        var kind = change is "save_template" or "delete" ? DefinitionKinds.Template : DefinitionKinds.Journey;
        var found = await store.FindAsync(kind, kind == DefinitionKinds.Template ? "hello" : "win-back", CancellationToken.None);
        var state = JourneyState.Read(found?.State);
        return change == "save_draft" ? found!.Draft! : $"{found?.Published} {found?.PublishedVersion} {state.Pause} {state.IsArchived}";
    }

    private static async Task FollowsAsync(DefinitionsFixture fixture, string change)
    {
        var state = await fixture.Registry.StateAsync(DefinitionKinds.Journey, "win-back");
        if (change == "publish")
        {
            Assert.Equal((SweepKind.Published, true), Assert.Single(state.Sweeps.Select(plan => (plan.Kind, plan.CountExisting))));
            Assert.Equal(Given.Noon + Duration.FromMinutes(1), state.PublishedAt);
        }
        if (change == "resume")
        {
            Assert.Contains(state.Sweeps, plan => plan.Kind == SweepKind.Released);
        }
        if (change == "save_template")
        {
            Assert.Contains("Hi", (await fixture.Store.FindAsync(DefinitionKinds.Template, "hello", CancellationToken.None))!.Published, StringComparison.Ordinal);
        }
    }

    private static async Task<IReadOnlyList<LedgerRow>> FactsAsync(EngineFixture engine, string kind) =>
        await engine.Memory.FactsAsync(new FactQuery(Contact: 0, Kind: kind, Limit: 1_000), CancellationToken.None);
}
