using Automation.Connectors;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class InquiriesTests
{
    [Fact]
    public async Task A_receipt_that_is_pulled_is_asked_for_until_it_is_there()
    {
        var vendor = new FakeVendor { Receipts = ReceiptDelivery.Pull, OnQuery = query => SendResult.Accepted(query.Message) };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await SendAsync(fixture, OutboxStatus.Sent);

        Assert.Equal(0, await AskAtAsync(fixture, 10));
        vendor.OnQuery = query => SendResult.Delivered(query.Message);
        Assert.Equal(1, await AskAtAsync(fixture, 20));
        Assert.Equal(0, await AskAtAsync(fixture, 40));

        Assert.Equal(OutboxStatus.Delivered, (await fixture.Engine.MessageAsync(message.Id)).Status);
        Assert.Equal(2, vendor.Queries.Count);
        Assert.All(vendor.Queries, query => Assert.Equal(
            (message.Id, $"v-{message.Id:N}", Given.Noon.ToDateTimeOffset()), (query.Message.Id, query.VendorMessageId, query.SentAt)));
    }

    [Fact]
    public async Task Where_receipts_are_pushed_nobody_is_asked_for_them()
    {
        var vendor = new FakeVendor { Receipts = ReceiptDelivery.Push, CanQueryOutcome = true };
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        await SendAsync(fixture, OutboxStatus.Sent);

        Assert.Equal(0, await AskAtAsync(fixture, 20));

        Assert.Empty(vendor.Queries);
    }

    [Fact]
    public async Task An_unknown_outcome_is_asked_for_again_and_its_contact_goes_on()
    {
        var vendor = Losing();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await SendAsync(fixture, OutboxStatus.Unknown);
        var facts = (await fixture.Engine.RecordsAsync()).Count;

        await AskAtAsync(fixture, 10);
        await AskAtAsync(fixture, 20);
        Assert.Equal(facts, (await fixture.Engine.RecordsAsync()).Count);
        vendor.OnQuery = query => SendResult.Accepted(query.Message, "found");
        await AskAtAsync(fixture, 40);

        Assert.Equal((OutboxStatus.Sent, "found"), ((await fixture.Engine.MessageAsync(message.Id)).Status, (await fixture.Engine.MessageAsync(message.Id)).VendorId));
        Assert.Empty((await fixture.Engine.ContactOfAsync(Given.User("u1"))).Enrollments);
        Assert.Equal(3, vendor.Queries.Count);
    }

    [Fact]
    public async Task What_the_vendor_never_got_is_sent_again()
    {
        var vendor = Losing();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await SendAsync(fixture, OutboxStatus.Unknown);

        vendor.OnQuery = query => SendResult.Failed(query.Message, FailureReason.RetryLater, "never came");
        await AskAtAsync(fixture, 10);
        fixture.Engine.Clock.Advance(Duration.FromHours(1));
        await fixture.Engine.Engine.Timers.RunDueAsync();

        Assert.Equal((message.Id, 2), Assert.Single((await fixture.Engine.QueuedAsync()).Select(one => (one.Id, one.Attempt))));
    }

    [Fact]
    public async Task Asking_ends_after_three_days_and_the_outcome_waits_for_a_person()
    {
        var vendor = Losing();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        await SendAsync(fixture, OutboxStatus.Unknown);
        await AskAtAsync(fixture, 10);

        for (var hour = 1; hour < 24 * 5; hour++)
        {
            await AskAtAsync(fixture, hour * 3_600);
        }

        Assert.InRange(vendor.Queries.Count, 5, 15);
        Assert.Equal(Reasons.UnknownOutcome, Assert.Single((await fixture.Engine.ContactOfAsync(Given.User("u1"))).Enrollments).StuckReason);
    }

    [Fact]
    public async Task A_question_that_failed_is_still_to_be_asked()
    {
        var vendor = Losing();
        await using var fixture = await DispatchFixture.StartAsync(vendor);
        var message = await SendAsync(fixture, OutboxStatus.Unknown);
        await AskAtAsync(fixture, 5);
        vendor.OnQuery = _ => throw new HttpRequestException("down");

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAtAsync(fixture, 10));
        vendor.OnQuery = query => SendResult.Delivered(query.Message);
        await AskAtAsync(fixture, 11);

        Assert.Equal(OutboxStatus.Delivered, (await fixture.Engine.MessageAsync(message.Id)).Status);
    }

    private static FakeVendor Losing() => new()
    {
        CanQueryOutcome = true,
        OnSend = _ => throw new HttpRequestException("reset"),
        OnQuery = query => SendResult.Unknown(query.Message, "not yet"),
    };

    private static async Task<QueuedMessage> SendAsync(DispatchFixture fixture, OutboxStatus until)
    {
        // The first look of a process asks for everything; the tests are about those after it.
        await fixture.Dispatcher.InquireAsync();
        var message = await fixture.QueueAsync();
        fixture.Deliver(message);
        await fixture.Engine.UntilMessageAsync(message.Id, until);
        return message;
    }

    private static async Task<int> AskAtAsync(DispatchFixture fixture, int seconds)
    {
        fixture.Engine.Clock.Advance(Given.Noon + Duration.FromSeconds(seconds) - fixture.Engine.Clock.GetCurrentInstant());
        return await fixture.Dispatcher.InquireAsync();
    }
}
