using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Tests.Sandbox;

public sealed class SandboxConnectorTests
{
    private readonly MemoryMailbox _mailbox = new();

    [Theory]
    [InlineData("sms", """{ "text": "您好", "sign": "小店" }""")]
    [InlineData("wecom", """{ "title": "新品", "url": "https://shop.test/", "image": "https://shop.test/a.png" }""")]
    [InlineData("mini_program", """{ "template_id": "t-1", "page": "pages/coupon", "data": { "thing1": "优惠券" } }""")]
    [InlineData("official_account", """{ "template_id": "t-1", "url": "https://shop.test/", "data": { "first": "您好" } }""")]
    public async Task A_message_of_each_channel_lies_in_the_mailbox_as_it_was_sent(string channel, string content)
    {
        await using var connector = SandboxTesting.Connector(_mailbox, "{}");

        var result = Assert.Single(await connector.SendAsync([Samples.Message(channel, content: content)], CancellationToken.None));

        var mail = Assert.Single(_mailbox.List(new MailboxFilter()));
        Assert.Equal(SendOutcome.Delivered, result.Outcome);
        Assert.Equal((channel, "c-1", "account", Samples.Phone), (mail.Channel, mail.ContactId, mail.Account, mail.To.Value));
        Assert.Equal(content, mail.Content.GetRawText());
        Assert.Equal(new MessageOrigin("newcomer-benefit", "offer"), mail.Origin);
    }

    [Fact]
    public async Task A_repeated_id_lies_there_once_and_is_counted()
    {
        await using var connector = SandboxTesting.Connector(_mailbox, "{}");
        var message = Samples.Message("sms");

        await connector.SendAsync([message, message], CancellationToken.None);
        await connector.SendAsync([message with { Attempt = 2 }], CancellationToken.None);

        Assert.Equal(3, Assert.Single(_mailbox.List(new MailboxFilter())).Arrivals);
        Assert.Equal(new MailboxTotals(Messages: 1, Repeats: 2), _mailbox.Totals());
    }

    [Fact]
    public async Task Failures_come_in_their_shares_and_repeat_with_the_seed()
    {
        const string Configuration = """
            { "failures": { "bad_address": 0.1, "retry_later": 0.2 }, "unknown": 0.1, "retry_after_seconds": 30, "seed": 5 }
            """;

        var first = await SendAsync(Configuration);
        var again = await SendAsync(Configuration);
        var other = await SendAsync(Configuration.Replace("5 }", "6 }", StringComparison.Ordinal));

        Assert.Equal(first.Select(r => r.Reason), again.Select(r => r.Reason));
        Assert.NotEqual(first.Select(r => r.Reason), other.Select(r => r.Reason));
        Assert.InRange(first.Count(r => r.Reason == FailureReason.BadAddress), 900, 1_100);
        Assert.InRange(first.Count(r => r.Reason == FailureReason.RetryLater), 1_650, 1_950);
        Assert.InRange(first.Count(r => r.Outcome == SendOutcome.Unknown), 800, 1_000);
        Assert.All(first.Where(r => r.Reason == FailureReason.RetryLater), r => Assert.Equal(30, r.RetryAfter!.Value.TotalSeconds));
    }

    [Fact]
    public async Task Busy_is_drawn_again_for_each_attempt_and_a_bad_address_stays_bad()
    {
        var all = Samples.Messages("sms", 1_000);
        await using var connector = SandboxTesting.Connector(
            _mailbox, """{ "failures": { "bad_address": 0.1, "retry_later": 0.5 } }""");

        var first = await connector.SendAsync(all, CancellationToken.None);
        var second = await connector.SendAsync([.. all.Select(m => m with { Attempt = 2 })], CancellationToken.None);

        Assert.Equal(
            first.Where(r => r.Reason == FailureReason.BadAddress).Select(r => r.MessageId),
            second.Where(r => r.Reason == FailureReason.BadAddress).Select(r => r.MessageId));
        var busyFirst = first.Where(r => r.Reason == FailureReason.RetryLater).Select(r => r.MessageId).ToHashSet();
        var throughAtSecond = second.Count(r => busyFirst.Contains(r.MessageId) && r.Outcome == SendOutcome.Delivered);
        Assert.InRange(throughAtSecond, busyFirst.Count / 3, busyFirst.Count * 2 / 3);
    }

    [Fact]
    public async Task Half_of_the_unknown_messages_arrived_and_asking_tells_which()
    {
        var all = Samples.Messages("sms", 1_000);
        await using var connector = SandboxTesting.Connector(_mailbox, """{ "unknown": 1 }""");

        var sent = await connector.SendAsync(all, CancellationToken.None);
        var asked = await connector.QueryOutcomeAsync(
            [.. all.Select(m => new OutcomeQuery(m, null, DateTimeOffset.UnixEpoch))], CancellationToken.None);

        Assert.All(sent, r => Assert.Equal(FailureReason.UnknownOutcome, r.Reason));
        var arrived = asked.Where(r => r.Outcome == SendOutcome.Delivered).Select(r => r.MessageId).ToHashSet();
        Assert.InRange(arrived.Count, 430, 570);
        Assert.True(arrived.SetEquals(SandboxTesting.All(_mailbox).Select(m => m.MessageId)));
        Assert.All(asked.Where(r => !arrived.Contains(r.MessageId)), r => Assert.Equal(FailureReason.RetryLater, r.Reason));
    }

    [Fact]
    public async Task A_repeat_of_what_arrived_succeeds_whatever_its_fate()
    {
        await using (var calm = SandboxTesting.Connector(_mailbox, "{}"))
        {
            await calm.SendAsync([Samples.Message("sms")], CancellationToken.None);
        }

        await using var stormy = SandboxTesting.Connector(_mailbox, """{ "unknown": 1 }""");
        var result = Assert.Single(await stormy.SendAsync([Samples.Message("sms")], CancellationToken.None));

        Assert.Equal(SendOutcome.Delivered, result.Outcome);
    }

    [Fact]
    public async Task A_call_takes_the_latency_once_for_its_batch()
    {
        var clock = new ManualClock();
        await using var connector = SandboxTesting.Connector(
            _mailbox, """{ "latency_ms": 200 }""", new ConnectorServices { Time = clock });

        var sending = connector.SendAsync(Samples.Messages("sms", 10), CancellationToken.None).AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(199));
        var early = sending.IsCompleted;
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var results = await sending;

        Assert.False(early);
        Assert.Equal(10, results.Count);
    }

    [Fact]
    public async Task Cancelling_during_the_latency_sends_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await using var connector = SandboxTesting.Connector(
            _mailbox, """{ "latency_ms": 200 }""", new ConnectorServices { Time = new ManualClock() });

        var sending = connector.SendAsync(Samples.Messages("sms", 2), cancellation.Token);
        await cancellation.CancelAsync();
        var results = await sending;

        Assert.All(results, r => Assert.Equal(FailureReason.RetryLater, r.Reason));
        Assert.Equal(0, _mailbox.Totals().Messages);
    }

    [Theory]
    [InlineData("sms", 500, true)]
    [InlineData("sms", 501, false)]
    [InlineData("wecom", 1_333, true)]
    [InlineData("wecom", 1_334, false)]
    public async Task A_text_fits_as_the_vendor_counts(string channel, int characters, bool fits)
    {
        await using var connector = SandboxTesting.Connector(_mailbox, "{}");
        var message = Samples.Message(channel, content: $$"""{ "text": "{{new string('字', characters)}}" }""");

        var result = Assert.Single(await connector.SendAsync([message], CancellationToken.None));

        Assert.Equal(fits ? null : FailureReason.TooLarge, result.Reason);
    }

    [Theory]
    [InlineData("""{ "latency_ms": -1 }""", "/latency_ms")]
    [InlineData("""{ "failures": { "bad_luck": 0.1 } }""", "/failures/bad_luck")]
    [InlineData("""{ "failures": { "bad_address": 1.1 } }""", "/failures/bad_address")]
    [InlineData("""{ "failures": { "bad_address": 0.6, "retry_later": 0.3 }, "unknown": 0.2 }""", "/failures")]
    [InlineData("""{ "receipts": { "delivered": 0.7, "lost": 0.4 } }""", "/receipts/lost")]
    [InlineData("""{ "receipts": true }""", "/receipts")]
    public void A_wrong_configuration_is_refused_with_its_place(string configuration, string path)
    {
        var error = Assert.Throws<ConnectorConfigurationException>(() => SandboxTesting.Connector(_mailbox, configuration));

        Assert.Equal(path, error.Path);
    }

    /// <summary>Allocation, not time: it is the same on every machine, and what would bring a throughput of 200,000/s down.</summary>
    [Fact]
    public async Task A_message_costs_less_than_a_kilobyte()
    {
        var batch = Samples.Messages("sms", 1_000);
        await using var connector = SandboxTesting.Connector(_mailbox, """{ "receipts": {} }""");
        await connector.SendAsync(batch, CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var sending = connector.SendAsync(batch, CancellationToken.None);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(sending.IsCompletedSuccessfully);
        Assert.InRange(bytes / 1_000, 1, 1_000);
    }

    private static async Task<IReadOnlyList<SendResult>> SendAsync(string configuration)
    {
        await using var connector = SandboxTesting.Connector(new MemoryMailbox(), configuration);
        return await connector.SendAsync(Samples.Messages("sms", 10_000), CancellationToken.None);
    }
}
