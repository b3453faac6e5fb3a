using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Tests.Sandbox;

public sealed class SandboxReceiptsTests
{
    private readonly ManualClock _clock = new();
    private readonly List<Receipt> _taken = [];
    private int _refusals;

    [Fact]
    public async Task A_receipt_comes_after_its_delay_and_not_before()
    {
        await using var connector = Connector("""{ "receipts": { "delay_ms": 2000 } }""");

        var result = Assert.Single(await connector.SendAsync([Samples.Message("sms")], CancellationToken.None));
        _clock.Advance(TimeSpan.FromMilliseconds(1_999));
        var early = _taken.Count;
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal(0, early);
        var receipt = Assert.Single(_taken);
        Assert.Equal((Samples.Id(1), ReceiptStatus.Delivered), (receipt.MessageId!.Value, receipt.Status));
        Assert.Equal(result.VendorMessageId, receipt.VendorMessageId);
        Assert.Equal(_clock.GetUtcNow(), receipt.OccurredAt);
    }

    [Fact]
    public async Task Receipts_of_later_calls_come_later()
    {
        await using var connector = Connector("""{ "receipts": { "delay_ms": 1000 } }""");

        await connector.SendAsync([Samples.Message("sms", 1)], CancellationToken.None);
        _clock.Advance(TimeSpan.FromMilliseconds(600));
        await connector.SendAsync([Samples.Message("sms", 2)], CancellationToken.None);
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        var first = _taken.Select(r => r.MessageId).ToArray();
        _clock.Advance(TimeSpan.FromMilliseconds(600));

        Assert.Equal([Samples.Id(1)], first);
        Assert.Equal([Samples.Id(1), Samples.Id(2)], _taken.Select(r => r.MessageId));
    }

    [Fact]
    public async Task Receipts_are_delivered_failed_and_lost_in_their_shares()
    {
        await using var connector = Connector("""{ "receipts": { "delivered": 0.7, "lost": 0.2 } }""");

        await connector.SendAsync(Samples.Messages("sms", 10_000), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(_taken.Count(r => r.Status == ReceiptStatus.Delivered), 6_850, 7_150);
        Assert.InRange(_taken.Count(r => r.Status == ReceiptStatus.Failed), 900, 1_100);
        Assert.InRange(10_000 - _taken.Count, 1_850, 2_150);
        Assert.All(_taken, r => Assert.Equal(r.Status == ReceiptStatus.Failed ? FailureReason.BadAddress : null, r.Reason));
    }

    [Fact]
    public async Task Refused_receipts_are_offered_again_until_they_are_taken()
    {
        await using var connector = Connector("""{ "receipts": { "delay_ms": 0 } }""");
        _refusals = 2;

        await connector.SendAsync([Samples.Message("sms")], CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var afterOne = _taken.Count;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, afterOne);
        Assert.Single(_taken);
    }

    [Fact]
    public async Task A_disposed_connector_publishes_nothing()
    {
        var connector = Connector("""{ "receipts": { "delay_ms": 1000 } }""");
        await connector.SendAsync([Samples.Message("sms")], CancellationToken.None);

        await connector.DisposeAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(_taken);
    }

    private IConnector Connector(string configuration) => SandboxTesting.Connector(
        new MemoryMailbox(20_000, 20_000),
        configuration,
        new ConnectorServices
        {
            Time = _clock,
            PublishReceipts = receipts =>
            {
                if (_refusals > 0)
                {
                    _refusals--;
                    throw new IOException("refused");
                }

                _taken.AddRange(receipts);
                return ValueTask.CompletedTask;
            },
        });
}
