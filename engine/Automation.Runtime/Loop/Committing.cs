using System.Diagnostics;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>
/// The second half of the pipeline: one batch on its way into the store, beside the loop that decides the next one. When it is
/// durable, senders are told and messages handed on at once; the loop learns of it when it looks.
/// </summary>
internal sealed class Committing(IEngineStore store, IOutboxRelay relay, EngineMetrics metrics, IClock clock, Action<Instant> dueAt)
{
    private Task<Exception?> _running = Task.FromResult<Exception?>(null);

    /// <summary>The batch that is being committed, or null.</summary>
    public Batch? Batch { get; private set; }

    /// <summary>Completes, never faulted, with the commit.</summary>
    public Task Ended => _running;

    public bool IsRunning => Batch is not null && !_running.IsCompleted;

    public void Start(Batch batch, CommitBatch rows)
    {
        Batch = batch;
        _running = Task.Run(() => CommitAsync(batch, rows));
    }

    /// <summary>Waits for the commit; null when it is durable, else what went wrong.</summary>
    public async ValueTask<Exception?> SettleAsync()
    {
        var error = await _running;
        Batch = null;
        return error;
    }

    /// <summary>For a commit that reported an error and turns out to have been written after all.</summary>
    public void Acknowledge(Batch batch, IReadOnlySet<Guid> claimed)
    {
        var accepted = 0;
        var duplicates = 0;
        foreach (var submission in batch.Submissions)
        {
            accepted += submission.Accepted;
            duplicates += submission.Duplicates;
            submission.Complete(batch.At, claimed);
        }
        metrics.Batches.Add(1);
        metrics.Stimuli.Add(accepted);
        metrics.Facts.Add(batch.Facts.Count);
        if (batch.Facts.Count + batch.Events.Count > 0)
        {
            metrics.Seals.Add(1);
        }
        Measure(batch);
        if (duplicates > 0)
        {
            metrics.Duplicates.Add(duplicates);
        }
        if (batch.Counters.Count > 0)
        {
            metrics.Happened?.Invoke(batch.Counters);
        }
        if (batch.Messages.Count > 0 || batch.Again.Count > 0)
        {
            relay.HandOn(batch.Messages, batch.Again);
        }
        if (batch.EarliestDue is { } due)
        {
            dueAt(due);
        }
    }

    private void Measure(Batch batch)
    {
        if (metrics.EventLagSeconds.Enabled)
        {
            var now = clock.GetCurrentInstant();
            foreach (var submission in batch.Submissions)
            {
                if (submission.Events is [var first, ..])
                {
                    metrics.EventLagSeconds.Record(Math.Max(0, (now - first.ReceivedAt).TotalSeconds));
                }
            }
        }
        if (metrics.Decisions.Enabled)
        {
            foreach (var kind in batch.Counters.GroupBy(static one => one.Key.Name, StringComparer.Ordinal))
            {
                metrics.Decisions.Add(kind.Sum(static one => one.Value), new KeyValuePair<string, object?>("kind", kind.Key));
            }
        }
    }

    private async Task<Exception?> CommitAsync(Batch batch, CommitBatch rows)
    {
        var started = Stopwatch.GetTimestamp();
        CommitResult result;
        try
        {
            // No cancellation: a commit that has begun is seen through, also while the process stops.
            result = await store.CommitAsync(rows, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever the store threw, the loop decides what becomes of the batch.
        catch (Exception error)
#pragma warning restore CA1031
        {
            metrics.FailedCommits.Add(1);
            return error;
        }
        metrics.CommitSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        Acknowledge(batch, result.Claimed);
        return null;
    }
}
