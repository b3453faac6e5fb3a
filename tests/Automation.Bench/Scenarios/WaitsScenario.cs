using System.Diagnostics;
using System.Text;
using Automation.Bench.Rig;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;
using Automation.Runtime.Time;
using NodaTime;

namespace Automation.Bench.Scenarios;

/// <summary>Waits that come due: all at once, and a thousand each second; and a million that do not.</summary>
internal static class WaitsScenario
{
    private const int Due = 100_000;
    private const int Million = 1_000_000;

    public static async Task<IReadOnlyList<Figure>> WakeUpsAsync()
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        double rate;
        await using (var rig = await EngineRig.StartAsync(Source("1h"), clock))
        {
            await FillAsync(rig, clock, Due);
            clock.Set(MixedWorkload.Start + Duration.FromHours(2));
            var watch = Stopwatch.StartNew();
            await UntilNobodyWaitsAsync(rig);
            rate = Due / watch.Elapsed.TotalSeconds;
        }
        var lateness = await LatenessAsync();
        return
        [
            new Figure("wake-ups", "due waits woken", rate, "/s", AtLeast: 10_000),
            new Figure("wake-ups", "lateness at 1,000 due a second, p50", lateness.P50, "ms"),
            new Figure("wake-ups", "lateness at 1,000 due a second, p99", lateness.P99, "ms", AtMost: 1_000),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> MillionAsync()
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var rig = await EngineRig.StartAsync(Source("30d"), clock);
        var watch = Stopwatch.StartNew();
        await FillAsync(rig, clock, Million);
        var seconds = watch.Elapsed.TotalSeconds;
        GC.Collect();

        // What it costs to have them: the process's own processor time over ten seconds in which nothing is due.
        var processor = Environment.CpuUsage.TotalTime;
        await Task.Delay(TimeSpan.FromSeconds(10));
        var idle = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / 10;
        // After the quiet seconds, for the collector gives memory back little by little.
        var memory = Environment.WorkingSet / 1024.0 / 1024.0;
        watch.Restart();
        const int looks = 1_000;
        for (var i = 0; i < looks; i++)
        {
            await rig.Store.Engine.DueContactsAsync(clock.GetCurrentInstant(), 512, default);
        }
        return
        [
            new Figure("waiting million", "enrolled", Million / seconds, "/s"),
            new Figure("waiting million", "working set", memory, "MB", AtMost: 500),
            new Figure("waiting million", "processor time while nothing is due", idle, "ms/s", AtMost: 10),
            new Figure("waiting million", "one look for due contacts", watch.Elapsed.TotalMicroseconds / looks, "µs"),
        ];
    }

    /// <summary>Publishing a dormancy journey: each of a million contacts gets its deadline, page by page.</summary>
    public static async Task<IReadOnlyList<Figure>> DormancyAsync()
    {
        var clock = new VirtualClock(MixedWorkload.Start);
        await using var rig = await EngineRig.StartAsync(new JourneySetSource(), clock);
        await FillAsync(rig, clock, Million);
        rig.Engine.Journeys = JourneySet.Build(new JourneySetSource
        {
            Journeys = [new JourneyVersion(Read("""{"key":"asleep","name":"D","trigger":{"on":"dormant","for":"30d"},"steps":[{"id":"x","type":"exit"}]}"""), 1, true)],
        });
        var watch = Stopwatch.StartNew();
        const int page = 2_000;
        for (long after = 0; ;)
        {
            var contacts = await rig.Store.Ledger.ContactPageAsync(after, page, default);
            if (contacts.Count == 0)
            {
                break;
            }
            after = contacts[^1].Id;
            await rig.Engine.SubmitAsync([.. contacts.Select(contact => new Addressed(contact.Id, new Stimulus.Swept("asleep", CountExisting: true)))]);
        }
        var seconds = watch.Elapsed.TotalSeconds;
        var due = await rig.Store.Engine.DueContactsAsync(clock.GetCurrentInstant() + Duration.FromDays(31), Million, default);
        if (due.Count != Million)
        {
            throw new InvalidOperationException($"Expected {Million} deadlines after the sweep, but found {due.Count}.");
        }
        return
        [
            new Figure("dormancy", "publishing over 1,000,000 contacts", seconds, "s"),
            new Figure("dormancy", "contacts swept", Million / seconds, "/s"),
            new Figure("dormancy", "working set", Environment.WorkingSet / 1024.0 / 1024.0, "MB"),
        ];
    }

    private static JourneySetSource Source(string wait) => new()
    {
        Journeys = [new JourneyVersion(Read($$"""{"key":"w","name":"W","trigger":{"on":"event","event":"go"},"steps":[{"id":"w","type":"wait","for":"{{wait}}"}]}"""), 1, true)],
    };

    private static Journey Read(string json) => JourneyDocument.Read(Encoding.UTF8.GetBytes(json)).Value!;

    private static async Task FillAsync(EngineRig rig, VirtualClock clock, int count)
    {
        const int size = 500;
        await Producer.FeedAsync(rig.Engine, Enumerable.Range(0, count / size).Select(i => Enumerable.Range(i * size, size).Select(n => new ContactEvent(
            MixedWorkload.Id(n), EventType.Track, "go", clock.GetCurrentInstant(), clock.GetCurrentInstant(), PropertyBag.Empty,
            MixedWorkload.Identities(n))).ToArray()));
    }

    private static async Task UntilNobodyWaitsAsync(EngineRig rig)
    {
        while ((await rig.Store.Ledger.StepCountsAsync("w", default)).Sum(row => row.Count) > 0)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<(double P50, double P99)> LatenessAsync()
    {
        // Events over twelve seconds with waits of two: a thousand due each second, on the real clock, with their own timers.
        const int perSecond = 1_000;
        const int seconds = 12;
        await using var rig = await EngineRig.StartAsync(Source("2s"));
        var start = SystemClock.Instance.GetCurrentInstant();
        for (var n = 0; n < perSecond * seconds;)
        {
            var due = (int)Math.Min(perSecond * seconds, (SystemClock.Instance.GetCurrentInstant() - start).TotalSeconds * perSecond);
            if (due <= n)
            {
                await Task.Delay(1);
                continue;
            }
            var now = Instant.FromUnixTimeMilliseconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds());
            var events = Enumerable.Range(n, due - n).Select(i => new ContactEvent(
                MixedWorkload.Id(i), EventType.Track, "go", now, now, PropertyBag.Empty, MixedWorkload.Identities(i))).ToArray();
            n = due;
            _ = rig.Engine.SubmitAsync(events).AsTask();
        }
        await Task.Delay(TimeSpan.FromSeconds(3));
        await UntilNobodyWaitsAsync(rig);
        var starts = new Dictionary<(long Contact, int Ordinal), Instant>();
        var lateness = new List<double>();
        await foreach (var record in rig.Store.Ledger.RecordsAsync(0, 0, default))
        {
            if (record.Fact is { Fact: StepFact.WaitStarted { Until: { } until } started })
            {
                starts[(record.Contact, started.Ordinal)] = until;
            }
            else if (record.Fact is { Fact: StepFact.WaitEnded ended } fact)
            {
                lateness.Add((fact.At - starts[(record.Contact, ended.Ordinal)]).TotalMilliseconds);
            }
        }
        lateness.Sort();
        return (lateness[lateness.Count / 2], lateness[(int)(lateness.Count * 0.99)]);
    }
}
