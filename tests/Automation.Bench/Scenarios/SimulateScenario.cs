using System.Diagnostics;
using System.Globalization;
using System.Text;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using Automation.Runtime.Simulation;
using NodaTime;

namespace Automation.Bench.Scenarios;

/// <summary>
/// The purchase history of CDNOW (Fader and Hardie 2001) under three journeys: first-purchase care, win-back after 30 dormant days, and
/// thanks to big spenders. Runs where the file lies beside the repository; reading it is in the figure.
/// </summary>
internal static class SimulateScenario
{
    public static IReadOnlyList<Figure> Run()
    {
        if (Find() is not { } file)
        {
            Console.WriteLine("note: simulate is left out, for shared/data/cdnow/CDNOW_master.txt is not there.");
            return [];
        }
        var watch = Stopwatch.StartNew();
        var report = Simulator.Run(Workspace(), Read(file));
        var seconds = watch.Elapsed.TotalSeconds;
        return
        [
            new Figure("simulate", "CDNOW, 69,659 events, three journeys", seconds, "s", AtMost: 5),
            new Figure("simulate", "events read", report.Total, ""),
        ];
    }

    private static Workspace Workspace() => new(
        MixedWorkload.Source().Settings,
        [
            Journey("""{"key":"first","name":"F","trigger":{"on":"event","event":"order_paid","occurrence":1},"goal":{"event":"order_paid","within":"30d","value":"amount"},"steps":[{"id":"w","type":"wait","for":"1d","next":"m"},{"id":"m","type":"send","channel":"sms","template":"hello"}]}"""),
            Journey("""{"key":"asleep","name":"D","trigger":{"on":"dormant","for":"30d"},"entry":{"repeat":"always"},"exit":[{"event":"order_paid"}],"steps":[{"id":"m","type":"send","channel":"sms","template":"hello","next":"w"},{"id":"w","type":"wait","for":"30d","next":"n"},{"id":"n","type":"send","channel":"sms","template":"hello"}]}"""),
            Journey("""{"key":"big","name":"B","trigger":{"on":"event","event":"order_paid","where":{"combinator":"and","rules":[{"field":"history.order_paid.sum:amount","operator":">=","value":100,"within":"90d"}]}},"entry":{"repeat":{"after":"90d"}},"steps":[{"id":"m","type":"send","channel":"sms","template":"hello"}]}"""),
        ],
        MixedWorkload.Source().Templates,
        []);

    private static Automation.Core.Journeys.Journey Journey(string json) => JourneyDocument.Read(Encoding.UTF8.GetBytes(json)).Value!;

    private static IEnumerable<ContactEvent> Read(string file)
    {
        var n = 0;
        foreach (var line in File.ReadLines(file))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var day = DateTime.ParseExact(columns[1], "yyyyMMdd", CultureInfo.InvariantCulture);
            var at = Instant.FromUtc(day.Year, day.Month, day.Day, 12, 0);
            yield return new ContactEvent(
                MixedWorkload.Id(n++), EventType.Track, "order_paid", at, at,
                PropertyBag.Of(("quantity", long.Parse(columns[2], CultureInfo.InvariantCulture)), ("amount", decimal.Parse(columns[3], CultureInfo.InvariantCulture))),
                [new Identity(Identity.UserId, columns[0]), new Identity(Identity.Phone, "+861700" + columns[0])]);
        }
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "cdnow", "CDNOW_master.txt");
            if (File.Exists(file))
            {
                return file;
            }
        }
        return null;
    }
}
