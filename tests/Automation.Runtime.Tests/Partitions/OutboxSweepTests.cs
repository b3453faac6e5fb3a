using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Memory;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Runtime.Tests.Partitions;

public sealed class OutboxSweepTests : IAsyncDisposable
{
    private readonly QueuedMessages _outbox = new();
    private readonly RecordingBus _bus = new();
    private readonly Dictionary<(string Account, string Channel), long> _depths = [];
    private readonly OutboxSweep _sweep;

    private readonly InMemoryStore _holdStore = new();
    private readonly HoldBook _holds;

    public OutboxSweepTests()
    {
        _holds = new HoldBook(_holdStore);
        _sweep = new OutboxSweep(
        _outbox, _bus, (account, channel) => _depths.GetValueOrDefault((account, channel)), _holds, new DispatchOptions { SweepEvery = TimeSpan.FromHours(1), SweepMax = 3_000 },
        NullLogger<OutboxSweep>.Instance);
    }

    [Fact]
    public async Task What_is_queued_for_the_first_time_may_still_be_on_its_way()
    {
        _outbox.Add("vendor", "sms", 3);

        Assert.Equal(0, await _sweep.SweepAsync());

        Assert.Empty(_bus.Envelopes);
    }

    [Fact]
    public async Task What_is_still_queued_at_the_next_pass_is_handed_on_again_by_account_and_channel()
    {
        _outbox.Add("vendor", "sms", 2);
        _outbox.Add("vendor", "wecom", 1);
        await _sweep.SweepAsync();
        _outbox.Add("vendor", "sms", 1);

        Assert.Equal(3, await _sweep.SweepAsync());

        Assert.Equal(
            [("sms", 2), ("wecom", 1)], _bus.Envelopes.Select(envelope => (envelope.Channel, envelope.Messages.Count)).OrderBy(one => one.Channel, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_may_still_wait_in_its_queue_is_left_there()
    {
        _outbox.Add("slow", "sms", 2);
        _outbox.Add("vendor", "sms", 1);
        _depths[("slow", "sms")] = 1;
        await _sweep.SweepAsync();

        Assert.Equal(1, await _sweep.SweepAsync());

        Assert.Equal("vendor", Assert.Single(_bus.Envelopes).Account);
    }

    [Fact]
    public async Task What_was_taken_meanwhile_is_not_handed_on()
    {
        _outbox.Add("vendor", "sms", 2);
        await _sweep.SweepAsync();
        _outbox.Clear();

        Assert.Equal(0, await _sweep.SweepAsync());
    }

    [Fact]
    public async Task More_than_a_page_is_seen_and_goes_in_envelopes_of_a_size()
    {
        _outbox.Add("vendor", "sms", 2_300);
        await _sweep.SweepAsync();

        Assert.Equal(2_300, await _sweep.SweepAsync());

        Assert.All(_bus.Envelopes, envelope => Assert.InRange(envelope.Messages.Count, 1, OutboxRelay.EnvelopeMax));
        Assert.Equal(2_300, _bus.Envelopes.SelectMany(envelope => envelope.Messages).Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_a_person_holds_back_is_left_and_hides_nothing_behind_it()
    {
        var target = new HoldTarget(HoldScope.Account, "held");
        await _holdStore.PutAsync(new Hold(target, Given.Noon, "ann", "wrong price"), CancellationToken.None);
        await _holds.ReloadAsync();
        _outbox.Add("held", "sms", 7_000);
        _outbox.Add("vendor", "sms", 1);

        var handed = 0;
        for (var pass = 0; pass < 6; pass++)
        {
            handed += await _sweep.SweepAsync();
        }

        Assert.Equal(1, handed);
        Assert.Equal("vendor", Assert.Single(_bus.Envelopes).Account);
    }

    [Fact]
    public async Task What_is_released_is_handed_on_at_once_whatever_else_waits()
    {
        var (template, account) = (new HoldTarget(HoldScope.Template, "offer"), new HoldTarget(HoldScope.Account, "other"));
        foreach (var target in new[] { template, account })
        {
            await _holdStore.PutAsync(new Hold(target, Given.Noon, "ann", "wrong price"), CancellationToken.None);
        }
        _outbox.Add("vendor", "sms", 3, "offer");
        _outbox.Add("other", "sms", 2, "offer");
        _outbox.Add("vendor", "sms", 4);
        _depths[("vendor", "sms")] = 100;
        await _holdStore.ReleaseAsync(template, new HoldEnd(Given.Noon, "ann", "mended"), CancellationToken.None);
        await _holds.ReloadAsync();

        Assert.Equal(3, await _sweep.HandOnReleasedAsync([template]));

        Assert.All(_bus.Envelopes.SelectMany(envelope => envelope.Messages), message => Assert.Equal(("vendor", "offer"), (message.Account, message.Template)));
    }

    public ValueTask DisposeAsync() => _sweep.DisposeAsync();

    private sealed class RecordingBus : IOutboxBus
    {
        public List<OutboxEnvelope> Envelopes { get; } = [];

        public ValueTask PublishAsync(OutboxEnvelope envelope, CancellationToken cancellation)
        {
            Envelopes.Add(envelope);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Messages that are queued, in their order.</summary>
    private sealed class QueuedMessages : IOutboxStore
    {
        private readonly List<QueuedMessage> _messages = [];
        private int _made;

        public void Add(string account, string channel, int count, string template = "hello")
        {
            for (var i = 0; i < count; i++)
            {
                _messages.Add(new QueuedMessage(
                    new Guid(++_made, 0, 0, new byte[8]), _made, 1, "greeting", "hello", channel, account, false, "phone", "+861", "{}", null)
                {
                    Template = template,
                });
            }
        }

        public void Clear() => _messages.Clear();

        public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation)
        {
            var from = after is { } id ? _messages.FindIndex(message => message.Id == id) + 1 : 0;
            return ValueTask.FromResult<IReadOnlyList<QueuedMessage>>([.. _messages.Skip(from).Take(limit)]);
        }

        public ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(
            string account, string vendorId, string? address, int limit, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
