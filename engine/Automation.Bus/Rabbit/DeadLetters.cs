using System.Globalization;
using System.Text;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Automation.Bus.Rabbit;

/// <summary>
/// The place for what nobody can read: kept whole, with the reason and where it came from, until a person looks. It can be put back
/// where it was, for instance after an upgrade that understands it.
/// </summary>
internal sealed class DeadLetters(RabbitConnection connection, ConfirmedPublisher publisher, Topology topology)
{
    private const string Reason = "x-reason";
    private const string Exchange = "x-from-exchange";
    private const string RoutingKey = "x-from-key";
    private const string At = "x-at";
    private const int BytesShownMax = 2_000;

    /// <summary>Returns when it is safe there.</summary>
    public Task BuryAsync(string exchange, string routingKey, ReadOnlyMemory<byte> body, string reason, DateTimeOffset at) =>
        publisher.PublishAsync("", topology.Dead, new BasicProperties
        {
            Persistent = true,
            Headers = new Dictionary<string, object?>
            {
                [Reason] = reason,
                [Exchange] = exchange,
                [RoutingKey] = routingKey,
                [At] = at.ToString("O", CultureInfo.InvariantCulture),
            },
        }, body);

    /// <summary>Looks without taking.</summary>
    /// <exception cref="EngineUnavailableException">The broker is away.</exception>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellation) => ReachAsync(async () =>
    {
        // What is fetched and not acknowledged goes back to its place when the channel closes.
        await using var channel = await connection.ChannelAsync(cancellation);
        var found = new List<DeadLetter>();
        while (found.Count < limit && await channel.BasicGetAsync(topology.Dead, autoAck: false, cancellation) is { } letter)
        {
            found.Add(Of(letter));
        }
        return (IReadOnlyList<DeadLetter>)found;
    });

    /// <summary>Puts the oldest ones back where they came from. Each is safe there before it leaves here.</summary>
    /// <returns>How many went back.</returns>
    /// <exception cref="EngineUnavailableException">The broker is away.</exception>
    public Task<int> ReplayAsync(int limit, CancellationToken cancellation) => ReachAsync(async () =>
    {
        await using var channel = await connection.ChannelAsync(cancellation);
        // Only those that are here now: one that dies again comes to the end of the queue.
        var most = Math.Min(limit, (int)await channel.MessageCountAsync(topology.Dead, cancellation));
        for (var replayed = 0; replayed < most; replayed++)
        {
            if (await channel.BasicGetAsync(topology.Dead, autoAck: false, cancellation) is not { } letter)
            {
                return replayed;
            }
            await publisher.PublishAsync(
                Header(letter, Exchange), Header(letter, RoutingKey), new BasicProperties { Persistent = true }, letter.Body, cancellation);
            await channel.BasicAckAsync(letter.DeliveryTag, multiple: false, cancellation);
        }
        return most;
    });

    /// <summary>Throws the oldest ones away.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="EngineUnavailableException">The broker is away.</exception>
    public Task<int> DiscardAsync(int limit, CancellationToken cancellation) => ReachAsync(async () =>
    {
        await using var channel = await connection.ChannelAsync(cancellation);
        var discarded = 0;
        while (discarded < limit && await channel.BasicGetAsync(topology.Dead, autoAck: false, cancellation) is { } letter)
        {
            await channel.BasicAckAsync(letter.DeliveryTag, multiple: false, cancellation);
            discarded++;
        }
        return discarded;
    });

    /// <exception cref="EngineUnavailableException">The broker is away.</exception>
    public Task<long> CountAsync(CancellationToken cancellation) => ReachAsync(async () =>
    {
        await using var channel = await connection.ChannelAsync(cancellation);
        return (long)await channel.MessageCountAsync(topology.Dead, cancellation);
    });

    private static async Task<T> ReachAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException or ObjectDisposedException)
        {
            throw new EngineUnavailableException("Expected a connection to the broker, but it is away.", error);
        }
    }

    private static DeadLetter Of(BasicGetResult letter) => new(
        Header(letter, Exchange), Header(letter, RoutingKey), Header(letter, Reason), Header(letter, At), letter.Body.Length,
        Encoding.UTF8.GetString(letter.Body.Span[..Math.Min(letter.Body.Length, BytesShownMax)]));

    private static string Header(BasicGetResult letter, string name) =>
        letter.BasicProperties.Headers?.TryGetValue(name, out var value) == true && value is byte[] text ? Encoding.UTF8.GetString(text) : "";
}
