using System.Diagnostics.Metrics;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Loop;

/// <summary>What the engine tells of itself, for OpenTelemetry and for tests. Counted a batch at a time, so it costs nothing.</summary>
public sealed class EngineMetrics : IDisposable
{
    public const string MeterName = "Automation.Engine";

    private readonly Meter _meter = new(MeterName);

    public EngineMetrics()
    {
        Stimuli = _meter.CreateCounter<long>("automation.stimuli", "{stimulus}", "Events, timers, outcomes and commands that were decided and committed");
        Duplicates = _meter.CreateCounter<long>("automation.events.duplicates", "{event}", "Events that were dropped because their message id was known");
        Facts = _meter.CreateCounter<long>("automation.facts", "{fact}", "Facts written to the ledger");
        Batches = _meter.CreateCounter<long>("automation.batches", "{batch}", "Commits");
        FailedCommits = _meter.CreateCounter<long>("automation.commits.failed", "{batch}", "Commits that failed; their batches were decided again or refused");
        CommitSeconds = _meter.CreateHistogram<double>("automation.commit.duration", "s", "Time of one commit, flush included");
        Seals = _meter.CreateCounter<long>("automation.seals", "{seal}", "Seals written to the ledger, one for each commit with records");
        Decisions = _meter.CreateCounter<long>("automation.decisions", "{decision}", "What was decided about contacts in journeys, by kind");
        EventLagSeconds = _meter.CreateHistogram<double>("automation.event.lag", "s", "From an event's arrival until its decisions were durable, the oldest of each envelope");
        VendorSeconds = _meter.CreateHistogram<double>("automation.vendor.duration", "s", "Time of one call to a vendor, by account, connector and outcome");
        ClockHeld = _meter.CreateCounter<long>("automation.clock.held", "{jump}", "Times the wall clock jumped back and the engine held its own");
        MessagesHandedOn = _meter.CreateCounter<long>("automation.messages.handed_on", "{message}", "Messages given to the bus after their commit");
        LanesHeld = _meter.CreateUpDownCounter<long>("automation.lanes.held", "{lane}", "Accounts, by channel, whose messages wait until their configuration is mended");
        MessagesReported = _meter.CreateCounter<long>("automation.messages.outcomes", "{message}", "Outcomes of messages, by account and outcome");
        Segments = _meter.CreateCounter<long>("automation.messages.segments", "{segment}", "Units that vendors bill, by account");
        Cost = _meter.CreateCounter<double>("automation.messages.cost", "{currency}", "What messages cost by the accounts' prices, by account and currency");
    }

    public Counter<long> Stimuli { get; }

    public Counter<long> Duplicates { get; }

    public Counter<long> Facts { get; }

    public Counter<long> Batches { get; }

    public Counter<long> FailedCommits { get; }

    public Histogram<double> CommitSeconds { get; }

    public Counter<long> Seals { get; }

    public Counter<long> Decisions { get; }

    public Histogram<double> EventLagSeconds { get; }

    public Histogram<double> VendorSeconds { get; }

    public Counter<long> ClockHeld { get; }

    public Counter<long> MessagesHandedOn { get; }

    public UpDownCounter<long> LanesHeld { get; }

    public Counter<long> MessagesReported { get; }

    public Counter<long> Segments { get; }

    public Counter<double> Cost { get; }

    /// <summary>Told after each commit what happened in it, for whoever looks on live. It must return at once and not throw.</summary>
    public Action<IReadOnlyDictionary<CounterKey, long>>? Happened { get; set; }

    public void Dispose() => _meter.Dispose();
}
