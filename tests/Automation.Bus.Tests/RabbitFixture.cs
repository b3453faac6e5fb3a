using Automation.Bus.Rabbit;
using Automation.Runtime.Ports;
using Automation.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Bus.Tests;

/// <summary>One broker for all tests of this project; each test has queues of its own names.</summary>
public sealed class RabbitFixture : IAsyncLifetime
{
    private static int _tests;
    private PrivateServer? _server;

    public PrivateServer Server => _server!;

    public async Task InitializeAsync() => _server = PrivateServer.Missing("rabbitmq") is null ? await PrivateServer.StartAsync("rabbitmq") : null;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal RabbitOptions Options(long queueBytesMax = 64 * 1024 * 1024, string? prefix = null) => new()
    {
        Uri = $"amqp://guest:guest@127.0.0.1:{Server.Port}/",
        Prefix = prefix ?? $"t{Interlocked.Increment(ref _tests)}",
        QueueBytesMax = queueBytesMax,
        MeasureEvery = TimeSpan.FromMilliseconds(20),
        AnswerTimeout = TimeSpan.FromSeconds(5),
    };

    internal static async Task<PartitionBus> StartAsync(RabbitOptions options, int partitions = 2, string node = "n1")
    {
        var bus = new PartitionBus(options, partitions, node, NullLogger<PartitionBus>.Instance);
        await bus.StartAsync();
        return bus;
    }

    internal static BusEngine Engine(PartitionBus bus) => new(bus, new NoClaims(), "n1", SystemClock.Instance);

    /// <summary>Looks again and again until it is so.</summary>
    internal static async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var patience = 0; !isSo(); patience++)
        {
            Assert.True(patience < 1_500, $"Expected {what}, but it did not come about.");
            await Task.Yield();
            await WaitAWhileAsync();
        }
    }

    internal static async Task WaitAWhileAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        await timer.WaitForNextTickAsync();
    }

    private sealed class NoClaims : IIntentClaims
    {
        public ValueTask<IReadOnlySet<Guid>> ClaimAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlySet<Guid>>(new HashSet<Guid>());

        public ValueTask GiveBackAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<QueuedMessage>> TakeAbandonedAsync(string node, int limit, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<QueuedMessage>>([]);
    }
}

[CollectionDefinition("rabbit")]
public sealed class RabbitTests : ICollectionFixture<RabbitFixture>;

/// <summary>A test that needs a broker; skipped where none is installed.</summary>
internal sealed class RabbitFactAttribute : FactAttribute
{
    public RabbitFactAttribute() => Skip = PrivateServer.Missing("rabbitmq");
}
