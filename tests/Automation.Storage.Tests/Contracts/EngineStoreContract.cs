using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using NodaTime;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What the batch loop relies on, whatever the database.</summary>
public abstract class EngineStoreContract : IDisposable
{
    private readonly Lazy<StoreUnderTest> _store;

    protected EngineStoreContract() => _store = new Lazy<StoreUnderTest>(Open);

    private StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Fact]
    public void What_was_committed_is_loaded()
    {
        var contact = Contact(1, Enrollment(1, "day-1")) with { Tags = ["vip"], Attributes = PropertyBag.Of(("city", "上海")) };

        Store.Commit(Batch() with
        {
            Events = [Recorded(1, 1, MessageId(1))],
            Contacts = [new ContactChange(null, contact, null)],
            Identities = [new IdentityLink(new Identity(Identity.UserId, "u-1"), 1)],
        });

        var loaded = Store.Load([MessageId(1), MessageId(2)], [new Identity(Identity.UserId, "u-1"), new Identity(Identity.UserId, "u-2")]);
        Assert.Equal([MessageId(1)], loaded.KnownMessageIds);
        Assert.Equal(1, Assert.Single(loaded.Owners).Value);
        Assert.Equal("上海", loaded.Contacts[1].Attributes["city"]);
        Assert.Equal("day-1", loaded.Contacts[1].Enrollments[0].Step);
    }

    [Theory]
    [InlineData("not a guid")]
    [InlineData("")]
    [InlineData("AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE")]
    [InlineData("node-next-1712345678901-消息😀")]
    public async Task Any_text_is_a_message_id_and_comes_back_as_it_was(string id)
    {
        Store.Commit(Batch() with { Events = [Recorded(1, 1, id)], Contacts = [New(1)] });

        var loaded = Store.Load([id, id.ToLowerInvariant() + "x"]);

        Assert.Equal([id], loaded.KnownMessageIds);
        Assert.Equal(id, (await Store.Ledger.EventsAsync(1, 10, default)).Single().MessageId);
    }

    [Fact]
    public async Task A_message_id_that_is_known_fails_the_whole_batch()
    {
        Store.Commit(Batch() with { Events = [Recorded(1, 1, MessageId(1))], Contacts = [New(1)] });

        Assert.Throws<StoreConflictException>(() => Store.Commit(Batch() with
        {
            Events = [Recorded(2, 2, MessageId(2)), Recorded(3, 2, MessageId(1))],
            Contacts = [New(2, At(1), Enrollment(1, "day-1"))],
            Identities = [new IdentityLink(new Identity(Identity.Phone, "1"), 2)],
            Messages = [Outgoing(1)],
            Counters = new Dictionary<CounterKey, long> { [new CounterKey("a new name", 1, "s", "entered")] = 1 },
        }));

        Assert.Empty(Store.Load([MessageId(2)]).KnownMessageIds);
        Assert.Empty(Store.Load(contacts: [2], identities: [new Identity(Identity.Phone, "1")]).Contacts);
        Assert.Empty((await Store.Engine.DueContactsAsync(At(100), 10, default)));
        Assert.Empty((await Store.Outbox.QueuedAsync(null, 10, default)));
        Assert.Empty((await Store.Ledger.StepCountsAsync("welcome", default)));
        Assert.Empty((await Store.Ledger.CountersAsync(null, default)));
        Assert.Equal(2, (await Store.Engine.HeadAsync(0, default)).NextSequence);
        Assert.True(Store.Verify().Intact);
    }

    [Fact]
    public async Task After_a_failed_batch_the_next_goes_through_under_the_same_numbers()
    {
        Store.Commit(Batch() with { Events = [Recorded(1, 1, MessageId(1))], Contacts = [New(1)] });
        Assert.Throws<StoreConflictException>(() => Store.Commit(Batch() with { Events = [Recorded(2, 1, MessageId(2), "unheard"), Recorded(3, 1, MessageId(1))] }));

        Store.Commit(Batch() with { Events = [Recorded(2, 1, MessageId(2), "unheard")] });

        Assert.True(Store.Verify().Intact);
        Assert.Equal(["unheard", "order_paid"], (await Store.Ledger.EventsAsync(1, 10, default)).Select(e => e.Name));
    }

    [Fact]
    public async Task Due_contacts_come_earliest_first_and_no_more_than_asked()
    {
        Store.Commit(Batch() with { Contacts = [New(1, At(30)), New(2, At(10)), New(3, At(20)), New(4), New(5, At(40))] });

        var two = (await Store.Engine.DueContactsAsync(At(30), 2, default));
        var all = (await Store.Engine.DueContactsAsync(At(30), 10, default));

        Assert.Equal([2, 3], two.Select(d => d.Id));
        Assert.Equal([new DueContact(2, At(10)), new DueContact(3, At(20)), new DueContact(1, At(30))], all);
    }

    [Fact]
    public async Task A_deadline_moves_and_goes_with_its_contact()
    {
        Store.Commit(Batch() with { Contacts = [New(1, At(10)), New(2, At(10))] });

        Store.Commit(Batch() with { Contacts = [new(Contact(1), Contact(1), At(90)), new(Contact(2), Contact(2), null)] });

        Assert.Empty((await Store.Engine.DueContactsAsync(At(89), 10, default)));
        Assert.Equal(1, Assert.Single((await Store.Engine.DueContactsAsync(At(90), 10, default))).Id);
    }

    [Fact]
    public async Task A_deadline_finer_than_a_millisecond_is_never_handed_out_early()
    {
        var due = At(10).PlusTicks(1);
        Store.Commit(Batch() with { Contacts = [New(1, due)] });

        var found = (await Store.Engine.DueContactsAsync(At(11), 10, default));

        Assert.True(Assert.Single(found).DueAt >= due);
    }

    [Fact]
    public async Task Enrollments_follow_their_contact()
    {
        var first = Contact(1, Enrollment(1, "day-1"), Enrollment(2, "day-1", "birthday"));
        Store.Commit(Batch() with { Contacts = [new(null, first, null), New(2, null, Enrollment(1, "day-1"))] });

        var second = Contact(1, first.Enrollments[0] with { Step = "offer", Status = EnrollmentStatus.Stuck, HeldSince = At(9) });
        Store.Commit(Batch() with { Contacts = [new(first, second, null)] });

        var counts = (await Store.Ledger.StepCountsAsync("welcome", default));
        Assert.Equal(
            [new StepCount(1, "day-1", EnrollmentStatus.Waiting, false, 1), new StepCount(1, "offer", EnrollmentStatus.Stuck, true, 1)],
            counts.OrderBy(c => c.Step));
        Assert.Empty((await Store.Ledger.StepCountsAsync("birthday", default)));
        Assert.Equal([1, 2], (await Store.Ledger.EnrolledContactsAsync("welcome", null, false, 0, 10, default)));
        Assert.Equal([1], (await Store.Ledger.EnrolledContactsAsync("welcome", 1, true, 0, 10, default)));
        Assert.Equal([2], (await Store.Ledger.EnrolledContactsAsync("welcome", 1, false, 1, 10, default)));
        Assert.Empty((await Store.Ledger.EnrolledContactsAsync("welcome", 7, false, 0, 10, default)));
    }

    [Fact]
    public async Task Who_stands_at_a_step_is_listed_in_pages()
    {
        var waits = Enrollment(1, "day-1") with { Since = At(3), WakeAt = At(8) };
        Store.Commit(Batch() with
        {
            Contacts = [New(1, null, waits, Enrollment(2, "offer")), New(2, null, Enrollment(1, "day-1"), Enrollment(2, "day-1", "birthday"))],
        });

        var first = await Store.Ledger.StandingAsync("welcome", null, (0, 0), 2, default);
        var rest = await Store.Ledger.StandingAsync("welcome", null, (first[^1].Contact, first[^1].Ordinal), 2, default);

        Assert.Equal([new Stander(1, 1, 1, "day-1", EnrollmentStatus.Waiting, false, At(3), At(8))], first.Take(1));
        Assert.Equal([(1, 2, "offer"), (2, 1, "day-1")], first.Skip(1).Concat(rest).Select(one => (one.Contact, one.Ordinal, one.Step)));
        Assert.Equal([1L, 2L], (await Store.Ledger.StandingAsync("welcome", "day-1", (0, 0), 9, default)).Select(one => one.Contact));
        Assert.Empty(await Store.Ledger.StandingAsync("welcome", "nowhere", (0, 0), 9, default));
    }

    [Fact]
    public void A_queued_message_is_claimed_once()
    {
        Store.Commit(Batch() with { Messages = [Outgoing(1), Outgoing(2)], Contacts = [New(1)] });

        var first = Store.Commit(Batch() with { Intents = [new(Message(1), 1), new(Message(9), 1)] });
        var second = Store.Commit(Batch() with { Intents = [new(Message(1), 1), new(Message(2), 2)] });

        Assert.Equal([Message(1)], first.Claimed);
        Assert.Empty(second.Claimed);
        Assert.Equal(OutboxStatus.Sending, Store.Message(Message(1)).Status);
        Assert.Equal(OutboxStatus.Queued, Store.Message(Message(2)).Status);
    }

    [Fact]
    public void A_message_taken_back_is_not_claimed_and_one_being_sent_is_not_taken_back()
    {
        Store.Commit(Batch() with { Messages = [Outgoing(1), Outgoing(2)], Intents = [new(Message(2), 1)], Contacts = [New(1)] });

        var claimed = Store.Commit(Batch() with
        {
            MessageChanges = [Change(1, OutboxStatus.Cancelled), Change(2, OutboxStatus.Cancelled)],
            Intents = [new(Message(1), 1)],
        }).Claimed;

        Assert.Empty(claimed);
        Assert.Equal(OutboxStatus.Cancelled, Store.Message(Message(1)).Status);
        Assert.Equal(OutboxStatus.Sending, Store.Message(Message(2)).Status);
    }

    [Fact]
    public void A_message_handed_out_again_is_claimed_for_its_new_attempt_only()
    {
        Store.Commit(Batch() with { Messages = [Outgoing(1)], Intents = [new(Message(1), 1)], Contacts = [New(1)] });
        Store.Commit(Batch() with { MessageChanges = [Change(1, OutboxStatus.Queued, attempt: 2)] });

        Assert.Empty(Store.Commit(Batch() with { Intents = [new(Message(1), 1)] }).Claimed);
        Assert.Equal([Message(1)], Store.Commit(Batch() with { Intents = [new(Message(1), 2)] }).Claimed);
        Assert.Equal(2, Store.Message(Message(1)).Attempt);
    }

    [Fact]
    public async Task Messages_without_a_last_word_are_found_in_the_order_of_their_claims()
    {
        Store.Commit(Batch() with { Messages = [.. Enumerable.Range(1, 6).Select(number => Outgoing(number))], Contacts = [New(1)] });
        Store.Commit(Batch(10) with { Intents = [new(Message(2), 1), new(Message(1), 1), new(Message(3), 1)] });
        Store.Commit(Batch(20) with { Intents = [new(Message(4), 1), new(Message(5), 1)] });
        Store.Commit(Batch(30) with
        {
            MessageChanges =
            [
                Change(1, OutboxStatus.Sent, vendorId: "v-1") with { AwaitsReceipt = true }, Change(2, OutboxStatus.Sent) with { AwaitsReceipt = true },
                Change(3, OutboxStatus.Sent), Change(4, OutboxStatus.Sent) with { AwaitsReceipt = true }, Change(5, OutboxStatus.Unknown),
            ],
        });

        Assert.Equal([1, 2, 4], await Open(OutboxStatus.Sent, At(9), At(20)));
        Assert.Equal([1, 2], await Open(OutboxStatus.Sent, At(9), At(19)));
        Assert.Equal([4], await Open(OutboxStatus.Sent, At(10), At(20)));
        Assert.Equal([2, 4], await Open(OutboxStatus.Sent, At(10), At(20), after: 1));
        Assert.Equal([1], await Open(OutboxStatus.Sent, At(9), At(20), limit: 1));
        Assert.Equal([5], await Open(OutboxStatus.Unknown, At(9), At(20)));
        Assert.Empty(await Open(OutboxStatus.Sent, At(9), At(20), account: "another"));
        var first = (await Store.Outbox.OpenAsync(new OpenQuery("sandbox", OutboxStatus.Sent, At(9), At(20), null, 1), default))[0];
        Assert.Equal(("v-1", At(10), "+8613800138000"), (first.VendorId, first.Message.ClaimedAt, first.Message.Address));

        Store.Commit(Batch(40) with { MessageChanges = [Change(1, OutboxStatus.Delivered), Change(2, OutboxStatus.Sent) with { At = At(40) }] });
        Assert.Equal([4], await Open(OutboxStatus.Sent, At(9), At(20)));
        Assert.Equal(At(5), Store.Message(Message(2)).ChangedAt);

        async Task<IEnumerable<int>> Open(
            OutboxStatus status, Instant from, Instant until, int? after = null, int limit = 10, string account = "sandbox") =>
            (await Store.Outbox.OpenAsync(
                new OpenQuery(account, status, from, until, after is { } number ? Message(number) : null, limit), default))
            .Select(open => Enumerable.Range(1, 6).Single(number => Message(number) == open.Message.Id));
    }

    [Fact]
    public async Task A_vendors_id_that_several_messages_share_is_told_apart_by_the_address()
    {
        var other = Outgoing(2);
        Store.Commit(Batch() with { Messages = [Outgoing(1), other with { Message = other.Message with { Address = "+8613900139000" } }], Contacts = [New(1)] });
        Store.Commit(Batch() with { MessageChanges = [Change(1, OutboxStatus.Sent, vendorId: "v"), Change(2, OutboxStatus.Sent, vendorId: "v")] });

        Assert.Equal([Message(1)], await Store.Outbox.ByVendorIdAsync("sandbox", "v", "+8613800138000", 2, default));
        Assert.Equal([Message(2)], await Store.Outbox.ByVendorIdAsync("sandbox", "v", "+8613900139000", 2, default));
        Assert.Equal(2, (await Store.Outbox.ByVendorIdAsync("sandbox", "v", null, 2, default)).Count);
        Assert.Empty(await Store.Outbox.ByVendorIdAsync("another", "v", null, 2, default));
        Assert.Empty(await Store.Outbox.ByVendorIdAsync("sandbox", "v", "+8613700137000", 2, default));
    }

    [Fact]
    public void The_same_message_is_not_queued_twice()
    {
        Store.Commit(Batch() with { Messages = [Outgoing(1)], Contacts = [New(1)] });

        Assert.Throws<StoreConflictException>(() => Store.Commit(Batch() with { Messages = [Outgoing(1)] }));
    }

    [Fact]
    public async Task A_new_process_goes_on_where_the_last_one_stood()
    {
        Assert.Equal((1, 1), await Numbers());
        var seal = Store.Commit(Batch() with { Events = [Recorded(1, 7, MessageId(1))], Facts = [NotEnrolled(2, 7)], Contacts = [New(7)] }).Seal;
        Store.Commit(Batch(partition: 3) with { Events = [Recorded(41, 7, MessageId(2))] });

        Store.Reopen();

        Assert.Equal((3, 8), await Numbers());
        Assert.Equal(seal, (await Store.Engine.HeadAsync(0, default)).LastSeal);
        Assert.Equal(42, (await Store.Engine.HeadAsync(3, default)).NextSequence);
        Store.Commit(Batch() with { Facts = [NotEnrolled(3, 7)] });
        Assert.True(Store.Verify().Intact);
        Assert.True(Store.Verify(3).Intact);

        async Task<(long, long)> Numbers()
        {
            var head = await Store.Engine.HeadAsync(0, default);
            return (head.NextSequence, head.NextContactId);
        }
    }

    [Fact]
    public void A_batch_without_records_keeps_the_seal()
    {
        var seal = Store.Commit(Batch() with { Facts = [NotEnrolled(1, 1)], Contacts = [New(1)] }).Seal;

        var same = Store.Commit(Batch() with { MessageChanges = [Change(1, OutboxStatus.Sent)] }).Seal;

        Assert.Equal(seal, same);
    }

    [Fact]
    public async Task Identities_move_to_their_new_owner()
    {
        var phone = new Identity(Identity.Phone, "+8613800138000");
        Store.Commit(Batch() with { Contacts = [New(1), New(2)], Identities = [new(phone, 1)] });

        Store.Commit(Batch() with { Identities = [new(phone, 2, Before: 1)] });

        Assert.Equal(2, Store.Load(identities: [phone]).Owners[phone]);
        Assert.Equal(2, (await Store.Ledger.FindContactAsync(phone, default)));
    }

    [Fact]
    public async Task Counters_add_up()
    {
        var (entered, left) = (new CounterKey("welcome", 1, "day-1", "entered"), new CounterKey("birthday", 1, "", "left"));
        Store.Commit(Batch() with { Counters = new Dictionary<CounterKey, long> { [entered] = 2, [left] = 1 } });
        Store.Commit(Batch() with { Counters = new Dictionary<CounterKey, long> { [entered] = 3 } });

        Assert.Equal(5, (await Store.Ledger.CountersAsync("welcome", default))[entered]);
        Assert.Single((await Store.Ledger.CountersAsync("welcome", default)));
        Assert.Equal(1, (await Store.Ledger.CountersAsync(null, default))[left]);
    }

    [Fact]
    public async Task Days_add_up_and_are_read_from_a_day_on()
    {
        var (first, second) = (new DayKey("welcome", new LocalDate(2026, 2, 28), "enrolled"), new DayKey("welcome", new LocalDate(2026, 3, 1), "enrolled"));
        Store.Commit(Batch() with { Days = new Dictionary<DayKey, long> { [first] = 2, [second] = 1 } });
        Store.Commit(Batch() with { Days = new Dictionary<DayKey, long> { [first] = 3 } });

        Assert.Equal(new Dictionary<DayKey, long> { [first] = 5, [second] = 1 }, await Store.Ledger.DaysAsync(first.Day, default));
        Assert.Equal(second, Assert.Single(await Store.Ledger.DaysAsync(second.Day, default)).Key);
    }

    [Fact]
    public void A_gap_in_the_sequence_of_a_batch_is_refused() =>
        Assert.Throws<InvariantBrokenException>(() => Store.Commit(Batch() with { Events = [Recorded(1, 1, MessageId(1))], Facts = [NotEnrolled(3, 1)] }));

    [Fact]
    public void A_time_finer_than_a_millisecond_is_refused_in_the_ledger()
    {
        var fine = Event(MessageId(1)) with { OccurredAt = Start.PlusTicks(1) };

        Assert.Throws<InvariantBrokenException>(() => Store.Commit(Batch() with { Events = [new RecordedEvent(1, 1, fine)] }));
    }

    [Fact]
    public async Task Names_beyond_counting_are_stored_all_the_same()
    {
        var name = new string('很', 5_000);
        Store.Commit(Batch() with { Events = [Recorded(1, 1, MessageId(1), name)], Facts = [NotEnrolled(2, 1, name)], Contacts = [New(1, null, Enrollment(1, "s", name))] });

        Assert.Equal(name, Assert.Single(Store.Facts(new FactQuery(Journey: name))).Journey);
        Assert.Equal(name, (await Store.Ledger.EventsAsync(1, 1, default)).Single().Name);
        Assert.Single((await Store.Ledger.StepCountsAsync(name, default)));
        Assert.True(Store.Verify().Intact);
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }
}
