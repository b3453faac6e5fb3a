using Automation.Connectors;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class ReceiptDeskTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_receipt_finds_its_message_by_our_id_or_the_vendors(bool byOurs)
    {
        var vendor = new FakeVendor { Receipts = ReceiptDelivery.Push };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();
        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, OutboxStatus.Sent);

        var found = await Desk(fixture).ReportAsync("vendor", [new Receipt
        {
            MessageId = byOurs ? message.Id : null,
            VendorMessageId = byOurs ? null : $"v-{message.Id:N}",
            Status = ReceiptStatus.Delivered,
            OccurredAt = DateTimeOffset.UnixEpoch,
        }]);

        Assert.Equal(1, found);
        Assert.Equal(OutboxStatus.Delivered, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    [Fact]
    public async Task A_receipt_of_another_account_is_not_ours()
    {
        var vendor = new FakeVendor { Receipts = ReceiptDelivery.Push };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await fixture.QueueAsync();

        var found = await Desk(fixture).ReportAsync(
            "other", [new Receipt { MessageId = message.Id, Status = ReceiptStatus.Delivered, OccurredAt = DateTimeOffset.UnixEpoch }]);

        Assert.Equal(0, found);
        Assert.Equal(OutboxStatus.Queued, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    private static ReceiptDesk Desk(DispatchFixture fixture) => new(
        fixture.Engine.Engine, fixture.Engine.Memory, fixture.Engine.Memory, NullLogger<ReceiptDesk>.Instance);
}
