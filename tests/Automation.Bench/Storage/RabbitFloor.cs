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
        await DeclareAsync();
        var consuming = ConsumeAsync(envelopes.Sum(envelope => envelope.Count));
        await PublishAsync(envelopes);
        await consuming;
    }

    /// <summary>Returns when the broker has confirmed all of them.</summary>
    public async Task PublishAsync(IReadOnlyList<List<(int Partition, byte[] Body)>> envelopes)
    {
        await DeclareAsync();
        await using var connection = await Factory().CreateConnectionAsync();
        await using var publisher = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
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
    }

    /// <summary>Returns when so many were taken and acknowledged.</summary>
    public async Task ConsumeAsync(int left)
    {
        await using var connection = await Factory().CreateConnectionAsync();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var partition = 0; partition < partitions; partition++)
        {
            var channel = await connection.CreateChannelAsync();
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
        await all.Task;
    }

    private async Task DeclareAsync()
    {
        await using var connection = await Factory().CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        for (var partition = 0; partition < partitions; partition++)
        {
            await channel.QueueDeclareAsync(
                Queue(partition), durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        }
    }

    private ConnectionFactory Factory() => new() { Uri = new Uri(FormattableString.Invariant($"amqp://guest:guest@127.0.0.1:{brokerPort}/")) };

    private static string Queue(int partition) => FormattableString.Invariant($"floor.{partition}");
}
