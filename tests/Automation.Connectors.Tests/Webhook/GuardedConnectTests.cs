using System.Net;
using Automation.Connectors.Webhook;
using Automation.Connectors.Webhook.Network;

namespace Automation.Connectors.Tests.Webhook;

public sealed class GuardedConnectTests : IAsyncLifetime
{
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    public async Task Loopback_is_refused_however_it_is_written(string host)
    {
        var account = Samples.Account("webhook", $$"""{ "url": "http://{{host}}:{{_receiver.Port}}/" }""");
        await using var connector = new WebhookConnectorFactory().Create(account, new ConnectorServices());

        var result = await connector.SendOneAsync();
        var health = await connector.HealthAsync(CancellationToken.None);

        Assert.Equal((FailureReason.FixConfiguration, "destination_refused"), (result.Reason!.Value, result.VendorCode));
        Assert.Equal((false, "fix_configuration"), (health.Healthy, health.Code));
        Assert.Empty(_receiver.Requests);
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::1")]
    public async Task A_name_that_leads_inside_is_refused(string address)
    {
        var result = await SendAsync([address]);

        Assert.Equal((FailureReason.FixConfiguration, "destination_refused"), (result.Reason!.Value, result.VendorCode));
        Assert.DoesNotContain(address, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_a_public_and_a_private_address_is_refused_whole()
    {
        var result = await SendAsync(["93.184.216.34", "127.0.0.1"]);

        Assert.Equal("destination_refused", result.VendorCode);
        Assert.Empty(_receiver.Requests);
    }

    [Fact]
    public async Task The_socket_goes_to_the_address_that_was_checked_and_the_name_is_asked_once()
    {
        var asked = new List<string>();
        var factory = new WebhookConnectorFactory
        {
            Resolve = (name, _) =>
            {
                asked.Add(name);
                return Task.FromResult(new[] { IPAddress.Parse(asked.Count == 1 ? "127.0.0.1" : "10.0.0.1") });
            },
        };
        await using var connector = factory.Create(
            WebhookTesting.Account($"http://receiver.test:{_receiver.Port}/hook"), new ConnectorServices());

        var result = await connector.SendOneAsync();

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal(["receiver.test"], asked);
        Assert.Equal($"receiver.test:{_receiver.Port}", Assert.Single(_receiver.Requests).Headers["Host"]);
    }

    [Fact]
    public async Task An_address_that_does_not_answer_gives_way_to_the_next()
    {
        // Nothing listens on the second loopback address; the first connection is refused at once.
        var result = await SendAsync(["127.0.0.2", "127.0.0.1"], """, "allow_private_networks": true""");

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    public async Task Opening_private_networks_does_not_open_metadata_and_multicast(string address)
    {
        var result = await SendAsync([address], """, "allow_private_networks": true""");

        Assert.Equal("destination_refused", result.VendorCode);
    }

    [Fact]
    public async Task An_allowed_host_does_not_open_other_hosts()
    {
        var guard = new GuardedConnect(
            privateAllowed: false, ["other.test"], (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));

        await using (await guard.OpenAsync("OTHER.test", _receiver.Port, CancellationToken.None))
        {
            await Assert.ThrowsAsync<DestinationRefusedException>(
                () => guard.OpenAsync("receiver.test", _receiver.Port, CancellationToken.None).AsTask());
        }
    }

    [Theory]
    [InlineData("""{ "url": "http://receiver.test/", "allow_private_networks": true }""", "/allow_private_networks")]
    [InlineData("""{ "url": "http://receiver.test/", "allow_hosts": ["receiver.test"] }""", "/allow_hosts")]
    public void An_operator_can_forbid_accounts_to_open_private_networks(string configuration, string path)
    {
        var factory = new WebhookConnectorFactory { AccountsMayOpenPrivateNetworks = false };

        var error = Assert.Throws<ConnectorConfigurationException>(
            () => factory.Create(Samples.Account("webhook", configuration), new ConnectorServices()));

        Assert.Equal(path, error.Path);
    }

    private async Task<SendResult> SendAsync(string[] addresses, string more = "")
    {
        var account = Samples.Account("webhook", $$"""{ "url": "http://shop.test:{{_receiver.Port}}/"{{more}} }""");
        var factory = new WebhookConnectorFactory
        {
            Resolve = (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()),
        };
        await using var connector = factory.Create(account, new ConnectorServices());
        return await connector.SendOneAsync();
    }
}
