using System.Diagnostics;
using Automation.Bench.Rig;
using Automation.Bench.Storage;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Runtime.Time;
using Automation.Storage;

namespace Automation.Bench.Scenarios;

/// <summary>
/// The ordinary day, durable: every batch with one flush. Beside it the floor: the same rows of the very same batches, written by
/// hand-written SQL with nothing decided, nothing encoded and nothing sealed. They take turns, so both meet the same moods of
/// the machine.
/// </summary>
internal static class MixedScenario
{
    private const int Envelope = 100;
    private const int Rounds = 5;
    private const int EventsARound = 60_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        CapturingStore? captured = null;
        await using var rig = await EngineRig.StartAsync(
            MixedWorkload.Source(), clock, store => captured = new CapturingStore(store.Engine), withTimers: false);

        // Everybody is met once, and the hot code compiled, before the clock starts.
        var n = 0;
        var everybody = Enumerable.Range(0, MixedWorkload.Contacts).Select(contact =>
        {
            var happened = MixedWorkload.Event(n++);
            return happened with { Identities = MixedWorkload.Identities(contact) };
        });
        await FeedAsync(rig, clock, everybody.Chunk(500));

        var floorDirectory = Directory.CreateTempSubdirectory("automation-bench-");
        using var floorStore = EmbeddedStore.Open(floorDirectory.FullName);
        foreach (var batch in captured!.Batches)
        {
            await floorStore.Engine.CommitAsync(batch, default);
        }
        captured.Batches.Clear();
        using var floor = new FloorWriter(floorStore.DatabasePath);

        var (engine, hand) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var events = Enumerable.Range(n, EventsARound).Select(MixedWorkload.Event).Chunk(Envelope).ToList();
            n += EventsARound;
            var watch = Stopwatch.StartNew();
            await FeedAsync(rig, clock, events);
            engine.Add(EventsARound / watch.Elapsed.TotalSeconds);

            var rows = captured.Batches.ConvertAll(batch => FloorRows.Of(batch) with { MovesDeadlines = true });
            captured.Batches.Clear();
            watch.Restart();
            rows.ForEach(floor.Write);
            hand.Add(EventsARound / watch.Elapsed.TotalSeconds);
        }
        floorDirectory.Delete(recursive: true);
        var ratios = engine.Zip(hand, (a, b) => a / b).Order().ToList();
        return
        [
            new Figure("mixed", "events, durable, median round", Median(engine), "/s", AtLeast: 25_000),
            new Figure("mixed", "floor: the same rows by hand-written SQL", Median(hand), "/s"),
            new Figure("mixed", "of the floor, median round", ratios[ratios.Count / 2], "", AtLeast: 0.8),
        ];
    }

    private static Task FeedAsync(EngineRig rig, VirtualClock clock, IEnumerable<ContactEvent[]> envelopes) =>
        Producer.FeedAsync(rig.Engine, envelopes, envelope => clock.Set(envelope[^1].OccurredAt));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
