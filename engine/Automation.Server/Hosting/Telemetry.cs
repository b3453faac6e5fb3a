using Automation.Bus;
using Automation.Runtime.Loop;
using Automation.Server.Ingest;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Automation.Server.Hosting;

/// <summary>
/// Metrics and traces by OTLP, where a collector is named by OpenTelemetry's own variable; else nothing is gathered and nothing is sent.
/// </summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly MeterProvider _meters;
    private readonly TracerProvider _traces;

    public Telemetry(string node)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("automation", serviceInstanceId: node);
        _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(EngineMetrics.MeterName, BusMeter.Name, IngestRejections.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(EngineTrace.SourceName, "Microsoft.AspNetCore", "MassTransit", "RabbitMQ.Client.Publisher", "RabbitMQ.Client.Subscriber", "Npgsql")
            .AddOtlpExporter().Build();
    }

    public static bool IsWanted => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what was gathered since the last time.</summary>
    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }
}
