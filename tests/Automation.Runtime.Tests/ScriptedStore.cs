using System.Collections.Concurrent;
using Automation.Runtime.Memory;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Tests;

/// <summary>A store whose commits a test can hold, fail before the write, or fail after it.</summary>
internal sealed class ScriptedStore(InMemoryStore inner) : IEngineStore
{
    private readonly ConcurrentQueue<Func<CommitBatch, Task>> _before = new();
    private readonly ConcurrentQueue<Func<CommitBatch, Task>> _after = new();
    private int _running;

    public List<CommitBatch> Committed { get; } = [];

    /// <summary>Released each time a commit begins.</summary>
    public SemaphoreSlim Begun { get; } = new(0);

    /// <summary>Released each time a commit is written.</summary>
    public SemaphoreSlim Written { get; } = new(0);

    /// <summary>Asked on every commit, after the scripted ones.</summary>
    public Func<CommitBatch, Task>? Always { get; set; }

    /// <summary>What the next questions for due contacts run into.</summary>
    public ConcurrentQueue<Exception> DueFailures { get; } = new();

    public void Next(Func<CommitBatch, Task> before) => _before.Enqueue(before);

    public void NextAfterWriting(Func<CommitBatch, Task> after) => _after.Enqueue(after);

    /// <summary>Holds the next commit until the returned source is set.</summary>
    public TaskCompletionSource HoldNext()
    {
        while (Begun.Wait(0))
        {
            // Earlier commits have begun; the next release is the held one's.
        }
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Next(_ => gate.Task);
        return gate;
    }

    /// <summary>Asked before every load.</summary>
    public Func<LoadRequest, Task>? BeforeLoad { get; set; }

    public async ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation)
    {
        if (BeforeLoad is { } before)
        {
            await before(request);
        }
        return await inner.LoadAsync(request, cancellation);
    }

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
    {
        Assert.Equal(1, Interlocked.Increment(ref _running));
        try
        {
            Begun.Release();
            if (_before.TryDequeue(out var before))
            {
                await before(batch);
            }
            else if (Always is not null)
            {
                await Always(batch);
            }
            var result = await inner.CommitAsync(batch, cancellation);
            if (_after.TryDequeue(out var after))
            {
                await after(batch);
            }
            Committed.Add(batch);
            Written.Release();
            return result;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
        DueFailures.TryDequeue(out var failure) ? throw failure : inner.DueContactsAsync(now, limit, cancellation);

    public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation) => inner.HeadAsync(partition, cancellation);
}
