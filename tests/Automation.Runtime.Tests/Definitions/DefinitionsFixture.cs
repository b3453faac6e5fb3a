using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Runtime.Approvals;
using Automation.Runtime.Definitions;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Memory;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using Automation.Runtime.Tests.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Runtime.Tests.Definitions;

/// <summary>Everything between a marketer's document and the engine's journey set, in memory.</summary>
internal sealed class DefinitionsFixture : IAsyncDisposable
{
    private DefinitionsFixture(EngineFixture engine, IDefinitionStore store, IEngine definer)
    {
        Engine = engine;
        Store = store;
        Connectors = new ConnectorRegistry([new FakeVendor()], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        var reader = new WorkspaceReader(store, engine.Memory, static secret => secret, NullLogger<WorkspaceReader>.Instance);
        Registry = new JourneyRegistry(store, reader, Connectors, engine.Engine);
        Sweeps = new SweepQueue(engine.Engine, store, engine.Memory, Registry, NullLogger<SweepQueue>.Instance) { RetryEvery = TimeSpan.Zero };
        var segments = new SegmentSweeps(store, engine.Memory, engine.Engine, Registry, Sweeps);
        var changes = new DefinitionChanges(store, definer);
        Desk = new DefinitionDesk(store, engine.Memory, engine.Engine, Registry, segments, changes);
        Journeys = new JourneyOperations(store, engine.Memory, engine.Engine, Registry, Desk, Sweeps, changes);
        Approvals = new ApprovalDesk(store, definer, Registry, Desk, changes);
        Unfinished = new UnfinishedChanges(
            store, engine.Memory, engine.Engine, Registry, Journeys, segments, engine.Memory, NullLogger<UnfinishedChanges>.Instance);
        HoldBook = new HoldBook(engine.Memory);
        Holds = new HoldDesk(engine.Memory, HoldBook, definer, Registry, changes);
    }

    public EngineFixture Engine { get; }

    public IDefinitionStore Store { get; }

    public ConnectorRegistry Connectors { get; }

    public JourneyRegistry Registry { get; }

    public SweepQueue Sweeps { get; }

    public DefinitionDesk Desk { get; }

    public JourneyOperations Journeys { get; }

    public ApprovalDesk Approvals { get; }

    public UnfinishedChanges Unfinished { get; }

    public HoldBook HoldBook { get; }

    public HoldDesk Holds { get; }

    public static async Task<DefinitionsFixture> StartAsync(EngineFixture? engine = null, IDefinitionStore? store = null, bool withSweeps = true)
    {
        engine ??= await EngineFixture.StartAsync();
        var fixture = new DefinitionsFixture(engine, store ?? new InMemoryDefinitions(), engine.Engine);
        await fixture.Registry.ReloadAsync();
        if (withSweeps)
        {
            await fixture.Sweeps.StartAsync();
        }
        return fixture;
    }

    /// <summary>With an engine of its own for facts about definitions, and without sweeps.</summary>
    public static async Task<DefinitionsFixture> StartAsync(EngineFixture engine, IDefinitionStore store, IEngine definer)
    {
        var fixture = new DefinitionsFixture(engine, store, definer);
        await fixture.Registry.ReloadAsync();
        return fixture;
    }

    public async Task SaveAllAsync(params string[] journeys)
    {
        await SaveAsync(DefinitionKinds.Settings, DefinitionKinds.SettingsKey, Workspaces.Settings);
        await SaveAsync(DefinitionKinds.Template, "hello", Workspaces.HelloTemplate);
        foreach (var journey in journeys)
        {
            var key = System.Text.Json.JsonElement.Parse(journey).GetProperty("key").GetString()!;
            await SaveAsync(DefinitionKinds.Journey, key, journey);
        }
    }

    public async Task SaveAsync(string kind, string key, string document, string actor = "ann")
    {
        var known = await Store.FindAsync(kind, key, CancellationToken.None);
        await Desk.SaveAsync(kind, key, document, known?.Revision ?? 0, actor);
    }

    public async Task<Contact> JoinAsync(string user)
    {
        await Engine.Engine.SubmitAsync(
            [Given.Event($"join-{user}", EventType.Track, "joined", Engine.Clock.GetCurrentInstant(), null, Given.User(user), Given.Phone($"+86{user}"))]);
        return await Engine.ContactOfAsync(Given.User(user));
    }

    /// <summary>Looks after each commit whether the journey's sweeps have ended.</summary>
    public async Task UntilSweptAsync()
    {
        while (!Sweeps.IsIdle)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sweeps.DisposeAsync();
        await Connectors.DisposeAsync();
        await Engine.DisposeAsync();
        Registry.Dispose();
    }
}
