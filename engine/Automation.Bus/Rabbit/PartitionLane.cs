using System.Threading.Channels;
using Automation.Bus.Contracts;
using Automation.Core.Contacts;
using Automation.Runtime.Loop;
using RabbitMQ.Client;

namespace Automation.Bus.Rabbit;

/// <summary>
/// The way of events into one partition's queue. While the broker confirms one envelope the next one gathers, so that single events
/// of many callers travel together, in the order in which they came, and a lone one goes at once.
/// </summary>
internal sealed class PartitionLane : IAsyncDisposable
{
    private readonly int _partition;
    private readonly RabbitOptions _options;
    private readonly Topology _topology;
    private readonly ConfirmedPublisher _publisher;
    private readonly Channel<Handed> _waiting = Channel.CreateUnbounded<Handed>(new UnboundedChannelOptions { SingleReader = true });
    private readonly EnvelopeBytes _bytes = new();
    private readonly List<Handed> _group = [];
    private readonly List<ContactEvent> _events = [];
    private readonly Task _running;
    private int _pending;
    private double _perEnvelope = 1;

    public PartitionLane(int partition, RabbitOptions options, Topology topology, ConfirmedPublisher publisher)
    {
        _partition = partition;
        _options = options;
        _topology = topology;
        _publisher = publisher;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Events that wait for the broker's word.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>
    /// How many events an envelope of this process has lately. A queue tells how many envelopes wait and not what is in them; this is a
    /// fair measure of it.
    /// </summary>
    public double PerEnvelope => Volatile.Read(ref _perEnvelope);

    /// <summary>Returns when the broker keeps them.</summary>
    public Task PublishAsync(IReadOnlyList<ContactEvent> events)
    {
        var handed = new Handed(events, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Add(ref _pending, events.Count);
        if (!_waiting.Writer.TryWrite(handed))
        {
            Interlocked.Add(ref _pending, -events.Count);
            throw new EngineUnavailableException("Expected a running engine, but it is stopped.");
        }
        return handed.Kept.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (_events.Count < _options.EnvelopeMax && _waiting.Reader.TryRead(out var handed))
            {
                _group.Add(handed);
                _events.AddRange(handed.Events);
            }
            var error = await SendAsync();
            Interlocked.Add(ref _pending, -_events.Count);
            foreach (var handed in _group)
            {
                if (error is null)
                {
                    handed.Kept.TrySetResult();
                }
                else
                {
                    handed.Kept.TrySetException(error);
                }
            }
            _group.Clear();
            _events.Clear();
        }
    }

    private async Task<Exception?> SendAsync()
    {
        try
        {
            // A long list of one caller is cut; whoever reads it decides each part whole.
            for (var from = 0; from < _events.Count; from += 2 * _options.EnvelopeMax)
            {
                var part = _events.GetRange(from, Math.Min(2 * _options.EnvelopeMax, _events.Count - from));
                await _publisher.PublishAsync(
                    _topology.Partitions, Topology.RoutingKey(_partition), new BasicProperties { Persistent = true },
                    _bytes.Pack(PartitionEnvelope.Of(part)));
                Volatile.Write(ref _perEnvelope, (0.9 * PerEnvelope) + (0.1 * part.Count));
            }
            return null;
        }
#pragma warning disable CA1031 // Whatever went wrong is the callers' to know; the lane goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return error;
        }
    }

    private readonly record struct Handed(IReadOnlyList<ContactEvent> Events, TaskCompletionSource Kept);
}
