using System.Collections.Immutable;
using System.Text;
using Automation.Bus.Rabbit;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;
using Automation.Runtime.Partitions;
using NodaTime;
using RabbitMQ.Client;

namespace Automation.Bus.Tests.Rabbit;

[Collection("rabbit")]
public sealed class PartitionBusTests(RabbitFixture rabbit)
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    private static ContactEvent Event(int number, string user) => new(
        $"m-{number}", EventType.Track, "order_paid", Noon, Noon, PropertyBag.Of(("amount", 1.5m), ("n", (long)number)),
        ImmutableArray.Create(new Identity(Identity.UserId, user)));

    private static ContactEvent[] Events(int from, int count, string user = "u1") => [.. Enumerable.Range(from, count).Select(i => Event(i, user))];

    [RabbitFact]
    public async Task Events_come_to_the_owner_of_their_partition_whole_and_in_order()
    {
        var options = rabbit.Options();
        await using var bus = await RabbitFixture.StartAsync(options);
        var engines = new[] { new RecordingEngine(), new RecordingEngine() };
        await using var first = await bus.OpenAsync(0, engines[0], CancellationToken.None);
        await using var second = await bus.OpenAsync(1, engines[1], CancellationToken.None);
        var sender = RabbitFixture.Engine(bus);

        for (var i = 0; i < 50; i++)
        {
            var events = Enumerable.Range(0, 20).Select(n => Event((i * 20) + n, $"u{n}")).ToArray();
            Assert.Equal(20, (await sender.SubmitAsync(events)).Accepted);
        }

        await RabbitFixture.UntilAsync(() => engines.Sum(one => one.Events.Count) == 1_000, "every event");
        foreach (var (engine, partition) in engines.Select((one, at) => (one, at)))
        {
            Assert.All(engine.Events, happened => Assert.Equal(partition, PartitionOf.Event(happened, 2)));
            var numbers = engine.Events.Select(happened => (long)happened.Properties["n"]!).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        }
        Assert.Equivalent(Event(0, "u0"), engines[PartitionOf.Event(Event(0, "u0"), 2)].Events.First());
    }

    [RabbitFact]
    public async Task Single_events_of_many_callers_travel_together()
    {
        await using var bus = await RabbitFixture.StartAsync(rabbit.Options(), partitions: 1);
        var engine = new RecordingEngine();
        await using var queue = await bus.OpenAsync(0, engine, CancellationToken.None);
        var sender = RabbitFixture.Engine(bus);

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => sender.SubmitAsync(Events(i, 1)).AsTask()));

        await RabbitFixture.UntilAsync(() => engine.Events.Count == 2_000, "every event");
        Assert.InRange(engine.Envelopes.Count, 1, 400);
    }

    [RabbitFact]
    public async Task What_is_not_committed_when_its_owner_dies_goes_to_the_next_owner()
    {
        var options = rabbit.Options();
        var stuck = new TaskCompletionSource();
        var dying = new RecordingEngine { Commit = () => stuck.Task };
        var heir = new RecordingEngine();
        await using var bus = await RabbitFixture.StartAsync(options, partitions: 1);
        var owner = await RabbitFixture.StartAsync(options, partitions: 1, "n2");
        _ = await owner.OpenAsync(0, dying, CancellationToken.None);
        await RabbitFixture.Engine(bus).SubmitAsync(Events(0, 10));
        await RabbitFixture.UntilAsync(() => dying.Events.Count == 10, "the events at their first owner");

        await owner.DisposeAsync(); // The connection breaks; nothing was acknowledged.
        await using var queue = await bus.OpenAsync(0, heir, CancellationToken.None);

        await RabbitFixture.UntilAsync(() => heir.Events.Count == 10, "the events at their second owner");
        stuck.SetResult();
    }

    [RabbitFact]
    public async Task A_queue_that_is_handed_over_gives_each_envelope_to_one_owner()
    {
        var options = rabbit.Options();
        await using var bus = await RabbitFixture.StartAsync(options, partitions: 1);
        var before = new RecordingEngine();
        var after = new RecordingEngine();
        var sender = RabbitFixture.Engine(bus);
        var queue = await bus.OpenAsync(0, before, CancellationToken.None);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                await sender.SubmitAsync(Events(i, 1));
            }
        });
        await RabbitFixture.UntilAsync(() => before.Events.Count > 50, "some events");

        await queue.DisposeAsync();
        await using var next = await bus.OpenAsync(0, after, CancellationToken.None);
        await sending;

        await RabbitFixture.UntilAsync(() => before.Events.Count + after.Events.Count >= 300, "every event");
        Assert.Equal(300, before.Events.Concat(after.Events).Select(happened => happened.MessageId).Distinct().Count());
        Assert.Equal(300, before.Events.Count + after.Events.Count);
    }

    [RabbitFact]
    public async Task A_commit_that_fails_brings_the_envelope_again()
    {
        await using var bus = await RabbitFixture.StartAsync(rabbit.Options(), partitions: 1);
        var tries = 0;
        var engine = new RecordingEngine
        {
            Commit = () => Interlocked.Increment(ref tries) == 1
                ? Task.FromException(new EngineUnavailableException("Expected a store, but it is away."))
                : Task.CompletedTask,
        };
        await using var queue = await bus.OpenAsync(0, engine, CancellationToken.None);

        await RabbitFixture.Engine(bus).SubmitAsync(Events(0, 3));

        await RabbitFixture.UntilAsync(() => engine.Events.Count == 6, "the envelope twice");
    }

    [RabbitFact]
    public async Task A_full_queue_refuses_and_keeps_nothing_of_what_it_refused()
    {
        await using var bus = await RabbitFixture.StartAsync(rabbit.Options(queueBytesMax: 20_000), partitions: 1);
        var sender = RabbitFixture.Engine(bus);
        var kept = 0;
        async Task FillAsync()
        {
            while (true)
            {
                await sender.SubmitAsync(Events(kept, 100));
                kept += 100;
            }
        }
        await Assert.ThrowsAsync<EngineFullException>(FillAsync);

        var engine = new RecordingEngine();
        await using var queue = await bus.OpenAsync(0, engine, CancellationToken.None);
        await RabbitFixture.UntilAsync(() => engine.Events.Count == kept, "everything that was kept");
        await sender.SubmitAsync(Events(kept, 1));
        await RabbitFixture.UntilAsync(() => engine.Events.Count == kept + 1, "the next one, and nothing that was refused");
    }

    [RabbitFact]
    public async Task The_backlog_is_what_waits_in_the_queues()
    {
        await using var bus = await RabbitFixture.StartAsync(rabbit.Options(), partitions: 1);
        var sender = RabbitFixture.Engine(bus);
        for (var i = 0; i < 40; i++)
        {
            await sender.SubmitAsync(Events(i * 100, 100));
        }

        await RabbitFixture.UntilAsync(() => sender.Backlog.Envelopes == 40, "forty envelopes");
        Assert.InRange(sender.Backlog.Stimuli, 3_500, 4_000);
        await using var queue = await bus.OpenAsync(0, new RecordingEngine(), CancellationToken.None);
        await RabbitFixture.UntilAsync(() => sender.Backlog.Stimuli == 0, "an empty queue");
    }

    [RabbitFact]
    public async Task Whoever_asks_gets_the_facts()
    {
        await using var bus = await RabbitFixture.StartAsync(rabbit.Options());
        var engine = new RecordingEngine();
        var contact = PartitionedNumber.Of(1, 42);
        await using var queue = await bus.OpenAsync(1, engine, CancellationToken.None);

        var done = await RabbitFixture.Engine(bus).SubmitAsync(contact, new Command.ChangeTags("anna", ["vip"], []));

        var fact = Assert.Single(done.Facts);
        Assert.Equal((7, contact), (fact.Sequence, fact.Contact));
        Assert.Equal("vip", Assert.Single(Assert.IsType<ContactFact.TagsChanged>(fact.Fact).Added));
        Assert.Equal(new Addressed(contact, new Command.ChangeTags("anna", ["vip"], [])).Contact, Assert.Single(engine.Stimuli).Contact);
    }

    [RabbitFact]
    public async Task A_question_that_nobody_answers_is_told_so_and_never_decided_later()
    {
        var options = rabbit.Options();
        await using var bus = await RabbitFixture.StartAsync(options, partitions: 1);

        await Assert.ThrowsAsync<EngineUnavailableException>(
            () => RabbitFixture.Engine(bus).SubmitAsync(1, new Command.ChangeQuota("anna", "credits", 5)).AsTask());
        await RabbitFixture.UntilAsync(() => bus.Backlog.Envelopes == 0, "the question to run out");

        var engine = new RecordingEngine();
        await using var queue = await bus.OpenAsync(0, engine, CancellationToken.None);
        await RabbitFixture.Engine(bus).SubmitAsync(Events(0, 1));
        await RabbitFixture.UntilAsync(() => engine.Events.Count == 1, "the event behind it");
        Assert.Empty(engine.Stimuli);
    }

    [RabbitFact]
    public async Task What_nobody_can_read_is_kept_with_its_reason_and_can_be_put_back()
    {
        var options = rabbit.Options();
        await using var bus = await RabbitFixture.StartAsync(options, partitions: 1);
        var engine = new RecordingEngine();
        await using var queue = await bus.OpenAsync(0, engine, CancellationToken.None);
        await PublishAsync(options, $"{options.Prefix}.partitions", "0", [9, 9, 9]);

        await RabbitFixture.UntilAsync(() => bus.DeadLettersAsync(10).GetAwaiter().GetResult().Count == 1, "a dead letter");
        var letter = Assert.Single(await bus.DeadLettersAsync(10));
        Assert.Equal("Expected an envelope of version 1, but found version 9: a newer engine sent it.", letter.Reason);
        Assert.Equal(($"{options.Prefix}.partitions", "0", 3), (letter.Exchange, letter.RoutingKey, letter.Bytes));

        Assert.Equal(1, await bus.ReplayDeadLettersAsync(10));
        await RabbitFixture.UntilAsync(() => bus.DeadLettersAsync(10).GetAwaiter().GetResult().Count == 1, "it to die again");
        await RabbitFixture.Engine(bus).SubmitAsync(Events(0, 1));
        await RabbitFixture.UntilAsync(() => engine.Events.Count == 1, "the queue to go on");
    }

    [RabbitFact]
    public async Task Whatever_system_publishes_to_the_ingress_reaches_the_partitions()
    {
        var options = rabbit.Options();
        await using var bus = await RabbitFixture.StartAsync(options, partitions: 1);
        var engine = new RecordingEngine();
        await using var queue = await bus.OpenAsync(0, engine, CancellationToken.None);
        await using var ingress = await bus.ReadIngressAsync(RabbitFixture.Engine(bus), (body, _) => Encoding.UTF8.GetString(body.Span) switch
        {
            "good" => new IngressReading(Events(1, 2), []),
            _ => new IngressReading(Events(3, 1), ["malformed_json: Expected JSON."]),
        });

        await PublishAsync(options, $"{options.Prefix}.ingress", "shop.orders", "good"u8.ToArray());
        await PublishAsync(options, $"{options.Prefix}.ingress", "", "bad"u8.ToArray());

        await RabbitFixture.UntilAsync(() => engine.Events.Count == 3, "three events");
        await RabbitFixture.UntilAsync(() => bus.DeadLettersAsync(10).GetAwaiter().GetResult().Count == 1, "a dead letter");
        Assert.Equal("bad", Assert.Single(await bus.DeadLettersAsync(10)).Body);
    }

    private static async Task PublishAsync(RabbitOptions options, string exchange, string key, byte[] body)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(options.Uri) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(exchange, key, mandatory: true, body);
    }
}
