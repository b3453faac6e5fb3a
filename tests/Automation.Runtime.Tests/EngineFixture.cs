using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Runtime.Loop;
using Automation.Runtime.Memory;
using Automation.Runtime.Ports;
using Automation.Runtime.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Runtime.Tests;

/// <summary>A running engine over a scripted store in memory, under a clock that stands.</summary>
internal sealed class EngineFixture : IAsyncDisposable
{
    private readonly EngineMetrics _metrics = new();

    private EngineFixture(EngineOptions options, JourneySetSource journeys, InMemoryStore memory)
    {
        Memory = memory;
        Store = new ScriptedStore(memory);
        Engine = new EngineHost(options, Store, Relay, Clock, JourneySet.Build(journeys), _metrics, NullLogger<EngineHost>.Instance);
    }

    public EngineMetrics Metrics => _metrics;

    public static EngineOptions Impatient => new() { RetryFirst = TimeSpan.Zero };

    public VirtualClock Clock { get; } = new(Given.Noon);

    public InMemoryStore Memory { get; }

    public ScriptedStore Store { get; }

    public RecordingRelay Relay { get; } = new();

    public EngineHost Engine { get; }

    public static async Task<EngineFixture> StartAsync(
        EngineOptions? options = null, JourneySetSource? journeys = null, InMemoryStore? memory = null)
    {
        var fixture = new EngineFixture(options ?? Impatient, journeys ?? new JourneySetSource(), memory ?? new InMemoryStore());
        await fixture.Engine.StartAsync(withTimers: false);
        return fixture;
    }

    public async Task<Contact> ContactOfAsync(Identity identity)
    {
        var id = await Memory.FindContactAsync(identity, CancellationToken.None);
        Assert.NotNull(id);
        return (await Memory.ContactAsync(id.Value, CancellationToken.None))!;
    }

    public async Task<List<LedgerRecord>> RecordsAsync()
    {
        var records = new List<LedgerRecord>();
        await foreach (var record in Memory.RecordsAsync(0, 0, CancellationToken.None))
        {
            records.Add(record);
        }
        return records;
    }

    /// <summary>Looks after each commit whether it is so yet.</summary>
    public async Task UntilAsync(Func<ValueTask<bool>> isSo)
    {
        while (!await isSo())
        {
            Assert.True(await Store.Written.WaitAsync(TimeSpan.FromSeconds(30)), "Expected another commit, but none came.");
        }
    }

    public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync() => Memory.QueuedAsync(null, 1_000, CancellationToken.None);

    public async Task<MessageRow> MessageAsync(Guid id) => (await Memory.MessageAsync(id, CancellationToken.None))!;

    public Task UntilMessageAsync(Guid id, OutboxStatus status) => UntilAsync(async () => (await MessageAsync(id)).Status == status);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _metrics.Dispose();
    }
}

/// <summary>Keeps what was handed on.</summary>
internal sealed class RecordingRelay : IOutboxRelay
{
    public List<OutboxMessage> Messages { get; } = [];

    public List<Guid> Again { get; } = [];

    public void HandOn(IReadOnlyList<OutboxMessage> messages, IReadOnlyList<Guid> again)
    {
        lock (Messages)
        {
            Messages.AddRange(messages);
            Again.AddRange(again);
        }
    }
}
