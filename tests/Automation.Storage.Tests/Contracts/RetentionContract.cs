using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What is older than it is to be kept goes, by kind; what is left is still under a chain, and counts stay.</summary>
public abstract class RetentionContract : IDisposable
{
    private static readonly Instant April = Instant.FromUtc(2026, 4, 1, 0, 0);

    private readonly Lazy<StoreUnderTest> _store;

    protected RetentionContract() => _store = new Lazy<StoreUnderTest>(Filled);

    protected StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task What_is_left_is_still_a_chain_and_counts_stay()
    {
        var before = await CountsAsync();

        await DropAsync(new LedgerCuts(April, April, null));

        var verdict = Store.Verify();
        Assert.Equal((true, 3L, April, 4L, 2L), (verdict.Intact, verdict.DroppedThrough, verdict.DroppedBefore, verdict.Facts, verdict.Events));
        Assert.Equal([9, 8, 6, 5], Store.Facts(new FactQuery()).Select(fact => fact.Sequence));
        Assert.Equal([9, 8, 6, 5], Store.Facts(new FactQuery(Contact: 1)).Select(fact => fact.Sequence));
        Assert.Equal([7, 4], (await Store.Ledger.EventsAsync(1, 10, default)).Select(one => one.MessageId == MessageId(2) ? 7L : 4L));
        Assert.Empty(Store.Load([MessageId(0)]).KnownMessageIds);
        Assert.Equal([MessageId(1)], Store.Load([MessageId(1)]).KnownMessageIds);
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task Each_kind_is_kept_for_a_time_of_its_own()
    {
        await DropAsync(new LedgerCuts(April, null, April + Duration.FromDays(30)));

        Assert.Equal([9, 8, 6, 3], Store.Facts(new FactQuery()).Select(fact => fact.Sequence));
        Assert.Equal([7, 4], Store.Ledger.RecordsAsync(0, 0, default).ToBlockingEnumerable().Where(record => record.Event is not null).Select(record => record.Sequence).OrderDescending());
        Assert.Equal((true, 6L), (Store.Verify().Intact, Store.Verify().DroppedThrough));

        await DropAsync(new LedgerCuts(April, April, April + Duration.FromDays(30)));
        Assert.Equal([9, 8, 6], Store.Facts(new FactQuery()).Select(fact => fact.Sequence));
    }

    [Fact]
    public async Task Once_more_finds_nothing_to_do_and_the_loop_goes_on()
    {
        await DropAsync(new LedgerCuts(April, April, null));

        Assert.Equal(LedgerDropped.Nothing, await DropAsync(new LedgerCuts(April, April, null)));
        Store.Reopen();
        Fill(Store, 3);

        Assert.Equal((true, 6L), (Store.Verify().Intact, Store.Verify().Facts));
    }

    [Theory]
    [InlineData("UPDATE fact SET at = at + 1 WHERE sequence = 5", 5)]
    [InlineData("DELETE FROM event WHERE sequence = 4", 4)]
    [InlineData("UPDATE ledger_anchor SET hash = (SELECT hash FROM seal WHERE first_sequence = 4)", 3)]
    [InlineData("DELETE FROM seal WHERE first_sequence = 1", 3)]
    [InlineData("DELETE FROM ledger_anchor", 1)]
    [InlineData("DELETE FROM seal WHERE first_sequence = 4; DELETE FROM event WHERE sequence = 4; DELETE FROM fact WHERE sequence BETWEEN 5 AND 6", 7)]
    public async Task What_somebody_else_took_is_told_from_what_retention_dropped(string sql, long row)
    {
        await DropAsync(new LedgerCuts(April, April, null));

        Store.Tamper(sql);

        Assert.Equal((false, row), (Store.Verify().Intact, Store.Verify().BrokenSequence));
    }

    [Fact]
    public async Task A_range_after_the_cut_is_verified_by_itself()
    {
        await DropAsync(new LedgerCuts(April, April, null));

        var range = await Store.Ledger.VerifyAsync(0, null, default, new VerifySpan(7, 9));
        var early = await Store.Ledger.VerifyAsync(0, null, default, new VerifySpan(1, 6));

        Assert.Equal((true, 2L, 1L), (range.Intact, range.Facts, range.Events));
        Assert.Equal((true, 2L, 1L), (early.Intact, early.Facts, early.Events));
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private Task<LedgerDropped> DropAsync(LedgerCuts cuts) => Store.Upkeep.DropAsync(cuts, default);

    private async Task<long> CountsAsync() =>
        (await Store.Ledger.TalliesAsync(new TallyQuery(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0)), default)).Sum(one => one.Count);

    private StoreUnderTest Filled()
    {
        var store = Open();
        for (var month = 0; month < 3; month++)
        {
            Fill(store, month);
        }
        return store;
    }

    /// <summary>One commit in the middle of a month: an event, a rule that said no, and a passage that ended.</summary>
    private static void Fill(StoreUnderTest store, int month)
    {
        var (at, first) = (Instant.FromUtc(2026, 3 + month, 10, 0, 0), (3 * month) + 1);
        store.Commit(Batch() with
        {
            At = at,
            Events = [Recorded(first, 1, MessageId(month))],
            Facts = [NotEnrolled(first + 1, 1) with { At = at }, Completed(first + 2, 1, 1) with { At = at }],
            Contacts = month == 0 ? [New(1)] : [],
        });
    }
}
