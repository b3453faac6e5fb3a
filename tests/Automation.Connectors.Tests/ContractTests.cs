using System.Text.Json;

namespace Automation.Connectors.Tests;

/// <summary>The types of the contract itself.</summary>
public sealed class ContractTests
{
    public static TheoryData<FailureReason> Reasons => [.. Enum.GetValues<FailureReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_is_written_the_same_in_JSON_and_as_a_code(FailureReason reason)
    {
        Assert.Matches("^[a-z]+(_[a-z]+)+$", reason.Code());
        Assert.Equal($"\"{reason.Code()}\"", JsonSerializer.Serialize(reason));
        Assert.True(FailureReasons.TryParse(reason.Code(), out var parsed));
        Assert.Equal(reason, parsed);
    }

    [Theory]
    [InlineData("Retry_Later")]
    [InlineData("RetryLater")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_code_is_no_reason(string? code) => Assert.False(FailureReasons.TryParse(code, out _));

    [Fact]
    public void A_certain_failure_cannot_have_an_unknown_outcome()
    {
        var message = Samples.Message("sms");

        Assert.Throws<ArgumentException>(() => SendResult.Failed(message, FailureReason.UnknownOutcome, "…"));
        Assert.Throws<ArgumentException>(() => new ConnectorNotSentException(FailureReason.UnknownOutcome, "…"));
        Assert.Throws<ArgumentException>(
            () => SendResult.Failed(message, FailureReason.RetryLater, "…", retryAfter: TimeSpan.FromSeconds(-1)));
        Assert.Equal(FailureReason.UnknownOutcome, SendResult.Unknown(message, "…").Reason);
    }

    [Fact]
    public void Nothing_that_is_printed_shows_an_address_a_content_or_a_secret()
    {
        var message = Samples.Message("sms", content: """{ "text": "content-1" }""");
        var account = Samples.Account("sandbox", """{ "seed": 1 }""", ("token", "secret-1"));

        var printed = $"{message} {message.To} {account} {new OutcomeQuery(message, null, default)} "
            + SendResult.Failed(message, FailureReason.BadAddress, "Expected …, but ….");

        Assert.DoesNotContain(Samples.Phone, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("content-1", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-1", printed, StringComparison.Ordinal);
        Assert.Contains(message.IdText, printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_error_does_not_repeat_what_was_typed()
    {
        var read = new ConfigurationReader(JsonElement.Parse("""{ "seed": "secret-1", "mode": "secret-2" }"""));

        var number = Assert.Throws<ConnectorConfigurationException>(() => read.Whole("seed", 0, 0, 9));
        var choice = Assert.Throws<ConnectorConfigurationException>(() => read.Choice("mode", "a", "b"));

        Assert.DoesNotContain("secret", number.Message + choice.Message, StringComparison.Ordinal);
        Assert.Equal(("/seed", "/mode"), (number.Path, choice.Path));
    }

    [Theory]
    [InlineData(499, 500, null)]
    [InlineData(500, 500, null)]
    [InlineData(501, 500, FailureReason.TooLarge)]
    public void A_text_is_measured_in_characters_and_not_by_its_escapes(int characters, int max, FailureReason? expected)
    {
        var manifest = Manifest(new ChannelLimits { BatchSizeMax = 1, BodyBytesMax = 100_000, TextCharactersMax = max });
        var escaped = string.Concat(Enumerable.Repeat("\\u5b57", characters));

        var refusal = MessageCheck.Refusal(manifest, Samples.Message("sms", content: $$"""{ "text": "{{escaped}}" }"""));

        Assert.Equal(expected, refusal?.Reason);
    }

    private static ConnectorManifest Manifest(ChannelLimits limits) => new()
    {
        Key = "probe",
        Name = new DisplayName("探针", "Probe"),
        Summary = new DisplayName("探针", "Probe"),
        Channels =
        [
            new ChannelManifest
            {
                Key = "sms",
                Name = new DisplayName("短信", "SMS"),
                MessageSchema = JsonElement.Parse("{}"),
                Limits = limits,
            },
        ],
        ConfigurationSchema = JsonElement.Parse("{}"),
        Idempotency = Idempotency.None,
    };
}
