using System.Diagnostics;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage;
using NodaTime;

namespace Automation.Bench.Storage;

/// <summary>
/// What the store can do alone: nothing is decided, batches are ready before the clock starts. Beside each figure stands the
/// floor: the same rows in the same tables by hand-written SQL, with nothing encoded, nothing sealed and nothing guarded.
/// </summary>
internal static class StorageScenario
{
    private const string Name = "storage";
    private const int Contacts = 100_000;
    private const int WarmUp = 40;
    private const int Batches = 100;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var figures = new List<Figure>();
        figures.AddRange(Codecs());
        await MeasureAsync(figures, "event, contact", 500, withFacts: false, atLeast: 39_000);
        await MeasureAsync(figures, "event, contact, 4 facts, message", 500, withFacts: true, atLeast: 25_000);
        await MeasureAsync(figures, "the same in small batches", 64, withFacts: true, atLeast: null);
        return figures;
    }

    private static async Task MeasureAsync(List<Figure> figures, string what, int size, bool withFacts, double? atLeast)
    {
        // Floor and store write in turns, so that both meet the same moods of the machine and its disk.
        using var floor = new Lane();
        using var store = new Lane();
        await store.FillAsync();
        await floor.FillAsync();
        using var hand = new FloorWriter(floor.Store.DatabasePath);
        var (floorTimes, storeTimes) = (new List<TimeSpan>(), new List<TimeSpan>());
        var batches = new List<CommitBatch>();
        long sequence = 1;
        for (var i = 0; i < WarmUp + Batches; i++)
        {
            var batch = TypicalBatch.Make(sequence, i, size, Contacts, withFacts);
            sequence += batch.Events.Count + batch.Facts.Count;
            batches.Add(batch);
            var rows = FloorRows.Of(batch);
            var clock = Stopwatch.StartNew();
            hand.Write(rows);
            var floorTime = clock.Elapsed;
            clock.Restart();
            await store.Store.Engine.CommitAsync(batch, default);
            var storeTime = clock.Elapsed;
            if (i >= WarmUp)
            {
                floorTimes.Add(floorTime);
                storeTimes.Add(storeTime);
            }
        }
        figures.Add(new Figure(Name, $"{what}: events", Rate(storeTimes, size), "/s", AtLeast: atLeast));
        figures.Add(new Figure(Name, $"{what}: floor", Rate(floorTimes, size), "/s"));
        figures.Add(new Figure(Name, $"{what}: of the floor", Rate(storeTimes, size) / Rate(floorTimes, size), "", AtLeast: 0.8));
        figures.Add(new Figure(Name, $"{what}: commit, best", storeTimes.Min().TotalMilliseconds, "ms"));
        figures.Add(new Figure(Name, $"{what}: commit, median", storeTimes.Order().ElementAt(Batches / 2).TotalMilliseconds, "ms", AtMost: size == 64 ? 3 : null));
        figures.Add(new Figure(Name, $"{what}: floor's commit, best", floorTimes.Min().TotalMilliseconds, "ms"));
        if (withFacts && size == 500)
        {
            figures.AddRange(await ReadsAsync(store.Store, batches));
        }
    }

    private static double Rate(List<TimeSpan> times, int size) => size * times.Count / times.Sum(t => t.TotalSeconds);

    private static async Task<List<Figure>> ReadsAsync(EmbeddedStore store, List<CommitBatch> batches)
    {
        var clock = Stopwatch.StartNew();
        var loaded = 0;
        foreach (var batch in batches)
        {
            var request = new LoadRequest([.. batch.Events.Select(e => e.Event.MessageId)], [.. batch.Events.SelectMany(e => e.Event.Identities)], []);
            loaded += (await store.Engine.LoadAsync(request, default)).Contacts.Count;
        }
        var load = clock.Elapsed.TotalMicroseconds / loaded;
        clock.Restart();
        var verified = await store.Ledger.VerifyAsync(0, null, default);
        var verify = (verified.Facts + verified.Events) / clock.Elapsed.TotalSeconds;
        return
        [
            new Figure(Name, "load: duplicate check, identity, contact", load, "µs"),
            new Figure(Name, "verify: records", verify, "/s", AtLeast: 200_000),
            new Figure(Name, "facts of a contact", await QueryAsync(store, new FactQuery(Contact: batches[3].Events[7].Contact)), "ms"),
            new Figure(Name, "facts of a journey in a stretch of time", await QueryAsync(store, new FactQuery(Journey: "welcome", From: batches[5].At, To: batches[6].At)), "ms"),
            new Figure(Name, "facts of a kind that never happened", await QueryAsync(store, new FactQuery(Kind: "stuck")), "ms"),
            new Figure(Name, "tick with nothing due", await TickAsync(store), "µs"),
        ];
    }

    private static async Task<double> QueryAsync(EmbeddedStore store, FactQuery query)
    {
        var clock = Stopwatch.StartNew();
        await store.Ledger.FactsAsync(query, default);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> TickAsync(EmbeddedStore store)
    {
        const int Ticks = 1_000;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Ticks; i++)
        {
            await store.Engine.DueContactsAsync(TypicalBatch.Start, 100, default);
        }
        return clock.Elapsed.TotalMicroseconds / Ticks;
    }

    private static IEnumerable<Figure> Codecs()
    {
        var contact = TypicalBatch.Contact(7);
        var buffer = new ByteBuffer();
        var names = new NamePool();
        var write = Best(() =>
        {
            buffer.Clear();
            ContactBytes.Write(buffer, contact);
        });
        yield return new Figure(Name, "a contact's state", buffer.Length, "bytes");
        yield return new Figure(Name, "contact, write", write, "µs", AtMost: 2);
        yield return new Figure(Name, "contact, read", Best(() => ContactBytes.Read(buffer.Written, names)), "µs", AtMost: 4);
    }

    private static double Best(Action act)
    {
        const int Slices = 200;
        const int Times = 1_000;
        var best = double.MaxValue;
        for (var slice = 0; slice < Slices; slice++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < Times; i++)
            {
                act();
            }
            // The best slice is the one that no other process of the machine disturbed.
            best = Math.Min(best, clock.Elapsed.TotalMicroseconds / Times);
        }
        return best;
    }

    /// <summary>A store in a folder of its own, with everybody in it.</summary>
    private sealed class Lane : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("automation-bench-");

        public Lane() => Store = EmbeddedStore.Open(_directory.FullName);

        public EmbeddedStore Store { get; }

        public async Task FillAsync()
        {
            for (var first = 1; first <= Contacts; first += 10_000)
            {
                var contacts = Enumerable.Range(first, 10_000).Select(id => TypicalBatch.Contact(id)).ToList();
                await Store.Engine.CommitAsync(
                    new CommitBatch
                    {
                        Partition = 0,
                        At = TypicalBatch.Start,
                        Contacts = [.. contacts.Select(c => new ContactChange(null, c, TypicalBatch.Start + Duration.FromDays(3)))],
                        Identities = [.. contacts.SelectMany(c => c.Identities.Select(i => new IdentityLink(i, c.Id)))],
                    },
                    default);
            }
        }

        public void Dispose()
        {
            Store.Dispose();
            _directory.Delete(recursive: true);
        }
    }
}
