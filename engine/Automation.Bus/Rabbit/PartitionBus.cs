using Automation.Bus.Contracts;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Automation.Bus.Rabbit;

/// <summary>
/// The partitions' queues, from both ends: <see cref="BusEngine"/> publishes to them, and owners open theirs. Everything here speaks
/// to the broker itself, because order, confirmation and hand-over are the whole point.
/// </summary>
public sealed class PartitionBus : IPartitionQueues, IDeadLetters, IAsyncDisposable
{
    private readonly RabbitOptions _options;
    private readonly ILogger _log;
    private readonly Topology _topology;
    private readonly RabbitConnection _connection;
    private readonly ConfirmedPublisher _publisher;
    private readonly DeadLetters _dead;
    private readonly Answers _answers;
    private readonly QueueDepths _depths;
    private readonly PartitionLane[] _lanes;
    private readonly HashSet<string> _dispatchQueues = [];
    private readonly EnvelopeBytes _bytes = new();
    private int _isDisposed;

    public PartitionBus(RabbitOptions options, int partitions, string node, ILogger<PartitionBus> log)
    {
        _options = options;
        _log = log;
        _topology = new Topology(options);
        _connection = new RabbitConnection(options, node, log);
        _publisher = new ConfirmedPublisher(_connection, options);
        _dead = new DeadLetters(_connection, _publisher, _topology);
        _answers = new Answers(_connection, options, _topology);
        _lanes = [.. Enumerable.Range(0, partitions).Select(number => new PartitionLane(number, options, _topology, _publisher))];
        _depths = new QueueDepths(_connection, options, MeasuredQueues, log);
    }

    public int Partitions => _lanes.Length;

    /// <summary>Whether the broker can be reached now.</summary>
    public bool IsOpen => _connection.IsOpen;

    /// <summary>Envelopes that wait for their partitions, and about how many stimuli are in them.</summary>
    public Backlog Backlog
    {
        get
        {
            var envelopes = 0L;
            var stimuli = 0.0;
            for (var number = 0; number < _lanes.Length; number++)
            {
                var depth = _depths.Of(_topology.Partition(number));
                envelopes += depth;
                stimuli += _lanes[number].Pending + (depth * _lanes[number].PerEnvelope);
            }
            return new Backlog((int)Math.Min(int.MaxValue, envelopes), (int)Math.Min(int.MaxValue, stimuli));
        }
    }

    /// <summary>Waits for the broker, and declares what is not there yet.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await _connection.OpenAsync(cancellation);
        await using (var channel = await _connection.ChannelAsync(cancellation))
        {
            await _topology.DeclareAsync(channel, _lanes.Length, cancellation);
        }
        await _answers.OpenAsync(cancellation);
        await _depths.MeasureAsync(cancellation);
        _depths.Start();
    }

    public async ValueTask<IAsyncDisposable> OpenAsync(int partition, IEngine engine, CancellationToken cancellation) =>
        await PartitionConsumer.OpenAsync(partition, engine, _connection, _options, _dead, _topology, _log, cancellation);

    /// <summary>Reads the ingress until disposed.</summary>
    public async ValueTask<IAsyncDisposable> ReadIngressAsync(
        IEngine engine, IngressRead read, CancellationToken cancellation = default) =>
        await IngressConsumer.OpenAsync(_connection, engine, read, _dead, _topology, _log, cancellation);

    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(int limit, CancellationToken cancellation = default) => _dead.ListAsync(limit, cancellation);

    public Task<int> ReplayDeadLettersAsync(int limit, CancellationToken cancellation = default) => _dead.ReplayAsync(limit, cancellation);

    public Task<int> DiscardDeadLettersAsync(int limit, CancellationToken cancellation = default) => _dead.DiscardAsync(limit, cancellation);

    public Task<long> CountDeadLettersAsync(CancellationToken cancellation = default) => _dead.CountAsync(cancellation);

    /// <summary>Envelopes that wait in each queue, as it was last measured.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Depths() => [.. _depths.All.OrderBy(one => one.Key, StringComparer.Ordinal)];

    /// <summary>Envelopes that wait in the queue of an account's channel.</summary>
    public long DispatchDepth(string account, string channel) => _depths.Of(_topology.Dispatch(account, channel));

    /// <summary>Makes sure that the queue of an account's channel is there, and returns its name.</summary>
    public async ValueTask<string> DispatchQueueAsync(string account, string channel, CancellationToken cancellation)
    {
        var name = _topology.Dispatch(account, channel);
        lock (_dispatchQueues)
        {
            if (_dispatchQueues.Contains(name))
            {
                return name;
            }
        }
        await using var declaring = await _connection.ChannelAsync(cancellation);
        await Topology.DeclareDispatchAsync(declaring, name, cancellation);
        lock (_dispatchQueues)
        {
            _dispatchQueues.Add(name);
        }
        return name;
    }

    /// <summary>Returns when the broker keeps all of them.</summary>
    internal async ValueTask PublishAsync(IReadOnlyList<ContactEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }
        if (events.Count == 1 || _lanes.Length == 1)
        {
            await _lanes[PartitionOf.Event(events[0], _lanes.Length)].PublishAsync(events);
            return;
        }
        var parts = events.GroupBy(happened => PartitionOf.Event(happened, _lanes.Length))
            .Select(part => _lanes[part.Key].PublishAsync([.. part])).ToArray();
        await Task.WhenAll(parts);
    }

    /// <summary>Returns when the broker keeps all of them.</summary>
    internal async ValueTask PublishAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation)
    {
        foreach (var part in stimuli.GroupBy(one => PartitionOf.Contact(one.Contact) % _lanes.Length))
        {
            foreach (var chunk in part.Chunk(_options.EnvelopeMax))
            {
                await _publisher.PublishAsync(
                    _topology.Partitions, Topology.RoutingKey(part.Key), new BasicProperties { Persistent = true },
                    Pack(PartitionEnvelope.Of(chunk)), cancellation);
            }
        }
    }

    internal ValueTask<Acknowledgement> AskAsync(long contact, Stimulus stimulus, CancellationToken cancellation) => _answers.AskAsync(
        PartitionOf.Contact(contact) % _lanes.Length, Pack(PartitionEnvelope.Of([new Addressed(contact, stimulus)])), cancellation);

    internal async ValueTask<Acknowledgement> AskAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation)
    {
        var asking = stimuli.GroupBy(one => PartitionOf.Contact(one.Contact) % _lanes.Length)
            .SelectMany(part => part.Chunk(_options.EnvelopeMax).Select(chunk => _answers.AskAsync(part.Key, Pack(PartitionEnvelope.Of(chunk)), cancellation).AsTask()));
        var answers = await Task.WhenAll(asking);
        return new Acknowledgement(
            answers.Sum(one => one.Accepted), answers.Sum(one => one.Duplicates), answers.Sum(one => one.Rejected), answers[^1].At, [.. answers.SelectMany(one => one.Facts)]);
    }

    internal ValueTask<Acknowledgement> AskAsync(IReadOnlyList<WorkspaceFact> facts, CancellationToken cancellation) =>
        _answers.AskAsync(PartitionOf.Definitions, Pack(PartitionEnvelope.Of(facts)), cancellation);

    /// <summary>May be called twice: by its owner, and by a container that lends it out.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }
        foreach (var lane in _lanes)
        {
            await lane.DisposeAsync();
        }
        await _depths.DisposeAsync();
        await _answers.DisposeAsync();
        await _publisher.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private byte[] Pack(PartitionEnvelope envelope)
    {
        lock (_bytes)
        {
            return _bytes.Pack(envelope);
        }
    }

    private IEnumerable<string> MeasuredQueues()
    {
        for (var number = 0; number < _lanes.Length; number++)
        {
            yield return _topology.Partition(number);
        }
        yield return _topology.Ingress;
        yield return _topology.Dead;
        string[] dispatch;
        lock (_dispatchQueues)
        {
            dispatch = [.. _dispatchQueues];
        }
        foreach (var name in dispatch)
        {
            yield return name;
        }
    }
}
