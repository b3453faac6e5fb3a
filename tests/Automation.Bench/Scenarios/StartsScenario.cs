using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Automation.Bench.Rig;
using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Bench.Scenarios;

/// <summary>
/// Every event starts a journey: trigger, condition, send, through commit, bus, durable intent and connector, until the outcome is in
/// the ledger. A second scenario, with events one by one, gives the latency from event to hand-over to the connector.
/// </summary>
internal static class StartsScenario
{
    private const int Journeys = 100_000;
    private const int Envelope = 100;

    /// <summary>Not counted: the runtime compiles its hot code in these.</summary>
    private const int Warm = 40_000;

    public static async Task<IReadOnlyList<Figure>> RateAsync()
    {
        var processor = Environment.CpuUsage.TotalTime;
        var rate = await FullLoadAsync();
        return
        [
            new Figure("starts", "journeys, event to connector, durable", rate, "/s", AtLeast: 10_000),
            new Figure("starts", "processor time for each", (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / (Warm + Journeys), "µs"),
        ];
    }

    /// <summary>The same on PostgreSQL: the load of partitions in one process, claims written by the dispatcher itself.</summary>
    public static async Task<IReadOnlyList<Figure>> PostgresRateAsync()
    {
        using var server = PostgresRig.StartServer();
        await Population.MakeAsync(server, 0, 2, Now(), "bench");
        var vendor = new CountingConnector();
        await using var rig = await PostgresRig.StartAsync(server, Source(), SystemClock.Instance, connector: vendor);
        foreach (var lane in rig.Captured)
        {
            lane.IsOn = false;
        }
        await Producer.FeedAsync(rig.Engine, Envelopes(0, Warm, Envelope));
        var envelopes = Envelopes(Warm, Journeys, Envelope);
        var all = vendor.ReachesAsync(Warm + Journeys);
        var alreadySent = vendor.Count;
        var clock = Stopwatch.StartNew();
        await Producer.FeedAsync(rig.Engine, envelopes);
        await all.WaitAsync(TimeSpan.FromMinutes(5));
        return [new Figure("starts postgres", "journeys, event to connector, durable", (Warm + Journeys - alreadySent) / clock.Elapsed.TotalSeconds, "/s")];
    }

    /// <summary>Events that come one by one, each in an envelope of its own, at loads from quiet to busy.</summary>
    public static async Task<IReadOnlyList<Figure>> LatencyAsync()
    {
        var figures = new List<Figure>();
        foreach (var load in new[] { 200, 1_000, 2_000 })
        {
            var (p50, p99, offered) = await LatencyAsync(load);
            figures.Add(new Figure("latency", $"event to hand-over at {offered:0}/s, median", p50, "ms", AtMost: 8));
            figures.Add(new Figure("latency", $"event to hand-over at {offered:0}/s, p99", p99, "ms", AtMost: 25));
        }
        return figures;
    }

    public static JourneySetSource Source() => new()
    {
        Settings = WorkspaceSettings.Default with
        {
            Consent = ImmutableDictionary<string, ConsentMode>.Empty.Add("sms", ConsentMode.Assumed),
            Accounts = ImmutableDictionary<string, string>.Empty.Add("sms", "sandbox"),
        },
        Journeys =
        [
            new JourneyVersion(
                JourneyDocument.Read(Encoding.UTF8.GetBytes("""
                    {"key":"start","name":"S","trigger":{"on":"event","event":"form_filled","where":{"combinator":"and","rules":[{"field":"event.amount","operator":">=","value":10}]}},
                     "entry":{"repeat":"always"},
                     "steps":[{"id":"b","type":"branch","branches":[{"name":"any","when":{"combinator":"and","rules":[{"field":"event.amount","operator":">","value":1}]},"next":"m"}]},
                              {"id":"m","type":"send","channel":"sms","template":"hello"}]}
                    """)).Value!, 1, Current: true),
        ],
        Templates = [new MessageTemplate("hello", "sms", PropertyBag.Of(("text", "您好，您的表单（{{ event.amount }} 元）已收到。")))],
    };

    /// <summary>Whole milliseconds, as the door gives them.</summary>
    private static Instant Now() => Instant.FromUnixTimeMilliseconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds());

    private static ContactEvent Event(int n, Instant at) => new(
        Guid.CreateVersion7().ToString(), EventType.Track, "form_filled", at, at, PropertyBag.Of(("amount", 88.80m), ("form", "f-1")), Who(n));

    private static ImmutableArray<Identity> Who(int n) =>
    [
        new Identity(Identity.UserId, "u" + n.ToString(CultureInfo.InvariantCulture)),
        new Identity(Identity.Phone, "+86139" + n.ToString("00000000", CultureInfo.InvariantCulture)),
    ];

    internal static List<ContactEvent[]> Envelopes(int first, int count, int size) =>
    [
        .. Enumerable.Range(0, count / size).Select(i => Enumerable.Range(first + i * size, size)
            .Select(n => Event(n, Now())).ToArray()),
    ];

    private static async Task<double> FullLoadAsync()
    {
        var vendor = new CountingConnector();
        await using var rig = await EngineRig.StartAsync(Source(), connector: vendor);
        await Producer.FeedAsync(rig.Engine, Envelopes(0, Warm, Envelope));
        var envelopes = Envelopes(Warm, Journeys, Envelope);
        var all = vendor.ReachesAsync(Warm + Journeys);
        var alreadySent = vendor.Count;
        var clock = Stopwatch.StartNew();
        await Producer.FeedAsync(rig.Engine, envelopes);
        await all.WaitAsync(TimeSpan.FromMinutes(2));
        return (Warm + Journeys - alreadySent) / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double P50, double P99, double Offered)> LatencyAsync(double perSecond)
    {
        const int seconds = 8;
        const int warm = 20_000;
        var count = (int)(perSecond * seconds);
        var vendor = new CountingConnector();
        await using var rig = await EngineRig.StartAsync(Source(), connector: vendor);
        await Producer.FeedAsync(rig.Engine, Envelopes(0, warm, Envelope));
        await vendor.ReachesAsync(warm);

        var all = vendor.ReachesAsync(warm + count);
        // Open load: each event leaves at its own time whether or not the last was answered; contact ids follow the order of events.
        var sent = new long[count];
        var clock = Stopwatch.StartNew();
        for (var n = 0; n < count;)
        {
            var due = (int)Math.Min(count, clock.Elapsed.TotalSeconds * perSecond);
            if (due <= n)
            {
                await Task.Delay(1);
                continue;
            }
            var at = Now();
            for (; n < due; n++)
            {
                sent[n] = Stopwatch.GetTimestamp();
                _ = rig.Engine.SubmitAsync([Event(warm + n, at)]).AsTask();
            }
        }
        var offered = count / clock.Elapsed.TotalSeconds;
        await all.WaitAsync(TimeSpan.FromMinutes(2));
        var latencies = new double[count];
        for (var n = 0; n < count; n++)
        {
            var contact = (warm + n + 1).ToString(CultureInfo.InvariantCulture);
            latencies[n] = Stopwatch.GetElapsedTime(sent[n], vendor.Arrivals[contact]).TotalMilliseconds;
        }
        Array.Sort(latencies);
        return (latencies[count / 2], latencies[(int)(count * 0.99)], offered);
    }
}
