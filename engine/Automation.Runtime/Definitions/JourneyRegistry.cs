using Automation.Core.Journeys;
using Automation.Core.Workspaces;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Definitions;

/// <summary>
/// Keeps the engine's journey set in step with the definitions: any change makes a new set, and the engine takes it up between two
/// batches.
/// </summary>
public sealed class JourneyRegistry(IDefinitionStore definitions, WorkspaceReader reader, ConnectorRegistry connectors, IJourneyHolder engine) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Told after each change, with the new set: calendars are planned anew then.</summary>
    public event Action<JourneySet>? Changed;

    public ConnectorRegistry Connectors => connectors;

    public JourneySet Journeys => engine.Journeys;

    /// <summary>What is published now, for lint.</summary>
    public Workspace Published => new(
        Journeys.Source.Settings,
        [.. Journeys.Source.Journeys.Where(version => version.Current).Select(version => version.Journey)],
        Journeys.Source.Templates,
        Journeys.Source.Segments);

    /// <summary>Reads everything anew. Before the engine starts, and after each change.</summary>
    public async ValueTask ReloadAsync(CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await connectors.ConfigureAsync(await reader.AccountsAsync(cancellation));
            engine.Journeys = JourneySet.Build(await reader.ReadAsync(connectors.Traits, cancellation));
        }
        finally
        {
            _gate.Release();
        }
        Changed?.Invoke(engine.Journeys);
    }

    /// <summary>The state of a journey, or of a segment, which has sweeps only.</summary>
    public async ValueTask<JourneyState> StateAsync(string kind, string key, CancellationToken cancellation = default) =>
        JourneyState.Read((await definitions.FindAsync(kind, key, cancellation))?.State);

    public ValueTask<JourneyState> ChangeStateAsync(
        string journey, Func<JourneyState, JourneyState> change, CancellationToken cancellation = default) =>
        ChangeStateAsync(DefinitionKinds.Journey, journey, change, cancellation);

    /// <summary>Changes the state; one change at a time, so that a sweep's progress and an operator's word do not undo each other.</summary>
    public async ValueTask<JourneyState> ChangeStateAsync(
        string kind, string key, Func<JourneyState, JourneyState> change, CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var state = change(await StateAsync(kind, key, cancellation));
            await definitions.SetStateAsync(kind, key, state.Write(), cancellation);
            return state;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
