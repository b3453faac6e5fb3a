using System.Collections.Concurrent;
using System.Diagnostics;
using Automation.Connectors;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Bench.Rig;

/// <summary>A vendor that takes everything at once and notes when each message was handed to it.</summary>
internal sealed class CountingConnector(int expected) : IConnectorFactory
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _expected = expected;
    private int _count;

    /// <summary>Time stamp of arrival by contact id.</summary>
    public ConcurrentDictionary<string, long> Arrivals { get; } = new();

    public Task All => _all.Task;

    public int Count => Volatile.Read(ref _count);

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
            if (Interlocked.Add(ref owner._count, results.Length) >= owner._expected)
            {
                owner._all.TrySetResult();
            }
            return ValueTask.FromResult<IReadOnlyList<SendResult>>(results);
        }

        public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => ValueTask.FromResult(ConnectorHealth.Ok("Counting."));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
