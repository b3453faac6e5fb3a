using Automation.Bus.Contracts;
using Automation.Core.Contacts;
using Automation.Runtime.Partitions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Automation.Bench.Storage;

/// <summary>
/// The broker's own floor: the same bytes, published with confirms into a quorum queue for each partition, eight under way as the
/// producer has them, and consumed with an acknowledgement for each. Nothing is unpacked, decided or stored.
/// </summary>
internal sealed class RabbitFloor(int brokerPort, int partitions)
{
    private const int UnderWay = 8;

    /// <summary>The bodies of an envelope, one for each partition that it touches.</summary>
    public List<(int Partition, byte[] Body)> Pack(IReadOnlyList<ContactEvent> envelope)
    {
        var bytes = new EnvelopeBytes();
        return [.. envelope.GroupBy(happened => PartitionOf.Event(happened, partitions)).Select(part => (part.Key, bytes.Pack(PartitionEnvelope.Of([.. part]))))];
    }

    public async Task RunAsync(IReadOnlyList<List<(int Partition, byte[] Body)>> envelopes)
    {
        var factory = new ConnectionFactory { Uri = new Uri(FormattableString.Invariant($"amqp://guest:guest@127.0.0.1:{brokerPort}/")) };
        await using var sending = await factory.CreateConnectionAsync();
        await using var receiving = await factory.CreateConnectionAsync();
        await using var publisher = await sending.CreateChannelAsync(new CreateChannelOptions(true, true));
        var left = envelopes.Sum(envelope => envelope.Count);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var channels = new List<IChannel>();
        for (var partition = 0; partition < partitions; partition++)
        {
            await publisher.QueueDeclareAsync(
                Queue(partition), durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            var channel = await receiving.CreateChannelAsync();
            channels.Add(channel);
            await channel.BasicQosAsync(0, 64, global: false);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += async (_, delivery) =>
            {
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
                if (Interlocked.Decrement(ref left) == 0)
                {
                    all.TrySetResult();
                }
            };
            await channel.BasicConsumeAsync(Queue(partition), autoAck: false, consumer);
        }
        var underWay = new Queue<Task>();
        foreach (var envelope in envelopes)
        {
            if (underWay.Count >= UnderWay)
            {
                await underWay.Dequeue();
            }
            underWay.Enqueue(Task.WhenAll(envelope.Select(part => publisher.BasicPublishAsync(
                "", Queue(part.Partition), mandatory: true, new BasicProperties { Persistent = true }, part.Body).AsTask())));
        }
        await Task.WhenAll(underWay);
        await all.Task;
        foreach (var channel in channels)
        {
            await channel.DisposeAsync();
        }
    }

    private static string Queue(int partition) => FormattableString.Invariant($"floor.{partition}");
}
