using System.Diagnostics.Metrics;
using Automation.Runtime.Loop;

namespace Automation.Server.Hosting;

/// <summary>
/// What waits, as metrics, so that an alert comes while nobody looks at the page. Nothing is asked of the store while nobody listens. Of
/// several processes each tells the same figures, for they are the store's.
/// </summary>
internal sealed partial class StandingMetrics : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly Meter _meter = new(EngineMetrics.MeterName);
    private readonly ObservableGauge<double> _timers;
    private readonly IRunningEngine _running;
    private readonly ILogger<StandingMetrics> _log;
    private volatile Standing? _now;

    public StandingMetrics(IRunningEngine running, ILogger<StandingMetrics> log)
    {
        (_running, _log) = (running, log);
        _timers = _meter.CreateObservableGauge(
            "automation.timers.lag", () => Told<double>(now => [new(now.Timers.Select(lag => now.SecondsSince(lag.OldestDue)).DefaultIfEmpty().Max())]),
            "s", "For how long the longest overdue contact has been due; 0 when all are on time");
        _meter.CreateObservableGauge(
            "automation.messages.waiting", () => Told(now => now.Backlog.Select(one => Of(one.Account, one.Waiting))),
            "{message}", "Messages that wait in the store, by account, counted up to 100,000");
        _meter.CreateObservableGauge(
            "automation.messages.oldest_waiting", () => Told(now => now.Backlog.Select(one => Of(one.Account, now.SecondsSince(one.Oldest)))),
            "s", "For how long the oldest of them waits, by account");
        _meter.CreateObservableGauge(
            "automation.messages.unknown", () => Told(now => now.Unknown.Select(one => Of(one.Account, one.Count))),
            "{message}", "Messages whose outcome nobody knows, by account");
        _meter.CreateObservableGauge(
            "automation.dead_letters", () => Told<long>(static now => now.DeadLetters is { } dead ? [new(dead)] : []),
            "{envelope}", "What came in over the broker and could not be read");
    }

    /// <summary>Asks now. While the store is away there are no figures: old ones would say that all is well.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            _now = await Standing.ReadAsync(_running, _running.Engine.Clock.GetCurrentInstant(), cancellation);
        }
#pragma warning disable CA1031 // Measuring outlives whatever the store does.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _now = null;
            LogNotRead(error.Message);
        }
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Every);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            if (_timers.Enabled)
            {
                await ReadAsync(stoppingToken);
            }
        }
    }

    private IEnumerable<Measurement<T>> Told<T>(Func<Standing, IEnumerable<Measurement<T>>> from)
        where T : struct => _now is { } now ? from(now) : [];

    private static Measurement<T> Of<T>(string account, T value)
        where T : struct => new(value, new KeyValuePair<string, object?>("account", account));

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits could not be read for the metrics: {Problem}")]
    private partial void LogNotRead(string problem);
}
