using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>
/// One bit of any column of any event, fact or seal, one row taken out, one pair exchanged: drawn by a seed, found each time, and named.
/// </summary>
public abstract class BitFlipContract : IDisposable
{
    private const int Records = 39;

    private readonly Lazy<StoreUnderTest> _store;

    protected BitFlipContract() => _store = new Lazy<StoreUnderTest>(Filled);

    private StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Theory]
    [InlineData("event", "sequence", 1)]
    [InlineData("event", "contact", 2)]
    [InlineData("event", "message_id", 3)]
    [InlineData("event", "type", 4)]
    [InlineData("event", "name", 5)]
    [InlineData("event", "occurred_at", 6)]
    [InlineData("event", "received_at", 7)]
    [InlineData("event", "details", 8)]
    [InlineData("fact", "sequence", 9)]
    [InlineData("fact", "at", 10)]
    [InlineData("fact", "contact", 11)]
    [InlineData("fact", "cause", 12)]
    [InlineData("fact", "kind", 13)]
    [InlineData("fact", "journey", 14)]
    [InlineData("fact", "version", 15)]
    [InlineData("fact", "ordinal", 16)]
    [InlineData("fact", "step", 17)]
    [InlineData("fact", "reason", 18)]
    [InlineData("fact", "actor", 19)]
    [InlineData("fact", "details", 20)]
    public void One_bit_of_a_record_is_found_and_its_row_named(string table, string column, int seed)
    {
        var found = 0;
        foreach (var (row, draw) in Draws(table, column, seed))
        {
            if (Store.FlipBit(table, column, row, draw) is not (var now, true))
            {
                continue;
            }

            var verdict = Store.Verify();
            Assert.False(verdict.Intact, $"Bit {draw} of {column} in {table} {row} was flipped, and nobody noticed.");
            Assert.Equal(column == "sequence" ? NamedOf(row, now!.Value) : row, verdict.BrokenSequence);

            Store.FlipBit(table, column, column == "sequence" ? now!.Value : row, draw);
            found++;
        }
        Assert.True(found >= 3);
        Assert.True(Store.Verify().Intact);
    }

    [Theory]
    [InlineData("first_sequence", 21)]
    [InlineData("last_sequence", 22)]
    [InlineData("at", 23)]
    [InlineData("hash", 24)]
    [InlineData("checks", 25)]
    [InlineData("form", 26)]
    public void One_bit_of_a_seal_is_found_and_a_row_under_it_named(string column, int seed)
    {
        var found = 0;
        foreach (var (row, draw) in Draws("seal", column, seed))
        {
            if (Store.FlipBit("seal", column, row, draw) is not (var now, true))
            {
                continue;
            }

            var verdict = Store.Verify();
            Assert.False(verdict.Intact, $"Bit {draw} of {column} in the seal from {row} on was flipped, and nobody noticed.");
            // Where it says it begins or ends is between where it did and where it says, or right behind it.
            var (least, most) = column == "first_sequence" ? (NamedOf(row, now!.Value), Math.Max(row, RowKey.Sequence(now.Value))) : (row, row + 3);
            Assert.InRange(verdict.BrokenSequence!.Value, least, most);
            Assert.True(column is not ("at" or "hash" or "form") || verdict.BrokenSequence == row);

            Store.FlipBit("seal", column, column == "first_sequence" ? now!.Value : row, draw);
            found++;
        }
        Assert.True(found >= 3);
        Assert.True(Store.Verify().Intact);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(29)]
    [InlineData(Records)]
    public void One_row_taken_out_is_named(long row)
    {
        Store.Tamper($"DELETE FROM event WHERE sequence = {row}; DELETE FROM fact WHERE sequence = {row}");

        Assert.Equal((false, row), (Store.Verify().Intact, Store.Verify().BrokenSequence));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(Records - 1)]
    public void A_pair_that_changed_places_is_named(long row)
    {
        Store.Tamper($"UPDATE fact SET sequence = 9999 WHERE sequence = {row}; UPDATE fact SET sequence = {row} WHERE sequence = {row + 1}; UPDATE fact SET sequence = {row + 1} WHERE sequence = 9999");

        Assert.Equal((false, row), (Store.Verify().Intact, Store.Verify().BrokenSequence));
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    // Some rows by chance, and the very last one that has such a value.
    private static IEnumerable<(long Row, int Draw)> Draws(string table, string column, int seed)
    {
        var random = new Random(seed);
        // Every commit is an event and two facts, of which the second alone has a step; the last commit has what a person did.
        long[] offsets = (table, column) switch
        {
            ("fact", "reason") => [1],
            ("fact", "ordinal" or "step") => [2],
            ("fact", _) => [1, 2],
            _ => [0],
        };
        for (var i = 0; i < 5; i++)
        {
            yield return ((3 * (column == "actor" ? 12 : random.Next(12))) + 1 + offsets[random.Next(offsets.Length)], random.Next(1_000_000));
        }
        yield return (Records - 2 + offsets[0], random.Next(1_000_000));
    }

    // It is gone from where it was, or stands where another one should, whichever comes first.
    private static long NamedOf(long before, long now) => RowKey.Partition(now) == 0 && now > 0 ? Math.Min(before, now) : before;

    /// <summary>Thirteen seals of three records each: an event and two facts, the last ones a person's.</summary>
    private StoreUnderTest Filled()
    {
        var store = Open();
        for (var i = 0; i < 13; i++)
        {
            var first = (3 * i) + 1;
            store.Commit(Batch(i) with
            {
                Events = [Recorded(first, 1, MessageId(i), "order_paid", i)],
                Facts = i < 12
                    ? [NotEnrolled(first + 1, 1, "welcome", i, "event:" + MessageId(i)), Completed(first + 2, 1, 4, "birthday", i)]
                    : [Paused(first + 1, "welcome"), Paused(first + 2, "birthday")],
                Contacts = i == 0 ? [New(1)] : [],
            });
        }
        return store;
    }

    private static RecordedFact Paused(long sequence, string journey) =>
        new(sequence, 0, At(12), "command:pause", new WorkspaceFact.JourneyWasPaused(journey, PauseTime.StandsStill) { Actor = "li" });
}
