using Automation.Bus.Consumers;
using Automation.Bus.Contracts;
using Automation.Runtime.Ports;
using MassTransit;

namespace Automation.Bus.Rabbit;

/// <summary>
/// What MassTransit carries between processes: messages for dispatchers, one queue for each account and channel, and the word that
/// definitions changed. Many may take from these queues, and no order has to be kept: what a bus is good at.
/// </summary>
public sealed class RabbitOutboxBus : IOutboxBus, IAsyncDisposable
{
    private const int PrefetchMax = 8;

    private readonly PartitionBus _queues;
    private readonly string _node;
    private readonly IBusControl _bus;
    private readonly Func<OutboxEnvelope, CancellationToken, Task> _accept;
    private readonly Dictionary<string, HostReceiveEndpointHandle> _taking = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="queues">Knows the queues' names and lays them out.</param>
    /// <param name="accept">Takes envelopes of the queues that <see cref="TakeAsync"/> was told to take; it returns when there is room for more.</param>
    /// <param name="changed">Told when another process changed definitions.</param>
    public RabbitOutboxBus(
        RabbitOptions options, PartitionBus queues, string node, Func<OutboxEnvelope, CancellationToken, Task> accept, Action changed)
    {
        _queues = queues;
        _node = node;
        _accept = accept;
        var addresses = options.Uri.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(new Uri(addresses[0]), node, host =>
            {
                host.Heartbeat(options.Heartbeat);
                if (addresses.Length > 1)
                {
                    host.UseCluster(cluster =>
                    {
                        foreach (var address in addresses.Select(one => new Uri(one)))
                        {
                            cluster.Node(address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}");
                        }
                    });
                }
            });
            bus.Message<DefinitionsChanged>(message => message.SetEntityName($"{options.Prefix}.definitions_changed"));
            bus.ReceiveEndpoint($"{options.Prefix}.node.{node}", endpoint =>
            {
                // Its own queue, gone with the process: whoever was away asks the store for the revision anyway.
                endpoint.AutoDelete = true;
                endpoint.Durable = false;
                endpoint.Handler<DefinitionsChanged>(context =>
                {
                    if (context.Message.Node != node)
                    {
                        changed();
                    }
                    return Task.CompletedTask;
                });
            });
        });
    }

    public Task StartAsync(CancellationToken cancellation = default) => _bus.StartAsync(cancellation);

    public async ValueTask PublishAsync(OutboxEnvelope envelope, CancellationToken cancellation)
    {
        var name = await _queues.DispatchQueueAsync(envelope.Account, envelope.Channel, cancellation);
        var queue = await _bus.GetSendEndpoint(new Uri($"exchange:{name}"));
        await queue.Send(
            new OutboxHandedOn(envelope.Account, envelope.Channel, envelope.Messages.Count, MessageBytes.Pack(envelope.Messages)), cancellation);
    }

    /// <summary>Takes from the queue of an account's channel from now on, beside whoever else does.</summary>
    public async Task TakeAsync(string account, string channel, CancellationToken cancellation = default)
    {
        var name = await _queues.DispatchQueueAsync(account, channel, cancellation);
        HostReceiveEndpointHandle handle;
        lock (_taking)
        {
            if (_taking.ContainsKey(name))
            {
                return;
            }
            handle = _bus.ConnectReceiveEndpoint(name, endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue();
                    rabbit.PrefetchCount = PrefetchMax;
                }
                // One at a time: a full lane then holds the queue up, and another dispatcher takes what waits in it.
                endpoint.ConcurrentMessageLimit = 1;
                endpoint.Consumer(() => new OutboxConsumer(_accept, _stopping.Token));
            });
            _taking[name] = handle;
        }
        await handle.Ready.WaitAsync(cancellation);
    }

    public Task TellChangedAsync(CancellationToken cancellation = default) => _bus.Publish(new DefinitionsChanged(_node), cancellation);

    /// <summary>Takes nothing more from the dispatch queues; publishing goes on.</summary>
    public async Task StopTakingAsync()
    {
        await _stopping.CancelAsync();
        HostReceiveEndpointHandle[] taking;
        lock (_taking)
        {
            taking = [.. _taking.Values];
        }
        await Task.WhenAll(taking.Select(one => one.StopAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _bus.StopAsync();
        _stopping.Dispose();
    }
}
