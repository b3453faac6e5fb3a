using Automation.Connectors.Webhook;

namespace Automation.Connectors.Tests.Webhook;

public sealed class WebhookOptionsTests
{
    [Theory]
    [InlineData("""{ }""", "/url")]
    [InlineData("""{ "url": 1 }""", "/url")]
    [InlineData("""{ "url": "/relative" }""", "/url")]
    [InlineData("""{ "url": "ftp://shop.test/" }""", "/url")]
    [InlineData("""{ "url": "file:///etc/passwd" }""", "/url")]
    [InlineData("""{ "url": "https://user:word@shop.test/" }""", "/url")]
    [InlineData("""{ "url": "https://shop.test/#part" }""", "/url")]
    [InlineData("""{ "url": "https://shop.test/", "headers": { "Host": "other" } }""", "/headers/Host")]
    [InlineData("""{ "url": "https://shop.test/", "headers": { "content-length": "1" } }""", "/headers/content-length")]
    [InlineData("""{ "url": "https://shop.test/", "headers": { "X-Automation-Message-Id": "1" } }""", "/headers/X-Automation-Message-Id")]
    [InlineData("""{ "url": "https://shop.test/", "headers": { "X-A": "1\r\nX-B: 2" } }""", "/headers/X-A")]
    [InlineData("""{ "url": "https://shop.test/", "headers": { "X A": "1" } }""", "/headers/X A")]
    [InlineData("""{ "url": "https://shop.test/", "timeout_seconds": 0 }""", "/timeout_seconds")]
    [InlineData("""{ "url": "https://shop.test/", "timeout_seconds": 121 }""", "/timeout_seconds")]
    [InlineData("""{ "url": "https://shop.test/", "response_bytes_max": 1.5 }""", "/response_bytes_max")]
    [InlineData("""{ "url": "https://shop.test/", "concurrency": 65 }""", "/concurrency")]
    [InlineData("""{ "url": "https://shop.test/", "idempotency": "maybe" }""", "/idempotency")]
    [InlineData("""{ "url": "https://shop.test/", "allow_private_networks": "yes" }""", "/allow_private_networks")]
    [InlineData("""{ "url": "https://shop.test/", "allow_hosts": ["a", 1] }""", "/allow_hosts/1")]
    public void A_wrong_configuration_is_refused_with_its_place(string configuration, string path)
    {
        var error = Assert.Throws<ConnectorConfigurationException>(() => Create(configuration));

        Assert.Equal(path, error.Path);
        Assert.Contains(", but ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("signing_secret", "short")]
    [InlineData("authorization", "Bearer 口令")]
    public void A_wrong_secret_is_refused_without_being_shown(string name, string value)
    {
        var error = Assert.Throws<ConnectorConfigurationException>(() => Create("""{ "url": "https://shop.test/" }""", (name, value)));

        Assert.Equal($"/secrets/{name}", error.Path);
        Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "url": "https://shop.test/" }""", Idempotency.None)]
    [InlineData("""{ "url": "https://shop.test/", "idempotency": "by_message_id" }""", Idempotency.ByMessageId)]
    public void An_account_says_whether_its_receiver_drops_repeats(string configuration, Idempotency expected)
    {
        var manifest = new WebhookConnectorFactory().Manifest;

        Assert.Equal(expected, Samples.Account("webhook", configuration).Idempotency(manifest));
    }

    private static void Create(string configuration, params (string Name, string Value)[] secrets) =>
        new WebhookConnectorFactory().Create(Samples.Account("webhook", configuration, secrets), new ConnectorServices());
}
