using System.Text.Json;
using Automation.Bus.Rabbit;
using Automation.Connectors;
using Automation.Connectors.WeChat;
using Automation.Sandbox;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Redis.Tests;

/// <summary>The way from a cluster's options to a connector's token, as each process of a cluster goes it.</summary>
[Collection("redis")]
public sealed class ClusterTokensTests(RedisFixture redis)
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    [RedisFact]
    public async Task Two_processes_of_a_cluster_ask_the_vendor_for_one_token_and_renew_it_once()
    {
        await using var vendors = await VendorSandbox.StartAsync(new SandboxOptions { EverybodyIsThere = true });
        var prefix = RedisFixture.NewPrefix();
        await using var first = new Process(prefix, redis.Server.Port, vendors.Address);
        await using var second = new Process(prefix, redis.Server.Port, vendors.Address);

        await first.SendAsync(1);
        await second.SendAsync(2);
        Assert.Equal(1, vendors.TokensAsked(SandboxAccounts.MiniProgram));
        vendors.Plan(SandboxAccounts.MiniProgram).Next(Mood.TokenExpired);
        await first.SendAsync(3);
        await second.SendAsync(4);

        Assert.Equal(2, vendors.TokensAsked(SandboxAccounts.MiniProgram));
        Assert.Equal(4, vendors.Phones.Count);
    }

    private sealed class Process : IAsyncDisposable
    {
        private readonly SharedState _shared;
        private readonly LentToConnectors _lent;
        private readonly IConnector _connector;

        public Process(string prefix, int port, Uri vendors)
        {
            var cluster = new ClusterOptions { Postgres = "", Rabbit = new RabbitOptions { Uri = "", Prefix = prefix }, Redis = $"127.0.0.1:{port}" };
            _shared = new SharedState(cluster, SystemClock.Instance, () => 0.5, SecretBox.Of(Key), NullLoggerFactory.Instance);
            _lent = new LentToConnectors(NullLoggerFactory.Instance, TimeProvider.System, _shared.Tokens);
            var document = SandboxAccounts.Document(SandboxAccounts.MiniProgram, vendors);
            _connector = new MiniProgramConnectorFactory().Create(
                new ConnectorAccount
                {
                    Key = SandboxAccounts.MiniProgram,
                    ConnectorKey = "wechat_mini_program",
                    Configuration = JsonElement.Parse(document["configuration"]!.ToJsonString()),
                    Secrets = document["secrets"]!.AsObject().ToDictionary(one => one.Key, one => one.Value!.GetValue<string>()),
                },
                _lent.Services);
        }

        public async Task SendAsync(int number)
        {
            var message = new OutgoingMessage
            {
                Id = new Guid(number, 1, 1, [1, 2, 3, 4, 5, 6, 7, 8]), Channel = "mini_program", To = new Address("open_id:wxdemo", $"o-{number}"),
                Content = JsonElement.Parse("""{ "text": "你好" }"""), ContactId = "c-1",
            };
            Assert.Equal(SendOutcome.Accepted, Assert.Single(await _connector.SendAsync([message], CancellationToken.None)).Outcome);
        }

        public async ValueTask DisposeAsync()
        {
            await _connector.DisposeAsync();
            _lent.Dispose();
            await _shared.DisposeAsync();
        }
    }
}
