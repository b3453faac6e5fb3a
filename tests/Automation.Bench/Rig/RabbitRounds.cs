using System.Diagnostics;
using Automation.Bench.Storage;
using Automation.Core.Contacts;
using Automation.Servers;
using Automation.Storage.Tests.Postgres;

namespace Automation.Bench.Rig;

/// <summary>
/// Rounds of the engine over RabbitMQ and PostgreSQL, each followed by both floors with the rows and bytes of that very round, so that all
/// three meet the same moods of the machine. It also tells whose processor time the engine's rounds took.
/// </summary>
internal sealed class RabbitRounds(PostgresServer server, PrivateServer broker, RabbitRig rig, PostgresFloor rows, RabbitFloor bytes)
{
    private readonly List<(double Engine, double Store, double Queue)> _rates = [];
    private TimeSpan _own, _store, _queue, _floor;
    private int _events;

    public double Engine => Median(_rates.Select(round => round.Engine));

    public double Store => Median(_rates.Select(round => round.Store));

    public double Queue => Median(_rates.Select(round => round.Queue));

    /// <summary>Of the slower floor of the same round.</summary>
    public double Ratio => Median(_rates.Select(round => round.Engine / Math.Min(round.Store, round.Queue)));

    /// <param name="run">Feeds the envelopes and returns when the engine has done what is measured.</param>
    /// <param name="wasFull">The envelopes waited in the broker already; so the broker's floor is to take them, without publishing.</param>
    /// <param name="isCounted">False for a first round, in which the runtime compiles its hot code.</param>
    public async Task RunAsync(IReadOnlyList<ContactEvent[]> envelopes, Func<Task> run, bool wasFull = false, bool isCounted = true)
    {
        var lanes = rig.Captured.ToList();
        lanes.ForEach(lane => lane.Batches.Clear());
        var events = envelopes.Sum(envelope => envelope.Length);
        var (own, store, queue) = (Environment.CpuUsage.TotalTime, ProcessorTime.OfTree(server.ProcessId), ProcessorTime.OfTree(broker.ProcessId));
        var engine = await RateAsync(events, run);
        var spent = (Own: Environment.CpuUsage.TotalTime - own, Store: ProcessorTime.OfTree(server.ProcessId) - store, Queue: ProcessorTime.OfTree(broker.ProcessId) - queue);

        var written = lanes.ConvertAll(lane => lane.Batches.ConvertAll(PostgresFloorRows.Of));
        store = ProcessorTime.OfTree(server.ProcessId);
        var byHand = await RateAsync(events, () => rows.WriteAsync(written));
        var floor = ProcessorTime.OfTree(server.ProcessId) - store;
        var packed = envelopes.Select(bytes.Pack).ToList();
        if (wasFull)
        {
            await bytes.PublishAsync(packed);
        }
        var carried = await RateAsync(events, () => wasFull ? bytes.ConsumeAsync(packed.Sum(envelope => envelope.Count)) : bytes.RunAsync(packed));
        if (isCounted)
        {
            _rates.Add((engine, byHand, carried));
            (_own, _store, _queue, _floor) = (_own + spent.Own, _store + spent.Store, _queue + spent.Queue, _floor + floor);
            _events += events;
        }
    }

    /// <summary>The floors, the ratio to the slower one, and where the processors' time went.</summary>
    public IEnumerable<Figure> Beside(string scenario, double? ratioAtLeast = null) =>
    [
        new Figure(scenario, "floor: the same rows by hand-written SQL", Store, "/s"),
        new Figure(scenario, "floor: the same bytes through the broker", Queue, "/s"),
        new Figure(scenario, "of the slower floor, median round", Ratio, "", AtLeast: ratioAtLeast),
        new Figure(scenario, "processor time for each event: the engine's processes", _own.TotalMicroseconds / _events, "µs"),
        new Figure(scenario, "processor time for each event: PostgreSQL", _store.TotalMicroseconds / _events, "µs"),
        new Figure(scenario, "processor time for each event: PostgreSQL, in the floor", _floor.TotalMicroseconds / _events, "µs"),
        new Figure(scenario, "processor time for each event: RabbitMQ", _queue.TotalMicroseconds / _events, "µs"),
    ];

    private static async Task<double> RateAsync(int events, Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return events / watch.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
