using System.Threading.Channels;
using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Bulk;

/// <summary>
/// Runs bulk actions one after the other, a page at a time. A page's commands are taken in before its place is kept, so nobody is left
/// out; who is asked twice after a crash answers the second time that it is done.
/// </summary>
public sealed partial class BulkQueue(
    IDefinitionStore definitions, BulkScope scope, IEngine engine, DefinitionChanges changes, ILogger<BulkQueue> log) : IAsyncDisposable
{
    private readonly Channel<string> _ids = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private Task _working = Task.CompletedTask;
    private int _waiting;

    /// <summary>Wait after a page failed, before it is tried again. Default 5 s.</summary>
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether this process runs them. Of several one does.</summary>
    public Func<bool> IsHere { get; set; } = static () => true;

    public bool IsIdle => Volatile.Read(ref _waiting) == 0;

    /// <summary>Takes up what an earlier process left unfinished.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await TakeUpAsync(cancellation);
        _working = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>Looks for actions that were begun and have not ended. One that has ended is not run again.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation = default)
    {
        var open = (await definitions.ListAsync(BulkDesk.Kind, cancellation)).Where(one => BulkProgress.Read(one.State).EndedAt is null);
        foreach (var action in open.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            Begin(action.Key);
        }
    }

    internal void Begin(string id)
    {
        Interlocked.Increment(ref _waiting);
        _ids.Writer.TryWrite(id);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _working;
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var id = await _ids.Reader.ReadAsync(_stopping.Token);
                while (IsHere() && await StepAsync(id))
                {
                    // The next page.
                }
                Interlocked.Decrement(ref _waiting);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <returns>Whether there is more to do.</returns>
    private async ValueTask<bool> StepAsync(string id)
    {
        try
        {
            if (await definitions.FindAsync(BulkDesk.Kind, id, _stopping.Token) is not { Draft: not null } kept
                || BulkAction.Of(kept) is not { Progress.EndedAt: null } action)
            {
                return false;
            }
            var (stimuli, progress) = await scope.PageAsync(action.Plan, action.Progress, _stopping.Token);
            if (progress is null)
            {
                await EndAsync(action);
                return false;
            }
            if (stimuli.Count > 0)
            {
                var facts = await AskAsync(stimuli);
                progress = progress with { Refused = BulkRefusal.Add(progress.Refused, facts.Select(static one => one.Fact)) };
            }
            await definitions.SetStateAsync(BulkDesk.Kind, id, progress.Write(), _stopping.Token);
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // It outlives whatever the store threw, and goes on from its last page.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(error, id);
            await Task.Delay(RetryEvery, _stopping.Token);
            return true;
        }
    }

    // Whoever decides may be busy for longer than an answer is waited for. Then they are asked all the same, and only the ledger has the answers.
    private async ValueTask<IReadOnlyList<RecordedFact>> AskAsync(IReadOnlyList<Addressed> stimuli)
    {
        try
        {
            return (await engine.AskAsync(stimuli, _stopping.Token)).Facts;
        }
        catch (EngineUnavailableException)
        {
            return (await engine.SubmitAsync(stimuli, _stopping.Token)).Facts;
        }
    }

    private async ValueTask EndAsync(BulkAction action)
    {
        var (plan, progress) = action;
        var now = engine.Clock.GetCurrentInstant();
        var after = (await scope.CountAsync(plan.Kind, plan.Filter, plan.At, _stopping.Token)).Count;
        var ended = new WorkspaceFact.BulkActionEnded(plan.Action, plan.Id, plan.Filter.Text, plan.Before, progress.Asked, after)
        {
            Actor = plan.Actor, Reason = plan.Reason,
        };
        await changes.MakeAsync(
            BulkDesk.Kind, plan.Id, 0, ended, now,
            async () =>
            {
                await definitions.SetStateAsync(BulkDesk.Kind, plan.Id, (progress with { EndedAt = now, After = after }).Write(), CancellationToken.None);
                return ended;
            },
            _stopping.Token);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The bulk action {Id} failed; it goes on from its last page")]
    private partial void LogFailed(Exception error, string id);
}
