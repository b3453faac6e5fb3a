using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Webhook;
using Microsoft.AspNetCore.Http;

namespace Automation.Connectors.Tests.Webhook;

public sealed class WebhookAnswerTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Theory]
    [InlineData(300, FailureReason.FixConfiguration)]
    [InlineData(304, FailureReason.FixConfiguration)]
    [InlineData(400, FailureReason.ContentRefused)]
    [InlineData(401, FailureReason.FixConfiguration)]
    [InlineData(403, FailureReason.FixConfiguration)]
    [InlineData(404, FailureReason.FixConfiguration)]
    [InlineData(405, FailureReason.FixConfiguration)]
    [InlineData(408, FailureReason.RetryLater)]
    [InlineData(409, FailureReason.ContentRefused)]
    [InlineData(410, FailureReason.FixConfiguration)]
    [InlineData(413, FailureReason.TooLarge)]
    [InlineData(422, FailureReason.ContentRefused)]
    [InlineData(425, FailureReason.RetryLater)]
    [InlineData(429, FailureReason.RetryLater)]
    [InlineData(500, FailureReason.RetryLater)]
    [InlineData(502, FailureReason.RetryLater)]
    [InlineData(503, FailureReason.RetryLater)]
    [InlineData(504, FailureReason.RetryLater)]
    [InlineData(599, FailureReason.RetryLater)]
    public async Task A_status_that_is_no_success_has_a_canonical_reason(int status, FailureReason reason)
    {
        var result = await AnswerAsync(status);

        Assert.Equal(SendOutcome.Failed, result.Outcome);
        Assert.Equal(reason, result.Reason);
        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), result.VendorCode);
        Assert.StartsWith("Expected ", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    public async Task A_success_is_accepted(int status)
    {
        var result = await AnswerAsync(status);

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Null(result.Response);
    }

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("0", 0.0)]
    [InlineData("99999999", 86_400.0)]
    [InlineData("Sun, 01 Mar 2026 12:05:00 GMT", 300.0)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task A_wait_is_read_in_seconds_and_as_a_date(string? header, double? seconds)
    {
        var result = await AnswerAsync(503, response =>
        {
            if (header is not null)
            {
                response.Headers.RetryAfter = header;
            }

            return Task.CompletedTask;
        });

        Assert.Equal(seconds, result.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var result = await AnswerAsync(302, response =>
        {
            response.Headers.Location = $"http://127.0.0.1:{_receiver.Port}/elsewhere";
            return Task.CompletedTask;
        });

        Assert.Equal(FailureReason.FixConfiguration, result.Reason);
        Assert.Equal("/hook", Assert.Single(_receiver.Requests).Path);
    }

    [Fact]
    public async Task The_answer_of_a_call_can_be_used_later()
    {
        var result = await AnswerAsync(200, response => response.WriteAsJsonAsync(new { coupon = "A-1", amount = 8.50m }));

        Assert.Equal("A-1", result.Response!.Value.GetProperty("coupon").GetString());
        Assert.Equal(8.50m, result.Response.Value.GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task An_answer_over_the_limit_is_left_out_and_the_message_is_still_accepted()
    {
        var result = await AnswerAsync(
            200, response => response.WriteAsJsonAsync(new string('x', 2_000)), """, "response_bytes_max": 1000""");

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Null(result.Response);
        Assert.Contains("at most 1000 bytes", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_exactly_the_limit_is_taken()
    {
        var json = JsonSerializer.Serialize(new string('x', 998));

        var result = await AnswerAsync(
            200,
            response =>
            {
                response.ContentType = "application/problem+json";
                return response.WriteAsync(json);
            },
            """, "response_bytes_max": 1000""");

        Assert.Equal(998, result.Response!.Value.GetString()!.Length);
    }

    [Theory]
    [InlineData("application/json", "{ not json")]
    [InlineData("text/html", "<p>ok</p>")]
    public async Task An_answer_that_is_no_JSON_is_left_out(string type, string body)
    {
        var result = await AnswerAsync(200, response =>
        {
            response.ContentType = type;
            return response.WriteAsync(body);
        });

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Null(result.Response);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_left_out_and_the_message_is_still_accepted()
    {
        // A server by hand, because its end must come after its bytes: an aborted Kestrel connection may lose both.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var connector = new WebhookConnectorFactory().Create(
            WebhookTesting.Account($"http://127.0.0.1:{port}/"), new ConnectorServices());

        var sending = connector.SendOneAsync();
        using var socket = await listener.AcceptSocketAsync();
        await ReadRequestAsync(socket);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));
        socket.Shutdown(SocketShutdown.Send);
        var result = await sending;

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Null(result.Response);
        Assert.NotNull(result.Text);
    }

    private static async Task ReadRequestAsync(Socket socket)
    {
        var request = new StringBuilder();
        var buffer = new byte[4_096];
        while (!request.ToString().EndsWith("}}", StringComparison.Ordinal))
        {
            request.Append(Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
        }
    }

    private async Task<SendResult> AnswerAsync(int status, Func<HttpResponse, Task>? write = null, string configuration = "")
    {
        _receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            return write?.Invoke(context.Response) ?? Task.CompletedTask;
        };
        await using var connector = WebhookTesting.Connector(_receiver, configuration, _clock);
        return await connector.SendOneAsync();
    }
}
