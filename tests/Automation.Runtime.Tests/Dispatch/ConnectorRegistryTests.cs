using System.Text.Json;
using Automation.Connectors;
using Automation.Runtime.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class ConnectorRegistryTests
{
    [Fact]
    public async Task A_changed_account_is_disposed_when_its_last_call_has_returned()
    {
        var vendor = new FakeVendor();
        var registry = new ConnectorRegistry([vendor], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        await registry.ConfigureAsync([Account("""{ "a": 1 }""")]);
        var lease = registry.Lease("shop")!;

        await registry.ConfigureAsync([Account("""{ "a": 2 }""")]);

        Assert.False(vendor.IsDisposed);
        lease.Dispose();
        Assert.True(vendor.IsDisposed);
    }

    [Fact]
    public async Task An_unchanged_account_keeps_its_connector()
    {
        var vendor = new FakeVendor();
        var registry = new ConnectorRegistry([vendor], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        await registry.ConfigureAsync([Account("""{ "a": 1 }""")]);

        await registry.ConfigureAsync([Account("""{"a":1}""")]);

        Assert.False(vendor.IsDisposed);
        Assert.Equal(["shop", "vendor"], registry.Traits.Select(account => account.Key));
    }

    [Fact]
    public async Task What_a_connector_held_can_be_collected_when_its_account_is_changed_or_gone()
    {
        var vendor = new HoardingVendor();
        var registry = new ConnectorRegistry([vendor], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        for (var i = 0; i < 20; i++)
        {
            await registry.ConfigureAsync([new ConnectorAccount { Key = "shop", ConnectorKey = "hoarding", Configuration = JsonElement.Parse($$"""{ "a": {{i}} }""") }]);
            using var lease = registry.Lease("shop")!;
            await lease.Connector.SendAsync([], CancellationToken.None);
        }
        await registry.ConfigureAsync([]);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The connector without an account of its own is still there, and so may the last one be that a register holds.
        Assert.InRange(vendor.Alive, 0, 2);
        Assert.True(vendor.Made >= 20);
    }

    [Fact]
    public void An_account_document_gives_its_secrets_in_clear()
    {
        var account = AccountDocument.Read("shop", """{ "connector": "vendor", "secrets": { "token": "cba" } }""", secret => new string([.. secret.Reverse()]));

        Assert.Equal("abc", account.Secrets["token"]);
        Assert.Equal(JsonValueKind.Object, account.Configuration.ValueKind);
    }

    [Theory]
    [InlineData("nonsense", "")]
    [InlineData("{}", "/connector")]
    [InlineData("""{ "connector": "x", "secrets": { "a": 1 } }""", "/secrets/a")]
    public void A_wrong_account_document_says_where(string document, string path)
    {
        var wrong = Assert.Throws<ConnectorConfigurationException>(() => AccountDocument.Read("shop", document, static secret => secret));

        Assert.Equal(path, wrong.Path);
    }

    private static ConnectorAccount Account(string configuration) =>
        new() { Key = "shop", ConnectorKey = "vendor", Configuration = JsonElement.Parse(configuration) };

    /// <summary>Its connectors keep a megabyte each, and it remembers them without keeping them.</summary>
    private sealed class HoardingVendor : IConnectorFactory
    {
        private readonly List<WeakReference> _made = [];

        public int Made => _made.Count;

        public int Alive => _made.Count(static one => one.IsAlive);

        public ConnectorManifest Manifest { get; } = new FakeVendor("hoarding").Manifest;

        public IConnector Create(ConnectorAccount account, ConnectorServices services)
        {
            var connector = new Hoard();
            _made.Add(new WeakReference(connector));
            return connector;
        }
    }

    private sealed class Hoard : IConnector
    {
        private readonly byte[] _kept = new byte[1_000_000];

        public ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
        {
            _kept[batch.Count] = 1;
            return ValueTask.FromResult<IReadOnlyList<SendResult>>([]);
        }

        public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => ValueTask.FromResult(ConnectorHealth.Ok("fine"));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
