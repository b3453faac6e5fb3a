using System.Diagnostics.Metrics;
using Automation.Runtime.Loop;
using Automation.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Automation.Server.Tests.Hosting;

public sealed class StandingMetricsTests
{
    [Fact]
    public async Task What_waits_and_for_how_long_is_measured_by_account()
    {
        var vendor = new FakeVendor { Loses = true };
        await using var server = await RunningServer.StartAsync(connectors: vendor);
        await server.AskAsync(HttpMethod.Put, "/api/accounts/measured", """{ "connector": "vendor" }""");
        await Greeting.SetUpAsync(server, "measured");
        await Greeting.KnowsAsync(server, 1);
        await Greeting.CameAsync(server, 1);
        await server.UntilFactsAsync("message_unknown", 1);
        await server.AskAsync(HttpMethod.Post, "/api/holds", new { target = "account:measured", reason = "wrong price" });
        await Greeting.KnowsAsync(server, 2);
        await Greeting.CameAsync(server, 2);
        await server.UntilFactsAsync("message_queued", 2);
        var metrics = server.App.Services.GetServices<IHostedService>().OfType<StandingMetrics>().Single();

        Assert.Empty(Measure());
        await metrics.ReadAsync(CancellationToken.None);
        var told = Measure();

        Assert.Equal(1, told["automation.messages.waiting"]);
        Assert.Equal(1, told["automation.messages.unknown"]);
        Assert.InRange(told["automation.messages.oldest_waiting"], 0, 120);
    }

    /// <summary>What is told of this server's account; other servers of this process tell of theirs.</summary>
    private static Dictionary<string, double> Measure()
    {
        var told = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == EngineMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return told;

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (instrument.IsObservable && tags is [{ Value: "measured" }])
            {
                told[instrument.Name] = value;
            }
        }
    }
}
