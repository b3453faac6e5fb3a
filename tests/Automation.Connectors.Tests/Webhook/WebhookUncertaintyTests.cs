using System.Net;
using System.Net.Sockets;
using Automation.Connectors.Webhook;

namespace Automation.Connectors.Tests.Webhook;

/// <summary>What is not sent, what perhaps is, and that the two are never mixed up.</summary>
public sealed class WebhookUncertaintyTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Theory]
    [InlineData("none", SendOutcome.Unknown, FailureReason.UnknownOutcome)]
    [InlineData("by_message_id", SendOutcome.Failed, FailureReason.RetryLater)]
    public async Task A_time_out_after_the_request_is_unknown_unless_the_receiver_drops_repeats(
        string idempotency, SendOutcome outcome, FailureReason reason)
    {
        NeverAnswer();
        await using var connector = WebhookTesting.Connector(
            _receiver, $$""", "timeout_seconds": 5, "idempotency": "{{idempotency}}" """, _clock);

        var sending = connector.SendOneAsync();
        await _receiver.ArrivalAsync();
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        var early = sending.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var result = await sending;

        Assert.False(early);
        Assert.Equal((outcome, reason, "timeout"), (result.Outcome, result.Reason!.Value, result.VendorCode));
    }

    [Theory]
    [InlineData("none", SendOutcome.Unknown)]
    [InlineData("by_message_id", SendOutcome.Failed)]
    public async Task A_connection_lost_after_the_request_is_unknown_unless_the_receiver_drops_repeats(
        string idempotency, SendOutcome outcome)
    {
        _receiver.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using var connector = WebhookTesting.Connector(_receiver, $$""", "idempotency": "{{idempotency}}" """);

        var result = await connector.SendOneAsync();

        Assert.Equal((outcome, "connection_lost"), (result.Outcome, result.VendorCode));
        Assert.Single(_receiver.Requests);
    }

    /// <summary>An HTTP client may repeat a request by itself when a kept connection breaks; ours must not.</summary>
    [Fact]
    public async Task A_kept_connection_that_breaks_is_not_tried_again_behind_the_back()
    {
        await using var connector = WebhookTesting.Connector(_receiver, """, "concurrency": 1""");
        await connector.SendOneAsync();
        _receiver.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        var result = await connector.SendOneAsync();

        Assert.Equal(SendOutcome.Unknown, result.Outcome);
        Assert.Equal(2, _receiver.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_after_the_request_is_unknown_and_what_waited_was_not_sent()
    {
        NeverAnswer();
        await using var connector = WebhookTesting.Connector(_receiver, """, "concurrency": 1""", _clock);
        using var cancellation = new CancellationTokenSource();

        var sending = connector.SendAsync(Samples.Messages("webhook", 2), cancellation.Token);
        await _receiver.ArrivalAsync();
        await cancellation.CancelAsync();
        var results = await sending;

        Assert.Equal([SendOutcome.Unknown, SendOutcome.Failed], results.Select(r => r.Outcome));
        Assert.Equal(FailureReason.RetryLater, results[1].Reason);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task A_refused_connection_was_not_sent_and_is_tried_later()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var connector = new WebhookConnectorFactory().Create(
            WebhookTesting.Account($"http://127.0.0.1:{port}/"), new ConnectorServices());

        var result = await connector.SendOneAsync();
        var health = await connector.HealthAsync(CancellationToken.None);

        Assert.Equal((SendOutcome.Failed, FailureReason.RetryLater, "connection_refused"), (result.Outcome, result.Reason!.Value, result.VendorCode));
        Assert.Equal((false, "retry_later"), (health.Healthy, health.Code));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_was_not_sent_and_is_tried_later()
    {
        await using var connector = Resolving((_, _) => throw new SocketException((int)SocketError.HostNotFound));

        var result = await connector.SendOneAsync();

        Assert.Equal((FailureReason.RetryLater, "name_not_resolved"), (result.Reason!.Value, result.VendorCode));
    }

    [Fact]
    public async Task A_time_out_before_the_connection_opened_was_not_sent()
    {
        var asked = new TaskCompletionSource();
        await using var connector = Resolving((_, cancellation) =>
        {
            asked.SetResult();
            var never = new TaskCompletionSource<IPAddress[]>();
            cancellation.Register(() => never.TrySetCanceled(cancellation));
            return never.Task;
        });

        var sending = connector.SendOneAsync();
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(10));
        var result = await sending;

        Assert.Equal((SendOutcome.Failed, FailureReason.RetryLater, "connect_timeout"), (result.Outcome, result.Reason!.Value, result.VendorCode));
    }

    [Fact]
    public async Task A_receiver_without_TLS_on_an_https_address_got_nothing()
    {
        await using var connector = new WebhookConnectorFactory().Create(
            WebhookTesting.Account($"https://127.0.0.1:{_receiver.Port}/"), new ConnectorServices());

        var result = await connector.SendOneAsync();

        Assert.Equal(SendOutcome.Failed, result.Outcome);
        Assert.Empty(_receiver.Requests);
    }

    private IConnector Resolving(Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        new WebhookConnectorFactory { Resolve = resolve }.Create(
            WebhookTesting.Account("http://receiver.test/"), new ConnectorServices { Time = _clock });

    private void NeverAnswer() => _receiver.Answer = async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };
}
