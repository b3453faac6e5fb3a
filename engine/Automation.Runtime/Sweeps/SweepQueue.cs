using System.Collections.Concurrent;
using System.Threading.Channels;
using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Sweeps;

/// <summary>
/// Runs sweeps one after the other, beside everything else. Plans stand in the state of their journey or segment, so what a
/// process did not finish its successor goes on with.
/// </summary>
public sealed partial class SweepQueue : IAsyncDisposable
{
    private readonly IEngine _engine;
    private readonly IDefinitionStore _definitions;
    private readonly ILedgerStore _ledger;
    private readonly JourneyRegistry _registry;
    private readonly ILogger _log;
    private readonly Channel<SweepOwner> _owners = Channel.CreateUnbounded<SweepOwner>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<SweepOwner, SweepPlan> _running = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _working = Task.CompletedTask;
    private int _waiting;

    public SweepQueue(IEngine engine, IDefinitionStore definitions, ILedgerStore ledger, JourneyRegistry registry, ILogger<SweepQueue> log)
    {
        _engine = engine;
        _definitions = definitions;
        _ledger = ledger;
        _registry = registry;
        _log = log;
    }

    /// <summary>Wait after a sweep failed, before it goes on. Default 5 s.</summary>
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether this process runs them. Of several one does, and takes up what is ordered at another by <see cref="TakeUpAsync"/>.
    /// </summary>
    public Func<bool> IsHere { get; set; } = static () => true;

    /// <summary>What runs now, with how far it is.</summary>
    public IReadOnlyCollection<SweepPlan> Running => [.. _running.Values];

    public bool IsIdle => Volatile.Read(ref _waiting) == 0;

    /// <summary>Takes up what an earlier process left unfinished.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await TakeUpAsync(cancellation);
        _working = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>Looks for sweeps that were ordered and are not done. One that runs already is not run twice.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation = default)
    {
        foreach (var kind in (string[])[DefinitionKinds.Journey, DefinitionKinds.Segment])
        {
            foreach (var definition in await _definitions.ListAsync(kind, cancellation))
            {
                if (JourneyState.Read(definition.State).Sweeps.Count > 0)
                {
                    Enqueue(new SweepOwner(kind, definition.Key));
                }
            }
        }
    }

    /// <summary>Keeps the plan with its journey or segment, and runs it in its turn.</summary>
    public async ValueTask AddAsync(SweepPlan plan, CancellationToken cancellation = default)
    {
        await ChangeStateAsync(plan, state => state with { Sweeps = [.. state.Sweeps, plan] }, cancellation);
        Enqueue(SweepOwner.Of(plan));
    }

    /// <summary>Runs, in their turn, the plans that stand in the journey's state.</summary>
    public void Begin(string journey) => Enqueue(new SweepOwner(DefinitionKinds.Journey, journey));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _working;
        _stopping.Dispose();
    }

    private void Enqueue(SweepOwner owner)
    {
        Interlocked.Increment(ref _waiting);
        _owners.Writer.TryWrite(owner);
    }

    private ValueTask<JourneyState> ChangeStateAsync(SweepPlan plan, Func<JourneyState, JourneyState> change, CancellationToken cancellation)
    {
        var owner = SweepOwner.Of(plan);
        return _registry.ChangeStateAsync(owner.Kind, owner.Key, change, cancellation);
    }

    private async Task WorkAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var owner = await _owners.Reader.ReadAsync(_stopping.Token);
                while (IsHere() && (await _registry.StateAsync(owner.Kind, owner.Key, _stopping.Token)).Sweeps is [var plan, ..])
                {
                    await RunAsync(plan);
                }
                Interlocked.Decrement(ref _waiting);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async ValueTask RunAsync(SweepPlan plan)
    {
        try
        {
            _running[SweepOwner.Of(plan)] = plan;
            var ended = await new Sweep(_engine, _ledger).RunAsync(plan, KeepAsync, _stopping.Token);
            await EndAsync(ended);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A sweep outlives whatever the store threw; it goes on from its last page.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogSweepFailed(error, plan.Kind, SweepOwner.Of(plan).Key);
            await Task.Delay(RetryEvery, _stopping.Token);
        }
        finally
        {
            _running.TryRemove(SweepOwner.Of(plan), out _);
        }
    }

    private async ValueTask KeepAsync(SweepPlan plan)
    {
        if (!IsHere())
        {
            throw new InvalidOperationException("Expected to run sweeps here, but another process does now.");
        }
        _running[SweepOwner.Of(plan)] = plan;
        await ChangeStateAsync(plan, state => state with { Sweeps = [plan, .. state.Sweeps.Skip(1)] }, _stopping.Token);
    }

    private async ValueTask EndAsync(SweepPlan plan)
    {
        if (plan.Kind == SweepKind.ScheduleFired)
        {
            await _engine.RecordAsync(
                [new WorkspaceFact.ScheduleSwept(plan.Journey, plan.Version, plan.At, plan.Asked) { Actor = plan.Actor }], _stopping.Token);
        }
        var lifts = plan is { Kind: SweepKind.Released, TimeStoodStill: true };
        await ChangeStateAsync(
            plan,
            state => state with
            {
                Pause = lifts ? null : state.Pause,
                Sweeps = lifts ? [Second(plan), .. state.Sweeps.Skip(1)] : [.. state.Sweeps.Skip(1)],
            },
            _stopping.Token);
        if (lifts)
        {
            await _registry.ReloadAsync(_stopping.Token);
        }
    }

    // While time was given back the journey was still paused; whoever came due meanwhile was held again, and is let go now.
    private static SweepPlan Second(SweepPlan plan) => plan with { TimeStoodStill = false, Position = 0, Asked = 0 };

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep {Kind} of {Owner} failed; it goes on from its last page")]
    private partial void LogSweepFailed(Exception error, SweepKind kind, string owner);
}

/// <summary>The definition in whose state a plan stands.</summary>
internal readonly record struct SweepOwner(string Kind, string Key)
{
    public static SweepOwner Of(SweepPlan plan) => plan.Segment is { } segment
        ? new SweepOwner(DefinitionKinds.Segment, segment)
        : new SweepOwner(DefinitionKinds.Journey, plan.Journey);
}
