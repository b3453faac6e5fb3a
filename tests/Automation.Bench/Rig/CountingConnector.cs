using System.Collections.Concurrent;
using System.Diagnostics;
using Automation.Connectors;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Bench.Rig;

/// <summary>A vendor that takes everything at once and notes when each message was handed to it.</summary>
internal sealed class CountingConnector : IConnectorFactory
{
    private volatile Goal _goal = new(int.MaxValue);
    private int _count;

    /// <summary>Time stamp of arrival by contact id.</summary>
    public ConcurrentDictionary<string, long> Arrivals { get; } = new();

    public int Count => Volatile.Read(ref _count);

    /// <summary>Completes when so many messages have come since the start. One goal at a time.</summary>
    public Task ReachesAsync(int count)
    {
        _goal = new Goal(count);
        _goal.Look(Count);
        return _goal.Reached.Task;
    }

    public ConnectorManifest Manifest { get; } = new SandboxConnectorFactory(new MemoryMailbox()).Manifest;

    public IConnector Create(ConnectorAccount account, ConnectorServices services) => new Vendor(this);

    private sealed class Vendor(CountingConnector owner) : IConnector
    {
        public ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
        {
            var now = Stopwatch.GetTimestamp();
            var results = new SendResult[batch.Count];
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = SendResult.Accepted(batch[i], batch[i].IdText);
                owner.Arrivals[batch[i].ContactId] = now;
            }
            owner._goal.Look(Interlocked.Add(ref owner._count, results.Length));
            return ValueTask.FromResult<IReadOnlyList<SendResult>>(results);
        }

        public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => ValueTask.FromResult(ConnectorHealth.Ok("Counting."));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed record Goal(int Count)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Look(int count)
        {
            if (count >= Count)
            {
                Reached.TrySetResult();
            }
        }
    }
}
