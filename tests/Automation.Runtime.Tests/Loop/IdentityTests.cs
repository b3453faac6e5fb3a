using Automation.Core.Contacts;
using Automation.Core.Deciding;

namespace Automation.Runtime.Tests.Loop;

public sealed class IdentityTests
{
    [Fact]
    public async Task Identify_gives_a_stranger_their_name()
    {
        await using var fixture = await EngineFixture.StartAsync();

        await fixture.Engine.SubmitAsync(
            [Seen("m1", Given.Anonymous("a1")), Given.Identify("m2", Given.User("u1"), Given.Anonymous("a1")), Given.Track("m3", "u1")]);

        var contact = Assert.Single(await fixture.Memory.ContactPageAsync(0, 10, CancellationToken.None));
        Assert.Equal([Given.Anonymous("a1"), Given.User("u1")], contact.Identities.AsEnumerable());
    }

    [Fact]
    public async Task Two_contacts_that_turn_out_to_be_one_are_joined_in_the_one_with_the_user_id()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.Engine.SubmitAsync([Seen("m1", Given.Anonymous("a1")), Given.Track("m2", "u1")]);

        await fixture.Engine.SubmitAsync([Given.Identify("m3", Given.User("u1"), Given.Anonymous("a1"))]);

        var stranger = await fixture.Memory.ContactAsync(1, CancellationToken.None);
        Assert.Equal(2, stranger!.MergedInto);
        Assert.Equal(2, (await fixture.ContactOfAsync(Given.Anonymous("a1"))).Id);
        var facts = (await fixture.RecordsAsync()).Where(record => record.Fact is not null).Select(record => (record.Contact, record.Fact!.Value.Fact, record.Fact.Value.Cause));
        Assert.Contains(facts, one => one is (2, ContactFact.ContactAbsorbed { Other: 1 }, "event:m3"));
        Assert.Contains(facts, one => one is (1, ContactFact.ContactMerged { Survivor: 2 }, "event:m3"));
    }

    [Fact]
    public async Task Without_a_user_id_the_older_contact_survives()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.Engine.SubmitAsync([Seen("m1", Given.Anonymous("a1")), Seen("m2", Given.Phone("+861"))]);

        await fixture.Engine.SubmitAsync([Given.Identify("m3", Given.Phone("+861"), Given.Anonymous("a1"))]);

        Assert.Equal(1, (await fixture.Memory.ContactAsync(2, CancellationToken.None))!.MergedInto);
    }

    [Theory]
    [InlineData(EventType.Track)]
    [InlineData(EventType.Identify)]
    public async Task A_device_that_is_somebody_elses_stays_theirs(EventType type)
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.Engine.SubmitAsync([Given.Identify("m1", Given.User("u1"), Given.Anonymous("shared"))]);

        await fixture.Engine.SubmitAsync([Given.Event("m2", type, "seen", null, null, Given.User("u2"), Given.Anonymous("shared"))]);

        Assert.Equal([Given.User("u2")], (await fixture.ContactOfAsync(Given.User("u2"))).Identities.AsEnumerable());
        Assert.Equal(1, (await fixture.ContactOfAsync(Given.Anonymous("shared"))).Id);
        Assert.Equal([Given.User("u2")], (await fixture.RecordsAsync()).Last(record => record.Event is not null).Event!.Value.Event.Identities.AsEnumerable());
    }

    [Fact]
    public async Task Alias_joins_two_user_ids_in_the_new_one()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.Engine.SubmitAsync([Given.Track("m1", "old"), Given.Track("m2", "new")]);

        await fixture.Engine.SubmitAsync([Given.Alias("m3", Given.User("new"), Given.User("old"))]);

        Assert.Equal(2, (await fixture.Memory.ContactAsync(1, CancellationToken.None))!.MergedInto);
        Assert.Equal(2, (await fixture.ContactOfAsync(Given.User("old"))).Id);
    }

    [Fact]
    public async Task A_stimulus_for_a_merged_contact_reaches_the_survivor()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.Engine.SubmitAsync([Seen("m1", Given.Anonymous("a1")), Given.Track("m2", "u1")]);
        await fixture.Engine.SubmitAsync([Given.Identify("m3", Given.User("u1"), Given.Anonymous("a1"))]);

        var receipt = await fixture.Engine.SubmitAsync(1, new Command.ChangeTags("ops", ["vip"], []));

        Assert.Equal(2, Assert.Single(receipt.Facts).Contact);
        Assert.Equal(["vip"], (await fixture.ContactOfAsync(Given.User("u1"))).Tags.AsEnumerable());
    }

    [Fact]
    public async Task A_stimulus_for_nobody_is_refused()
    {
        await using var fixture = await EngineFixture.StartAsync();

        var receipt = await fixture.Engine.SubmitAsync(7, new Command.ChangeTags("ops", ["vip"], []));

        Assert.Equal((0, 1), (receipt.Accepted, receipt.Rejected));
    }

    private static ContactEvent Seen(string id, Identity identity) => Given.Event(id, EventType.Track, "seen", null, null, identity);
}
