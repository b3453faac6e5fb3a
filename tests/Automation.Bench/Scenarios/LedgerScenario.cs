using System.Diagnostics;
using System.Globalization;
using Automation.Bench.Rig;
using Automation.Bench.Workloads;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Storage;
using Automation.Storage.Ledger;
using Automation.Storage.Postgres;

namespace Automation.Bench.Scenarios;

/// <summary>
/// What questions cost, one of each sort and each many times over: of a ledger of half a million facts, and of the same ledger when it has
/// five million. Then how fast it is verified. LEDGER_FACTS makes it end at another length, LEDGER_STORE names a folder where it stays for
/// the next run, LEDGER_PLANS a page to write with the plan of each question.
/// </summary>
internal static class LedgerScenario
{
    private const string Name = "ledger";
    private const int RoundsMost = 100;
    private const int RoundsLeast = 20;
    private const double AtMostMilliseconds = 200;
    private const double VerifiedLeast = 200_000;

    private static readonly TimeSpan TimeForOne = TimeSpan.FromSeconds(1.5);

    private static readonly int[] Lengths =
    [
        500_000, int.Parse(Environment.GetEnvironmentVariable("LEDGER_FACTS") ?? "5000000", CultureInfo.InvariantCulture),
    ];

    public static async Task<IReadOnlyList<Figure>> EmbeddedAsync()
    {
        using var folder = new LedgerFolder();
        using var store = EmbeddedStore.Open(folder.Path);
        return await MeasureAsync(new Asked(
            store.Ledger, store.Definitions, batch => store.Engine.CommitAsync(batch, default).AsTask(), () => Task.CompletedTask, new SqlitePlans(store.DatabasePath)));
    }

    public static async Task<IReadOnlyList<Figure>> PostgresAsync()
    {
        using var server = PostgresRig.StartServer(LedgerFolder.Kept);
        if (server.Tool("psql", "-d", "postgres", "-Atc", "SELECT count(*) FROM pg_database WHERE datname = 'ledger'").Trim() == "0")
        {
            server.Execute("postgres", "CREATE DATABASE ledger");
        }
        await using var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = server.ConnectionString("ledger"), Partitions = 1, Node = "bench" });
        await store.Leases.BeatAsync(new NodeBeat("bench", "worker"), default);
        await using var engine = store.Engine((await store.Leases.TakeAsync("bench", default))!.Value);
        // A server at work has been analysed by its autovacuum; here the filling ended a moment ago.
        var figures = await MeasureAsync(new Asked(
            store.Ledger, store.Definitions, batch => engine.CommitAsync(batch, default).AsTask(), () => Task.Run(() => server.Execute("ledger", "VACUUM ANALYZE")),
            new PostgresPlans(store.Database)));
        await store.Leases.LeaveAsync("bench", default);
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Asked asked)
    {
        var figures = new List<Figure>();
        var before = new Dictionary<string, double>(StringComparer.Ordinal);
        var written = await WrittenAsync(asked);
        foreach (var length in Lengths.Where(length => length >= written).Distinct())
        {
            var clock = Stopwatch.StartNew();
            if (written < length)
            {
                await FillAsync(asked, written, length);
                figures.Add(new Figure(Name, Of(length, "facts written, with their events"), (length - written) / clock.Elapsed.TotalSeconds, "/s"));
                Console.WriteLine($"  {Of(length, "written")} in {clock.Elapsed.TotalSeconds:0} s");
                written = length;
                await asked.Settle();
            }
            var questions = new LedgerAsked(asked.Ledger, asked.Definitions, length).All().ToList();
            var times = new Dictionary<string, (double Median, double High)>(StringComparer.Ordinal);
            foreach (var question in questions)
            {
                var what = question.What;
                var (median, high) = times[what] = await TimeAsync(question.Ask);
                Console.WriteLine($"  {Of(length, what)}: {median:0.0} ms, {high:0.0} ms");
                figures.Add(new Figure(Name, Of(length, what), median, "ms p50"));
                figures.Add(new Figure(Name, Of(length, what), high, "ms p99", AtMost: AtMostMilliseconds));
                if (before.TryGetValue(what, out var shorter))
                {
                    figures.Add(new Figure(Name, $"{what}: p50 of {Short(length)} to that of {Short(Lengths[0])}", median / shorter, "times"));
                }
                before[what] = median;
            }
            if (length == Lengths[^1] && Environment.GetEnvironmentVariable("LEDGER_PLANS") is { Length: > 0 } page)
            {
                await LedgerPlanPage.WriteAsync(page, asked.Plans, length, times, questions);
            }
            clock.Restart();
            var verified = await asked.Ledger.VerifyAsync(0, null, default);
            Trace.Assert(verified.Intact && verified.Facts == length, $"Expected an intact ledger of {length} facts, but {verified.Problem ?? "some are missing"}.");
            figures.Add(new Figure(Name, Of(length, "facts verified, beside a fifth as many events"), length / clock.Elapsed.TotalSeconds, "/s", AtLeast: VerifiedLeast));
            Console.WriteLine($"  {Of(length, "verified")}: {length / clock.Elapsed.TotalSeconds:N0}/s");
        }
        return figures;
    }

    /// <summary>How many facts a folder that was kept has already.</summary>
    private static async Task<int> WrittenAsync(Asked asked)
    {
        if (await asked.Ledger.SealAtAsync(0, RowKey.Sequence(RowKey.Last(0)), default) is { } last)
        {
            return (int)(last.Last / LedgerWorkload.RecordsAnEvent * LedgerWorkload.FactsAnEvent);
        }
        foreach (var (key, document) in LedgerWorkload.Definitions())
        {
            await asked.Definitions.PublishAsync(DefinitionKinds.Journey, key, document, LedgerWorkload.Start, "li", default);
        }
        return 0;
    }

    private static async Task FillAsync(Asked asked, int written, int length)
    {
        var next = LedgerWorkload.Batch(written);
        while (written < length)
        {
            // As the loop does: the next batch is made while this one is flushed.
            var committing = asked.Commit(next);
            written += LedgerWorkload.FactsACommit;
            next = LedgerWorkload.Batch(written);
            await committing;
        }
    }

    private static async Task<(double Median, double High)> TimeAsync(Func<int, Task> ask)
    {
        var times = new List<double>();
        var all = Stopwatch.StartNew();
        await ask(RoundsMost);
        for (var n = 0; n < RoundsMost && (n < RoundsLeast || all.Elapsed < TimeForOne); n++)
        {
            var clock = Stopwatch.StartNew();
            await ask(n);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return (times[times.Count / 2], times[(int)Math.Ceiling(times.Count * 0.99) - 1]);
    }

    private static string Of(int length, string what) => $"{Short(length)}: {what}";

    private static string Short(int length) => length % 1_000_000 == 0 ? $"{length / 1_000_000} M" : $"{length / 1_000} k";

    /// <param name="Settle">What a server at work would have done after so much was written.</param>
    private sealed record Asked(
        ILedgerStore Ledger, IDefinitionStore Definitions, Func<CommitBatch, Task> Commit, Func<Task> Settle, ILedgerPlans Plans);
}
