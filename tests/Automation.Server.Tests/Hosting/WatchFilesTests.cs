using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Server.Ingest;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Automation.Server.Tests.Hosting;

/// <summary>The dashboard and the alert rules ask for metrics that there are, in the units they have; and operators find each explained.</summary>
public sealed partial class WatchFilesTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    // Comes with the broker, and this server has none.
    private static readonly (string Name, string Unit, string Type)[] OfTheBroker = [("automation.queue.depth", "{envelope}", "ObservableGauge")];

    private readonly RunningServer _server = fixture.Server;

    [Theory]
    [InlineData("deploy/grafana/automation.json")]
    [InlineData("deploy/alerts.yaml")]
    public void Every_metric_that_is_asked_for_is_emitted(string file)
    {
        var emitted = Emitted().SelectMany(one => PrometheusNames(one.Name, one.Unit, one.Type)).ToHashSet(StringComparer.Ordinal);

        var asked = Asked().Matches(File.ReadAllText(Root(file))).Select(match => match.Value).Distinct().ToList();

        Assert.True(asked.Count > 8);
        Assert.Empty(asked.Except(emitted, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_metric_of_the_engine_is_explained_to_operators_and_shown_on_the_dashboard()
    {
        var (page, dashboard) = (File.ReadAllText(Root("docs/operations.md")), File.ReadAllText(Root("deploy/grafana/automation.json")));

        Assert.All(Emitted(), one =>
        {
            Assert.Contains($"| `{one.Name}` |", page, StringComparison.Ordinal);
            Assert.Contains(PrometheusNames(one.Name, one.Unit, one.Type)[0], dashboard, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_dashboard_is_json_with_a_query_in_every_panel()
    {
        var panels = JsonElement.Parse(File.ReadAllText(Root("deploy/grafana/automation.json"))).GetProperty("panels").EnumerateArray().ToList();

        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    private List<(string Name, string Unit, string Type)> Emitted()
    {
        // Made with the first event that is refused, or now.
        Assert.NotNull(_server.App.Services.GetRequiredService<IngestRejections>());
        var found = new HashSet<(string, string, string)>(OfTheBroker);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("Automation.", StringComparison.Ordinal))
                {
                    found.Add((instrument.Name, instrument.Unit ?? "", instrument.GetType().Name.Split('`')[0]));
                }
            },
        };
        listener.Start();
        return [.. found];
    }

    /// <summary>As a collector's Prometheus exporter names them: the first is enough to know it by.</summary>
    private static string[] PrometheusNames(string name, string unit, string type)
    {
        var plain = name.Replace('.', '_') + (unit == "s" ? "_seconds" : "");
        return type switch
        {
            "Histogram" => [plain + "_bucket", plain + "_sum", plain + "_count"],
            "Counter" => [plain + "_total"],
            _ => [plain],
        };
    }

    private static string Root(string file) => Path.Combine(RepositoryRoot.Path, file);

    [GeneratedRegex("automation_[a-z_]+")]
    private static partial Regex Asked();
}
