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
}
