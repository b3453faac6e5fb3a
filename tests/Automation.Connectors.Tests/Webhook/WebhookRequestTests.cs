using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Webhook;

namespace Automation.Connectors.Tests.Webhook;

public sealed class WebhookRequestTests : IAsyncLifetime
{
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task A_message_is_posted_as_JSON_with_its_origin()
    {
        await using var connector = WebhookTesting.Connector(_receiver);

        await connector.SendAsync(
            [Samples.Message("webhook", content: """{ "text": "您的券 🎁", "nested": { "n": 1.50 } }""")], CancellationToken.None);

        var request = Assert.Single(_receiver.Requests);
        Assert.Equal("/hook", request.Path);
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Contains("您的券", Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal);
        var body = JsonElement.Parse(request.Body);
        Assert.Equal("您的券 🎁", body.GetProperty("content").GetProperty("text").GetString());
        Assert.Equal(Samples.Id(1).ToString("N"), body.GetProperty("message_id").GetString());
        Assert.Equal("message", body.GetProperty("kind").GetString());
        Assert.Equal(Samples.Phone, body.GetProperty("to").GetProperty("value").GetString());
        Assert.Equal("newcomer-benefit", body.GetProperty("journey").GetString());
        Assert.Equal("1.50", body.GetProperty("content").GetProperty("nested").GetProperty("n").GetRawText());
    }

    [Fact]
    public async Task A_receiver_can_verify_the_signature_from_headers_and_body()
    {
        var clock = new ManualClock();
        await using var connector = WebhookTesting.Connector(_receiver, time: clock);

        await connector.SendOneAsync();

        var request = Assert.Single(_receiver.Requests);
        var timestamp = request.Headers["X-Automation-Timestamp"];
        var signed = Encoding.UTF8.GetBytes(timestamp + ".").Concat(request.Body).ToArray();
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookTesting.Secret), signed));
        Assert.Equal(clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), timestamp);
        Assert.Equal("v1=" + expected, request.Headers["X-Automation-Signature"]);
    }

    [Fact]
    public async Task A_repeat_has_the_same_body_and_another_attempt()
    {
        await using var connector = WebhookTesting.Connector(_receiver);
        var message = Samples.Message("webhook");

        await connector.SendAsync([message], CancellationToken.None);
        await connector.SendAsync([message with { Attempt = 2 }], CancellationToken.None);

        var requests = _receiver.Requests.ToArray();
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal(["1", "2"], requests.Select(r => r.Headers["X-Automation-Attempt"]));
    }

    [Fact]
    public async Task Headers_of_the_account_are_sent_and_without_a_secret_there_is_no_signature()
    {
        var account = Samples.Account(
            "webhook",
            $$"""{ "url": "{{_receiver.Url}}", "allow_private_networks": true, "headers": { "X-Shop": "42" } }""",
            ("authorization", "Bearer token-1"));
        await using var connector = new WebhookConnectorFactory().Create(account, new ConnectorServices());

        await connector.SendOneAsync();

        var request = Assert.Single(_receiver.Requests);
        Assert.Equal("42", request.Headers["X-Shop"]);
        Assert.Equal("Bearer token-1", request.Headers["Authorization"]);
        Assert.False(request.Headers.ContainsKey("X-Automation-Signature"));
    }

    [Fact]
    public async Task No_more_requests_run_at_once_than_the_account_allows()
    {
        var running = 0;
        var most = 0;
        _receiver.Answer = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
        };
        await using var connector = WebhookTesting.Connector(_receiver, """, "concurrency": 2""");

        await connector.SendAsync(Samples.Messages("webhook", 50), CancellationToken.None);

        Assert.InRange(most, 1, 2);
        Assert.Equal(50, _receiver.Requests.Count);
    }
}
