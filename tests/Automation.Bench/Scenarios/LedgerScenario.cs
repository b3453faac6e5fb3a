using System.Diagnostics;
using System.Globalization;
using Automation.Bench.Rig;
using Automation.Bench.Workloads;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Server.Telling;
using Automation.Storage;
using Automation.Storage.Postgres;
using NodaTime;

namespace Automation.Bench.Scenarios;

/// <summary>What questions to a ledger of five million facts cost: why, summaries, and one list of each sort, each many times over.</summary>
internal static class LedgerScenario
{
    private const string Name = "ledger";
    private const int Rounds = 60;
    private const double AtMostMilliseconds = 200;

    public static async Task<IReadOnlyList<Figure>> EmbeddedAsync()
    {
        var directory = Directory.CreateTempSubdirectory("automation-bench-");
        try
        {
            using var store = EmbeddedStore.Open(directory.FullName);
            var figures = await FillAsync(batch => store.Engine.CommitAsync(batch, default).AsTask());
            figures.AddRange(await AskAsync(store.Ledger, store.Definitions));
            return figures;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    public static async Task<IReadOnlyList<Figure>> PostgresAsync()
    {
        using var server = PostgresRig.StartServer();
        server.Execute("postgres", "CREATE DATABASE ledger");
        await using var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = server.ConnectionString("ledger"), Partitions = 1, Node = "bench" });
        await using var engine = store.Engine((await store.Leases.TakeAsync("bench", default))!.Value);
        var figures = await FillAsync(batch => engine.CommitAsync(batch, default).AsTask());
        figures.AddRange(await AskAsync(store.Ledger, store.Definitions));
        return figures;
    }

    private static async Task<List<Figure>> FillAsync(Func<CommitBatch, Task> commit)
    {
        var clock = Stopwatch.StartNew();
        for (var first = 0; first < LedgerWorkload.Facts; first += LedgerWorkload.FactsACommit)
        {
            await commit(LedgerWorkload.Batch(first));
        }
        return [new Figure(Name, "facts", LedgerWorkload.Facts, ""), new Figure(Name, "facts written", LedgerWorkload.Facts / clock.Elapsed.TotalSeconds, "/s")];
    }

    private static async Task<List<Figure>> AskAsync(ILedgerStore ledger, IDefinitionStore definitions)
    {
        var wording = new Wording(LocalTimes.Default, isChinese: true);
        var figures = new List<Figure>();
        await MeasureAsync("why, one contact and one journey", n => new WhyReading(ledger, definitions, wording).ReadAsync(
            new WhyQuestion(LedgerWorkload.Contact(n), LedgerWorkload.Journey(n), null, null, null, WhyReading.FactsMax), default).AsTask());
        await MeasureAsync("why, one contact and one day", n => new WhyReading(ledger, definitions, wording).ReadAsync(
            new WhyQuestion(LedgerWorkload.Contact(n), null, null, Day(n), null, WhyReading.FactsMax), default).AsTask());
        await MeasureAsync("summary of a day by journey, step, channel and reason", n => SummaryAsync(Day(n), null, "journey,step,channel,reason"));
        await MeasureAsync("summary of thirty days by day and reason", _ => SummaryAsync(null, "2026-03-01", "day,reason"));
        await MeasureAsync("list, newest", n => FactsAsync(new FactQuery(Before: n == 0 ? null : LedgerWorkload.Facts - (n * 1_000))));
        await MeasureAsync("list, a contact", n => FactsAsync(new FactQuery(Contact: LedgerWorkload.Contact(n))));
        await MeasureAsync("list, a journey", n => FactsAsync(new FactQuery(Journey: LedgerWorkload.Journey(n))));
        await MeasureAsync("list, a kind", n => FactsAsync(new FactQuery(Kind: "message_suppressed", Before: n == 0 ? null : LedgerWorkload.Facts - (n * 1_000))));
        await MeasureAsync("list, a reason and a step", n => FactsAsync(new FactQuery(Journey: LedgerWorkload.Journey(n), Step: "step-2", Reason: Reasons.NoQuota)));
        await MeasureAsync("list, a stretch of time", n => FactsAsync(new FactQuery(From: LedgerWorkload.At(n * 50_000), To: LedgerWorkload.At((n * 50_000) + 5_000))));
        await MeasureAsync("list, a channel", _ => FactsAsync(new FactQuery { Channel = "wecom" }));
        await MeasureAsync("list, an actor", _ => FactsAsync(new FactQuery(Actor: "li")));
        await MeasureAsync("list, a reason that never was", _ => FactsAsync(new FactQuery(Reason: Reasons.TooLarge)));
        return figures;

        async Task MeasureAsync(string what, Func<int, Task> ask)
        {
            var times = new List<double>();
            for (var n = 0; n < Rounds; n++)
            {
                var clock = Stopwatch.StartNew();
                await ask(n);
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
            times.Sort();
            figures.Add(new Figure(Name, $"{what}: median", times[Rounds / 2], "ms"));
            figures.Add(new Figure(Name, $"{what}: slowest of {Rounds}", times[^1], "ms", AtMost: AtMostMilliseconds));
        }

        async Task FactsAsync(FactQuery query) => await ledger.FactsAsync(query, default);

        async Task SummaryAsync(string? day, string? from, string by)
        {
            var asked = new SummaryAsked(day, from, from is null ? null : "2026-03-31", "held_back", by, null, null, null, null, null, null, null);
            await new LedgerSummary(ledger, wording).ReadAsync(asked.Question(wording.Times, LedgerWorkload.At(0)), default);
        }
    }

    private static string Day(int n) => LedgerWorkload.Start.Plus(Duration.FromDays(n % 29)).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
