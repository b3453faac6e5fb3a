using System.Globalization;
using RabbitMQ.Client;

namespace Automation.Bus.Rabbit;

/// <summary>
/// The names of exchanges and queues, and their declaration. Whoever comes first declares them; declaring again changes nothing.
/// Every queue is a quorum queue: what was confirmed survives the broker, and one of its nodes.
/// </summary>
internal sealed class Topology(RabbitOptions options)
{
    /// <summary>Takes single JSON events and batches from any system.</summary>
    public string Ingress => $"{options.Prefix}.ingress";

    /// <summary>Direct: the routing key is the partition's number.</summary>
    public string Partitions => $"{options.Prefix}.partitions";

    /// <summary>What nobody could read, with the reason beside it.</summary>
    public string Dead => $"{options.Prefix}.dead";

    public string Partition(int number) => string.Create(CultureInfo.InvariantCulture, $"{options.Prefix}.partition.{number}");

    public static string RoutingKey(int partition) => partition.ToString(CultureInfo.InvariantCulture);

    public string Dispatch(string account, string channel) => $"{options.Prefix}.dispatch.{channel}.{account}";

    public async Task DeclareAsync(IChannel channel, int partitions, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(Ingress, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        await QueueAsync(channel, Ingress, cancellation);
        await channel.QueueBindAsync(Ingress, Ingress, "#", cancellationToken: cancellation);
        await QueueAsync(channel, Dead, cancellation);
        await channel.ExchangeDeclareAsync(Partitions, ExchangeType.Direct, durable: true, cancellationToken: cancellation);
        for (var number = 0; number < partitions; number++)
        {
            await QueueAsync(channel, Partition(number), cancellation, singleConsumer: true);
            await channel.QueueBindAsync(Partition(number), Partitions, RoutingKey(number), cancellationToken: cancellation);
        }
    }

    /// <summary>The queue of an account's channel, as MassTransit lays it out: an exchange of the same name before it.</summary>
    public static async Task DeclareDispatchAsync(IChannel channel, string name, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellation);
        await channel.QueueBindAsync(name, name, "", cancellationToken: cancellation);
    }

    // A full queue refuses instead of dropping: the sender still has what was refused.
    private Task<QueueDeclareOk> QueueAsync(IChannel channel, string name, CancellationToken cancellation, bool singleConsumer = false)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-max-length-bytes"] = options.QueueBytesMax,
            ["x-overflow"] = "reject-publish",
        };
        if (singleConsumer)
        {
            arguments["x-single-active-consumer"] = true;
        }
        return channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
    }
}
