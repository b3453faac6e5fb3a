using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What people and tools read of the ledger.</summary>
public abstract class LedgerStoreContract : IDisposable
{
    private readonly Lazy<StoreUnderTest> _store;

    protected LedgerStoreContract() => _store = new Lazy<StoreUnderTest>(Open);

    private StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Fact]
    public void A_fact_is_found_with_everything_it_says()
    {
        var fact = NotEnrolled(2, 5, "welcome", 3, "event:" + MessageId(1));
        Store.Commit(Batch() with { Events = [Recorded(1, 5, MessageId(1))], Facts = [fact], Contacts = [New(5)] });

        var row = Assert.Single(Store.Facts(new FactQuery()));

        Assert.Equal(
            new LedgerRow(
                0, 2, At(3), 5, "welcome", 1, null, null, "not_enrolled", Reasons.TriggerNotMatched, "event:" + MessageId(1), null,
                """{"looked":[{"field":"contact.city","operator":"=","needed":"上海","was":"北京","matched":false}]}"""),
            row);
    }

    [Fact]
    public void Each_filter_leaves_what_it_says()
    {
        Store.Commit(Batch() with
        {
            Facts =
            [
                NotEnrolled(1, 1, "welcome", 1),
                NotEnrolled(2, 2, "birthday", 2, reason: Reasons.TooLate),
                Completed(3, 1, 7, "welcome", 3),
                new RecordedFact(4, 0, At(4), "command:publish", new WorkspaceFact.JourneyPublished("welcome", 2, InFlightChoice.Move, true) { Actor = "li" }),
            ],
            Contacts = [New(1), New(2)],
        });

        Assert.Equal([4, 3, 2, 1], Found(new FactQuery()));
        Assert.Equal([1, 2, 3, 4], Found(new FactQuery(NewestFirst: false)));
        Assert.Equal([3, 1], Found(new FactQuery(Contact: 1)));
        Assert.Equal([4, 3, 1], Found(new FactQuery(Journey: "welcome")));
        Assert.Equal([3, 1], Found(new FactQuery(Journey: "welcome", Contact: 1)));
        Assert.Equal([3], Found(new FactQuery(Ordinal: 7)));
        Assert.Equal([3], Found(new FactQuery(Step: "last")));
        Assert.Equal([2, 1], Found(new FactQuery(Kind: "not_enrolled")));
        Assert.Equal([2], Found(new FactQuery(Reason: Reasons.TooLate)));
        Assert.Equal([4], Found(new FactQuery(Actor: "li")));
        Assert.Equal([3, 2], Found(new FactQuery(From: At(2), To: At(4))));
        Assert.Equal([3], Found(new FactQuery(Journey: "welcome", From: At(2), To: At(4))));
        Assert.Empty(Found(new FactQuery(Journey: "nobody wrote this")));
        Assert.Equal("command:publish", Store.Facts(new FactQuery(Actor: "li"))[0].Cause);
    }

    [Fact]
    public void Pages_join_without_gap_or_double()
    {
        for (var i = 0; i < 20; i++)
        {
            Store.Commit(Batch() with { Facts = [NotEnrolled((2 * i) + 1, 1, second: i), NotEnrolled((2 * i) + 2, 2, second: i)], Contacts = i == 0 ? [New(1), New(2)] : [] });
        }

        foreach (var query in new[]
        {
            new FactQuery(Limit: 7), new FactQuery(Journey: "welcome", Limit: 7), new FactQuery(Contact: 1, Limit: 3),
            new FactQuery(Kind: "not_enrolled", Limit: 7), new FactQuery(Reason: Reasons.TriggerNotMatched, Limit: 3),
        })
        {
            var all = Found(query with { Limit = 100 });
            Assert.Equal(all, Pages(query, (q, last) => q with { Before = last }));
            Assert.Equal(all.Reverse(), Pages(query with { NewestFirst = false }, (q, last) => q with { After = last }));
        }
    }

    [Fact]
    public void A_page_is_filled_from_the_key_whose_facts_come_first_also_where_another_has_filled_a_part_of_it()
    {
        var sequence = 0;
        foreach (var (journey, count) in new[] { ("welcome", 3), ("birthday", 10), ("farewell", 3), ("welcome", 6), ("birthday", 2) })
        {
            for (var i = 0; i < count; i++)
            {
                sequence++;
                Store.Commit(Batch() with { Facts = [NotEnrolled(sequence, 1, journey, second: sequence)], Contacts = sequence == 1 ? [New(1)] : [] });
            }
        }

        for (var limit = 1; limit <= sequence; limit++)
        {
            var query = new FactQuery(Kind: "not_enrolled", Limit: limit);
            Assert.Equal(Enumerable.Range(1, sequence).Reverse().Take(limit).Select(one => (long)one), Found(query));
            Assert.Equal(Enumerable.Range(1, limit).Select(one => (long)one), Found(query with { NewestFirst = false }));
            Assert.Equal(Enumerable.Range(1, 16).Reverse().Take(limit).Select(one => (long)one), Found(query with { Before = 17 }));
        }
    }

    [Fact]
    public void Events_and_facts_come_in_the_order_in_which_they_happened()
    {
        for (var i = 0; i < 600; i++)
        {
            var first = 1 + (4 * i);
            Store.Commit(Batch() with
            {
                Events = [Recorded(first, 1, MessageId(first)), Recorded(first + 2, 1, MessageId(first + 2))],
                Facts = [NotEnrolled(first + 1, 1), NotEnrolled(first + 3, 1)],
                Contacts = i == 0 ? [New(1)] : [],
            });
        }

        var records = Store.Ledger.RecordsAsync(0, 3, default).ToBlockingEnumerable().ToList();

        Assert.Equal(Enumerable.Range(3, 2398).Select(i => (long)i), records.Select(r => r.Sequence));
        Assert.All(records, r => Assert.Equal(r.Sequence % 2 == 1, r.Event is not null));
        Assert.Equal(MessageId(3), records[0].Event!.Value.Event.MessageId);
        Assert.Equal("上海", records[1].Fact!.Value.Fact.Looked[0].Needed);
    }

    [Fact]
    public async Task Messages_are_found_by_what_people_ask_for()
    {
        Store.Commit(Batch() with
        {
            Messages = [Outgoing(1, 1), Outgoing(2, 2, "wecom", second: 10), Outgoing(3, 1, "sms", "birthday", 20)],
            Contacts = [New(1), New(2)],
        });
        Store.Commit(Batch() with { MessageChanges = [Change(2, OutboxStatus.Sent, vendorId: "v-7"), Change(3, OutboxStatus.Failed, reason: "bad_address")] });

        Assert.Equal([3, 2, 1], await Numbers(new MessageQuery()));
        Assert.Equal([3, 1], await Numbers(new MessageQuery(Contact: 1)));
        Assert.Equal([2, 1], await Numbers(new MessageQuery(Journey: "welcome")));
        Assert.Equal([2], await Numbers(new MessageQuery(Channel: "wecom")));
        Assert.Equal([3], await Numbers(new MessageQuery(Status: OutboxStatus.Failed)));
        Assert.Equal([2], await Numbers(new MessageQuery(From: At(10), To: At(20))));
        Assert.Equal([1], await Numbers(new MessageQuery(Before: Message(2))));
        var failed = Store.Message(Message(3));
        Assert.Equal(("bad_address", "+8613800138000", "您好 😀", At(5)), (failed.Reason, failed.Address, Text(failed.Content), failed.ChangedAt!.Value));

        async Task<IEnumerable<int>> Numbers(MessageQuery query) =>
            (await Store.Ledger.MessagesAsync(query, default)).Select(m => Enumerable.Range(1, 3).Single(i => Message(i) == m.Id));
    }

    [Fact]
    public async Task Who_starts_finds_what_was_left_behind_oldest_first()
    {
        Store.Commit(Batch() with { Messages = [.. Enumerable.Range(1, 5).Select(i => Outgoing(i))], Intents = [new(Message(2), 1)], Contacts = [New(1)] });
        Store.Reopen();

        var page = (await Store.Outbox.QueuedAsync(null, 2, default));
        var rest = (await Store.Outbox.QueuedAsync(page[^1].Id, 10, default));

        Assert.Equal([Message(1), Message(3)], page.Select(m => m.Id));
        Assert.Equal([Message(4), Message(5)], rest.Select(m => m.Id));
        Assert.Equal(Message(2), Assert.Single((await Store.Outbox.SendingAsync(10, default))).Id);
        Assert.Equal([Message(5), Message(2)], (await Store.Outbox.ByIdAsync([Message(5), Message(77), Message(2)], default)).Select(m => m.Id));
        Assert.Equal("您好 😀", Text(page[0].Content));
    }

    [Fact]
    public async Task Contacts_come_in_pages_and_totals_count()
    {
        Store.Commit(Batch() with { Contacts = [New(1), New(2), New(5)], Events = [Recorded(1, 1, MessageId(1))], Facts = [NotEnrolled(2, 1)], Messages = [Outgoing(1)] });

        Assert.Equal([1, 2], (await Store.Ledger.ContactPageAsync(0, 2, default)).Select(c => c.Id));
        Assert.Equal([5], (await Store.Ledger.ContactPageAsync(2, 2, default)).Select(c => c.Id));
        Assert.Equal(new StoreTotals(3, 1, 1, 1), (await Store.Ledger.TotalsAsync(default)));
        Assert.Equal(5, (await Store.Ledger.ContactAsync(5, default))!.Id);
        Assert.Null((await Store.Ledger.ContactAsync(6, default)));
    }

    [Fact]
    public void Reading_goes_on_while_somebody_writes()
    {
        Store.Commit(Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [New(1)] });
        using var records = Store.Ledger.RecordsAsync(0, 1, default).ToBlockingEnumerable().GetEnumerator();
        Assert.True(records.MoveNext());

        Store.Commit(Batch() with { Facts = [NotEnrolled(2, 1)] });

        Assert.Equal(2, Store.Facts(new FactQuery()).Count);
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private static object? Text(string content) => PropertyJson.Parse(System.Text.Encoding.UTF8.GetBytes(content)).Find("text");

    private IReadOnlyList<long> Found(FactQuery query) => [.. Store.Facts(query).Select(f => f.Sequence)];

    private List<long> Pages(FactQuery query, Func<FactQuery, long, FactQuery> next)
    {
        var all = new List<long>();
        for (var page = Found(query); page.Count > 0; page = Found(next(query, all[^1])))
        {
            all.AddRange(page);
        }
        return all;
    }
}
