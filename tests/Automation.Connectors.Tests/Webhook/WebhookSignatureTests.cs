using System.Text;
using Automation.Connectors.Webhook;

namespace Automation.Connectors.Tests.Webhook;

public sealed class WebhookSignatureTests
{
    /// <summary>Computed with <c>openssl dgst -sha256 -hmac</c>; the same vector stands in docs/connectors.md.</summary>
    [Fact]
    public void A_signature_equals_the_published_vector()
    {
        var body = Encoding.UTF8.GetBytes("""{"message_id":"0123456789abcdef0123456789abcdef","text":"你好"}""");

        var signature = WebhookSignature.Sign("whsec_0123456789abcdef", "1700000000", body);

        Assert.Equal("v1=3a7f7e680c4dd89226fb82e2230daf1731c4741fb4d53645551c984473810aaa", signature);
    }

    [Theory]
    [InlineData("whsec_0123456789abcdeg", "1700000000", "body")]
    [InlineData("whsec_0123456789abcdef", "1700000001", "body")]
    [InlineData("whsec_0123456789abcdef", "1700000000", "bodY")]
    public void A_signature_depends_on_secret_time_and_body(string secret, string timestamp, string body)
    {
        var signature = WebhookSignature.Sign("whsec_0123456789abcdef", "1700000000", "body"u8);

        Assert.NotEqual(signature, WebhookSignature.Sign(secret, timestamp, Encoding.UTF8.GetBytes(body)));
    }
}
