using System.Reflection;
using Automation.Connectors;
using Automation.Server.PlugIns;
using Automation.Server.Tests.Cli;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Automation.Server.Tests.PlugIns;

public sealed class PlugInAssemblyTests
{
    [Theory]
    [InlineData("2.0.0.0", "other_contract")]
    [InlineData("0.9.0.0", "other_contract")]
    [InlineData(null, "not_a_plug_in")]
    public void A_plug_in_for_another_contract_is_refused_before_its_code_runs(string? version, string code)
    {
        AssemblyName[] references = version is null ? [new("System.Runtime")] : [new($"Automation.Connectors, Version={version}")];

        var refused = Assert.Throws<PlugInRefusedException>(() => PlugInAssembly.RequireContract("Postcard.dll", references));

        Assert.Equal(code, refused.Code);
        Assert.StartsWith("Expected ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contracts_assembly_has_the_version_of_the_contract()
    {
        var version = typeof(ConnectorManifest).Assembly.GetName().Version!;

        Assert.Equal(ConnectorManifest.CurrentContractVersion, version.Major);
        PlugInAssembly.RequireContract("Postcard.dll", [typeof(ConnectorManifest).Assembly.GetName()]);
    }

    [Fact]
    public void What_is_no_assembly_or_not_there_is_refused_and_stops_nothing()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Root, "Broken"));
        Directory.CreateDirectory(Path.Combine(folder.Root, "Empty"));
        File.WriteAllText(Path.Combine(folder.Root, "Broken", "Broken.dll"), "no assembly");

        Assert.Equal("not_a_plug_in", Assert.Throws<PlugInRefusedException>(() => PlugInAssembly.Load(Path.Combine(folder.Root, "Broken", "Broken.dll"))).Code);
        folder.Write("Remote/connector.json", """{ "address": "http://127.0.0.1:7080/", "manifest": { "contract_version": 9 } }""");
        Assert.Empty(PlugInFolder.Load(folder.Root, [], NullLogger.Instance));
        Assert.Empty(PlugInFolder.Load(Path.Combine(folder.Root, "missing"), [], NullLogger.Instance));
    }

    [Fact]
    public void A_plug_in_that_throws_complains_about_its_account_and_keeps_its_words()
    {
        var factory = new PlugInFactory(new Throwing(), new FakeVendor().Manifest);
        var account = new ConnectorAccount { Key = "a", ConnectorKey = "vendor" };

        var error = Assert.Throws<ConnectorConfigurationException>(() => factory.Create(account, new ConnectorServices()));

        Assert.DoesNotContain("secret-word", error.Message, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", error.Message, StringComparison.Ordinal);
    }

    private sealed class Throwing : IConnectorFactory
    {
        public ConnectorManifest Manifest => throw new InvalidOperationException();

        public IConnector Create(ConnectorAccount account, ConnectorServices services) => throw new InvalidOperationException("secret-word");
    }
}
