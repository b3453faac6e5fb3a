using Automation.Connectors.Webhook;

namespace Automation.Connectors.Tests.Webhook;

/// <summary>Makes connectors that talk to a receiver of the test.</summary>
internal static class WebhookTesting
{
    public const string Secret = "whsec_0123456789abcdef";

    /// <summary>An account that may reach the loopback interface, with more properties if wanted (<c>, "timeout_seconds": 5</c>).</summary>
    public static ConnectorAccount Account(string url, string more = "") => Samples.Account(
        "webhook", $$"""{ "url": "{{url}}", "allow_hosts": ["127.0.0.1", "receiver.test"]{{more}} }""", ("signing_secret", Secret));

    public static IConnector Connector(Receiver receiver, string more = "", TimeProvider? time = null) =>
        new WebhookConnectorFactory().Create(Account(receiver.Url, more), new ConnectorServices { Time = time ?? TimeProvider.System });

    public static async Task<SendResult> SendOneAsync(this IConnector connector, CancellationToken cancellation = default) =>
        Assert.Single(await connector.SendAsync([Samples.Message("webhook")], cancellation));
}
