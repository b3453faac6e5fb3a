using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Connectors.Tests;

/// <summary>What every connector must do, whatever its vendor. A connector's test class derives from it and gets the tests.</summary>
public abstract class ConnectorContract : IAsyncLifetime
{
    private protected IConnector Connector { get; private set; } = null!;

    private protected abstract IConnectorFactory Factory { get; }

    /// <summary>A channel of the connector.</summary>
    private protected abstract string Channel { get; }

    public virtual Task InitializeAsync()
    {
        Connector = Factory.Create(Account(), new ConnectorServices());
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await Connector.DisposeAsync();

    /// <summary>An account that works.</summary>
    private protected abstract ConnectorAccount Account();

    /// <summary>The distinct message ids that reached the other side, in any order.</summary>
    private protected abstract IReadOnlyCollection<Guid> Arrived();

    [Fact]
    public async Task Each_message_gets_one_result_in_the_order_of_the_batch()
    {
        var batch = Samples.Messages(Channel, 40);

        var results = await Connector.SendAsync(batch, CancellationToken.None);

        Assert.Equal(batch.Select(m => m.Id), results.Select(r => r.MessageId));
        Assert.All(results, r => Assert.True(r.Outcome is SendOutcome.Accepted or SendOutcome.Delivered, r.Text));
        Assert.All(results, r => Assert.Null(r.Reason));
        Assert.Equal(batch.Select(m => m.Id).Order(), Arrived().Order());
    }

    [Fact]
    public async Task An_empty_batch_gets_an_empty_answer()
    {
        Assert.Empty(await Connector.SendAsync([], CancellationToken.None));
        Assert.Empty(Arrived());
    }

    [Fact]
    public async Task A_batch_over_the_limit_is_split_and_sent()
    {
        var batch = Samples.Messages(Channel, Factory.Manifest.Channel(Channel)!.Limits.BatchSizeMax + 1);

        var results = await Connector.SendAsync(batch, CancellationToken.None);

        Assert.Equal(batch.Length, results.Count);
        Assert.Equal(batch.Length, Arrived().Count);
    }

    [Fact]
    public async Task A_message_for_an_unknown_channel_fails_alone()
    {
        OutgoingMessage[] batch = [Samples.Message("telegraph", 1), Samples.Message(Channel, 2)];

        var results = await Connector.SendAsync(batch, CancellationToken.None);

        Assert.Equal(SendOutcome.Failed, results[0].Outcome);
        Assert.Equal(FailureReason.FixConfiguration, results[0].Reason);
        Assert.Equal(Samples.Id(2), Assert.Single(Arrived()));
    }

    [Fact]
    public async Task Oversized_content_fails_alone_as_too_large()
    {
        var text = new string('长', Factory.Manifest.Channel(Channel)!.Limits.BodyBytesMax);
        OutgoingMessage[] batch =
        [
            Samples.Message(Channel, 1, JsonSerializer.Serialize(new { text })),
            Samples.Message(Channel, 2),
        ];

        var results = await Connector.SendAsync(batch, CancellationToken.None);

        Assert.Equal(SendOutcome.Failed, results[0].Outcome);
        Assert.Equal(FailureReason.TooLarge, results[0].Reason);
        Assert.Equal(Samples.Id(2), Assert.Single(Arrived()));
    }

    [Fact]
    public async Task Content_that_is_no_object_is_refused()
    {
        var results = await Connector.SendAsync([Samples.Message(Channel, 1, "[1]")], CancellationToken.None);

        Assert.Equal(FailureReason.ContentRefused, Assert.Single(results).Reason);
        Assert.Empty(Arrived());
    }

    [Fact]
    public async Task A_call_cancelled_before_it_began_sends_nothing_and_says_so()
    {
        var results = await Connector.SendAsync(Samples.Messages(Channel, 3), new CancellationToken(canceled: true));

        Assert.Equal(3, results.Count);
        Assert.All(results, r => Assert.Equal((SendOutcome.Failed, FailureReason.RetryLater), (r.Outcome, r.Reason)));
        Assert.Empty(Arrived());
    }

    [Fact]
    public async Task A_repeated_id_reaches_the_other_side_as_the_same_message()
    {
        var message = Samples.Message(Channel);

        var first = Assert.Single(await Connector.SendAsync([message], CancellationToken.None));
        var again = Assert.Single(await Connector.SendAsync([message with { Attempt = 2 }], CancellationToken.None));

        Assert.Equal(first.Outcome, again.Outcome);
        Assert.Equal(message.Id, Assert.Single(Arrived()));
    }

    [Fact]
    public async Task Calls_at_the_same_time_do_not_mix_their_results()
    {
        var batches = Samples.Messages(Channel, 60).Chunk(10).ToArray();

        var answers = await Task.WhenAll(
            batches.Select(batch => Connector.SendAsync(batch, CancellationToken.None).AsTask()));

        Assert.Equal(batches.SelectMany(b => b).Select(m => m.Id), answers.SelectMany(a => a).Select(r => r.MessageId));
        Assert.Equal(60, Arrived().Count);
    }

    [Fact]
    public async Task Every_question_about_an_outcome_gets_an_answer()
    {
        var queries = Samples.Messages(Channel, 2).Select(m => new OutcomeQuery(m, null, DateTimeOffset.UnixEpoch)).ToArray();

        var results = await Connector.QueryOutcomeAsync(queries, CancellationToken.None);

        Assert.Equal(queries.Select(q => q.Message.Id), results.Select(r => r.MessageId));
        Assert.All(results, r => Assert.True(r.Outcome is SendOutcome.Failed or SendOutcome.Unknown));
    }

    [Fact]
    public async Task A_working_account_is_healthy()
    {
        var health = await Connector.HealthAsync(CancellationToken.None);

        Assert.True(health.Healthy, health.Text);
        Assert.Equal("ok", health.Code);
        Assert.Empty(Arrived());
    }

    [Fact]
    public void An_unknown_property_of_the_configuration_is_refused_with_its_place()
    {
        var account = Samples.Account(Factory.Manifest.Key, """{ "nonsense": 1, "url": "http://receiver.test/" }""");

        var error = Assert.Throws<ConnectorConfigurationException>(() => Factory.Create(account, new ConnectorServices()));

        Assert.NotEqual("", error.Path);
        Assert.StartsWith("Expected ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_is_complete()
    {
        var manifest = Factory.Manifest;

        Assert.Matches("^[a-z][a-z0-9_]*$", manifest.Key);
        Assert.Equal(ConnectorManifest.CurrentContractVersion, manifest.ContractVersion);
        Assert.NotEmpty(manifest.Channels);
        Assert.Distinct(manifest.Channels.Select(c => c.Key));
        Assert.All(manifest.Channels, c => Assert.InRange(c.Limits.BatchSizeMax, 1, int.MaxValue));
        Assert.All(manifest.Channels, c => Assert.InRange(c.Limits.BodyBytesMax, 1, int.MaxValue));
        Assert.All(manifest.Channels, c => Assert.All(c.Limits.PerContact, l => Assert.True(l.AtMost > 0 && l.Per > TimeSpan.Zero)));
        Assert.All(manifest.Channels, c => Assert.True(c.Name.Zh.Length > 0 && c.Name.En.Length > 0));
    }

    [Fact]
    public void Every_channel_accepts_a_plain_text_by_its_schema()
    {
        foreach (var schema in Factory.Manifest.Channels.Select(c => c.MessageSchema))
        {
            Assert.Equal("object", schema.GetProperty("type").GetString());
            Assert.Equal("string", schema.GetProperty("properties").GetProperty("text").GetProperty("type").GetString());
            Assert.True(!schema.TryGetProperty("required", out var required) || IsTextAlone(required), schema.GetRawText());
            Assert.True(
                !schema.TryGetProperty("anyOf", out var ways)
                || ways.EnumerateArray().Any(way => IsTextAlone(way.GetProperty("required"))),
                schema.GetRawText());
        }
    }

    [Fact]
    public void Every_default_of_the_configuration_schema_is_accepted_by_the_connector()
    {
        foreach (var property in Factory.Manifest.ConfigurationSchema.GetProperty("properties").EnumerateObject())
        {
            if (!property.Value.TryGetProperty("default", out var value))
            {
                continue;
            }

            var configuration = JsonNode.Parse(Account().Configuration.GetRawText())!.AsObject();
            configuration[property.Name] = JsonNode.Parse(value.GetRawText());

            Assert.NotNull(Factory.Create(Samples.Account(Factory.Manifest.Key, configuration.ToJsonString()), new ConnectorServices()));
        }
    }

    [Fact]
    public void The_manifest_can_be_served_as_JSON()
    {
        var json = JsonSerializer.SerializeToElement(Factory.Manifest);

        Assert.Equal(Factory.Manifest.Key, json.GetProperty("Key").GetString());
        Assert.Equal(JsonValueKind.Object, json.GetProperty("ConfigurationSchema").ValueKind);
        Assert.Equal(JsonValueKind.String, json.GetProperty("Idempotency").ValueKind);
    }

    private static bool IsTextAlone(JsonElement required) =>
        required.GetArrayLength() == 1 && required[0].GetString() == "text";
}
