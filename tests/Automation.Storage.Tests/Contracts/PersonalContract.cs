using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Audit;
using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What is personal is kept so that a copy tells nothing of it, comes back as it was, and is gone when its contact is erased.</summary>
public abstract class PersonalContract : IDisposable
{
    private const string Name = "欧阳标记";
    private const string Number = "+8613900001234";

    private static readonly string[] Markers = [Name, "13900001234", "秘密路", "marker.person"];

    private static readonly PropertyBag Person = PropertyBag.Of(
        ("city", "上海"), ("name", Name), ("address", PropertyBag.Of(("street", "秘密路 99 号"))), ("email", "marker.person@example.com"), ("level", 3L),
        ("customer", PropertyBag.Of(("name", Name), ("vip", true))));

    private readonly Lazy<StoreUnderTest> _store;

    protected PersonalContract() => _store = new Lazy<StoreUnderTest>(Open);

    private StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task A_copy_of_the_store_tells_no_name_and_no_number_and_who_asks_gets_them_as_they_were()
    {
        Commit();

        var text = Store.Everything();
        Assert.DoesNotContain(Markers, marker => text.Contains(marker, StringComparison.Ordinal));
        Assert.Contains("上海", text, StringComparison.Ordinal);
        Store.Reopen();
        var contact = await Store.Ledger.ContactAsync(1, default);
        Assert.Equal(Person, contact!.Attributes);
        Assert.Equal(Person.Keys, contact.Attributes.Keys);
        Assert.Equal([Number, "u-1"], contact.Identities.Select(one => one.Value));
        Assert.Equal(Person, contact.Enrollments[0].Event);
        var happened = Assert.Single(await Store.Ledger.EventsAsync(1, 10, default));
        Assert.Equal(Person, happened.Properties);
        Assert.Equal([Number, "u-1"], happened.Identities.Select(one => one.Value));
        Assert.Contains(Name, Assert.Single(Store.Facts(new FactQuery(Contact: 1))).Details, StringComparison.Ordinal);
        Assert.Equal((Number, """{"text":"欧阳标记，您好"}"""), (Store.Message(Message(1)).Address, Store.Message(Message(1)).Content));
        Assert.Equal(Number, Assert.Single(await Store.Outbox.ByIdAsync([Message(1)], default)).Address);
        Assert.True(Store.Verify().Intact);
    }

    [Fact]
    public async Task A_contact_is_found_by_its_number_and_a_message_by_its_address()
    {
        Commit();
        Store.Commit(Batch(5) with { MessageChanges = [Change(1, OutboxStatus.Sent, vendorId: "v-1")] });

        var loaded = Store.Load(identities: [new Identity(Identity.Phone, Number), new Identity(Identity.Phone, "+8613900009999"), new Identity(Identity.UserId, "u-1")]);

        Assert.Equal(1, loaded.Owners[new Identity(Identity.Phone, Number)]);
        Assert.Equal(2, loaded.Owners.Count);
        Assert.Equal(Person, loaded.Contacts[1].Attributes);
        Assert.Equal(1, await Store.Ledger.FindContactAsync(new Identity(Identity.Phone, Number), default));
        Assert.Equal([Message(1)], await Store.Outbox.ByVendorIdAsync("sandbox", "v-1", Number, 2, default));
        Assert.Empty(await Store.Outbox.ByVendorIdAsync("sandbox", "v-1", "+8613900009999", 2, default));
    }

    [Fact]
    public async Task Who_is_erased_is_gone_with_those_who_became_part_of_them_and_the_chain_is_whole()
    {
        Commit();
        Merge();
        var wrapped = Store.Everything();
        Erase();

        Assert.NotEmpty(wrapped);
        var rebuilt = new Rebuilding();
        foreach (var isReopened in new[] { false, true })
        {
            if (isReopened)
            {
                Store.Reopen();
            }
            var text = Store.Everything();
            Assert.DoesNotContain(Markers, marker => text.Contains(marker, StringComparison.Ordinal));
            Assert.True((await Store.Ledger.ContactAsync(1, default))!.IsErased);
            Assert.Null(await Store.Ledger.FindContactAsync(new Identity(Identity.Phone, Number), default));
            Assert.Null(await Store.Ledger.FindContactAsync(new Identity(Identity.Phone, "+8613900005678"), default));
            foreach (var contact in new[] { 1, 2 })
            {
                var happened = Assert.Single(await Store.Ledger.EventsAsync(contact, 10, default));
                Assert.Equal("上海", happened.Properties.Find("city"));
                Assert.Null(happened.Properties.Find("name"));
                Assert.DoesNotContain(happened.Identities, one => one.Type == Identity.Phone);
            }
            Assert.Equal(("", "{}"), (Store.Message(Message(1)).Address, Store.Message(Message(1)).Content));
            Assert.True(Store.Verify().Intact);
        }
        await rebuilt.RunAsync(Store.Ledger, null, default);
        Assert.Equal((2L, 0L, 1L), (rebuilt.Contacts, rebuilt.DifferingCount, rebuilt.Erased));
    }

    [Fact]
    public async Task An_erasure_that_dies_in_its_middle_has_done_nothing_and_a_second_one_does_it_whole()
    {
        Commit();
        // The commit gets as far as the key: without its table, everything before that is undone, as when the process ends there.
        Store.Tamper("ALTER TABLE contact_key RENAME TO contact_key_away");
        Assert.ThrowsAny<Exception>(Erase);
        Store.Tamper("ALTER TABLE contact_key_away RENAME TO contact_key");
        Store.Reopen();

        Assert.Equal(Person, (await Store.Ledger.ContactAsync(1, default))!.Attributes);
        Assert.Equal(1, await Store.Ledger.FindContactAsync(new Identity(Identity.Phone, Number), default));
        Assert.Equal((Number, """{"text":"欧阳标记，您好"}"""), (Store.Message(Message(1)).Address, Store.Message(Message(1)).Content));
        Assert.DoesNotContain(Store.Facts(new FactQuery(Contact: 1)), fact => fact.Kind == "contact_erased");
        Erase();

        Assert.True((await Store.Ledger.ContactAsync(1, default))!.IsErased);
        Assert.Null(await Store.Ledger.FindContactAsync(new Identity(Identity.Phone, Number), default));
        Assert.Equal(("", "{}"), (Store.Message(Message(1)).Address, Store.Message(Message(1)).Content));
        Assert.DoesNotContain(Markers, marker => Store.Everything().Contains(marker, StringComparison.Ordinal));
        Assert.Single(Store.Facts(new FactQuery(Contact: 1)), fact => fact.Kind == "contact_erased");
        Assert.True(Store.Verify().Intact);
    }

    [Fact]
    public async Task What_was_written_before_it_was_personal_is_hidden_in_bits_and_comes_back_as_it_was()
    {
        const string plate = "沪A·标记车";
        var clear = PropertyBag.Of(("city", "上海"), ("license_plate", plate));
        Commit();
        Store.Commit(Batch(2) with
        {
            Contacts =
            [
                // One has a key and other things hidden already, the other has neither.
                new ContactChange(Whole(1, Number), Whole(1, Number) with { Attributes = Person.With("license_plate", plate) }, null),
                new ContactChange(null, Contact(2) with { Attributes = clear }, null), new ContactChange(null, Contact(3), null),
            ],
            Messages = [Plain(2, contact: 2, plate), Plain(3, contact: 3, "您好")],
        });
        Assert.Contains(plate, Store.Everything(), StringComparison.Ordinal);
        Store.Declare("license_plate");

        var first = await Store.Earlier.HideAsync(EarlierPlace.Start, default);
        var done = await Store.Earlier.HideAsync(first, default);
        var again = await Store.Earlier.HideAsync(await Store.Earlier.HideAsync(EarlierPlace.Start, default), default);

        Assert.Equal((2L, true, false), (first.Contacts, first.IsThroughContacts, first.IsDone));
        Assert.Equal((2L, 1L, true), (done.Contacts, done.Messages, done.IsDone));
        Assert.Equal((0L, 0L, true), (again.Contacts, again.Messages, again.IsDone));
        Store.Reopen();
        Store.Declare("license_plate");
        Assert.Equal(Person.With("license_plate", plate), (await Store.Ledger.ContactAsync(1, default))!.Attributes);
        Assert.Equal(clear, Store.Load(contacts: [2]).Contacts[2].Attributes);
        Assert.Equal($$"""{"text":"{{plate}}"}""", Store.Message(Message(2)).Content);
        Assert.Equal("""{"text":"您好"}""", Store.Message(Message(3)).Content);
        Assert.DoesNotContain(plate, Store.Everything(), StringComparison.Ordinal);
        Assert.True(Store.Verify().Intact);
    }

    [Fact]
    public async Task An_erased_number_is_free_for_somebody_new()
    {
        Commit();
        Erase();
        Store.Commit(Batch(20) with
        {
            Events = [new RecordedEvent(4, 3, Happened(9))],
            Contacts = [new ContactChange(null, Contact(3) with { Attributes = Person, Identities = [new Identity(Identity.Phone, Number)] }, null)],
            Identities = [new IdentityLink(new Identity(Identity.Phone, Number), 3)],
        });

        Assert.Equal(3, await Store.Ledger.FindContactAsync(new Identity(Identity.Phone, Number), default));
        Assert.Equal(Name, (await Store.Ledger.ContactAsync(3, default))!.Attributes.Find("name"));
    }

    [Fact]
    public void A_member_that_looks_like_ours_is_not_taken_for_it()
    {
        var forged = PropertyBag.Of(("$personal", "p1.AAAA"), ("city", "北京"));
        Store.Commit(Batch() with
        {
            Events = [new RecordedEvent(1, 1, Event(MessageId(1)) with { Properties = forged })],
            Contacts = [new ContactChange(null, Contact(1) with { Attributes = forged.With("name", Name) }, null)],
        });
        Store.Reopen();

        var contact = Store.Load(contacts: [1]).Contacts[1];

        Assert.Equal(PropertyBag.Of(("city", "北京"), ("name", Name)), contact.Attributes);
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private static ContactEvent Happened(int number, string phone = Number) => Event(MessageId(number), second: number) with
    {
        Properties = Person, Identities = [new Identity(Identity.Phone, phone), new Identity(Identity.UserId, $"u-{number}")],
    };

    private static Contact Whole(long id, string phone) => Contact(id, Enrollment(1, "wait") with { Event = Person }) with
    {
        Attributes = Person, Identities = [new Identity(Identity.Phone, phone), new Identity(Identity.UserId, $"u-{id}")],
    };

    private static OutboxMessage Greeting()
    {
        var queued = Outgoing(1);
        return queued with { Message = queued.Message with { Address = Number, Content = PropertyBag.Of(("text", Name + "，您好")) } };
    }

    // To nobody's number, so that nothing of it is personal.
    private static OutboxMessage Plain(int number, long contact, string text)
    {
        var queued = Outgoing(number, contact);
        return queued with { Message = queued.Message with { AddressType = Identity.UserId, Address = $"u-{contact}", Content = PropertyBag.Of(("text", text)) } };
    }

    private void Commit() => Store.Commit(Batch() with
    {
        Events = [new RecordedEvent(1, 1, Happened(1))],
        Facts = [new RecordedFact(2, 1, At(1), "command:enroll", new JourneyFact.Enrolled("welcome", 1, 1, null, Start, null, Person))],
        Contacts = [new ContactChange(null, Whole(1, Number), null)],
        Identities = [new IdentityLink(new Identity(Identity.Phone, Number), 1), new IdentityLink(new Identity(Identity.UserId, "u-1"), 1)],
        Messages = [Greeting()],
    });

    private void Merge()
    {
        const string other = "+8613900005678";
        var second = Whole(2, other) with { Enrollments = [] };
        Store.Commit(Batch(2) with
        {
            Events = [new RecordedEvent(3, 2, Happened(2, other))],
            Contacts = [new ContactChange(null, second, null)],
            Identities = [new IdentityLink(new Identity(Identity.Phone, other), 2)],
        });
        Store.Commit(Batch(3) with
        {
            Facts = [new RecordedFact(4, 1, At(3), "event:x", new ContactFact.ContactAbsorbed(2)), new RecordedFact(5, 2, At(3), "event:x", new ContactFact.ContactMerged(1))],
            Contacts =
            [
                new ContactChange(Whole(1, Number), Whole(1, Number), null), new ContactChange(second, new Contact(2, At(2)) { MergedInto = 1 }, null),
            ],
            Identities = [new IdentityLink(new Identity(Identity.Phone, other), 1, 2)],
        });
    }

    private void Erase()
    {
        var sequence = Store.Engine.HeadAsync(0, default).AsTask().GetAwaiter().GetResult().NextSequence;
        var erased = new Contact(1, At(1)) { MergedInto = Core.Contacts.Contact.Nobody };
        var known = new[] { Number, "+8613900005678" }.Select(phone => new Identity(Identity.Phone, phone)).Append(new Identity(Identity.UserId, "u-1"));
        var owned = Store.Load(identities: [.. known]).Owners;
        Store.Commit(Batch(10) with
        {
            Facts = [new RecordedFact(sequence, 1, At(10), "command:erase", new ContactFact.ContactErased("asked") { Actor = "user:li" })],
            Contacts = [new ContactChange(Whole(1, Number), erased, null)],
            Identities = [.. owned.Keys.Select(identity => new IdentityLink(identity, Core.Contacts.Contact.Nobody, 1))],
        });
    }
}
