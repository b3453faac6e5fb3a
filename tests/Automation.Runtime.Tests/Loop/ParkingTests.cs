using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Tests.Loop;

/// <summary>A contact that our own code cannot decide about costs a fact, and nobody else anything.</summary>
public sealed class ParkingTests
{
    [Fact]
    public async Task A_timer_that_breaks_a_promise_is_put_off_and_said_in_the_ledger()
    {
        await using var fixture = await StartAsync();

        Assert.Equal(1, await fixture.Engine.Timers.RunDueAsync());

        var broken = Assert.Single(await BrokenAsync(fixture));
        Assert.Equal((1L, "timer"), (broken.Contact, broken.Cause));
        Assert.Equal(0, await fixture.Engine.Timers.RunDueAsync());
        fixture.Clock.Advance(Duration.FromHours(1));
        Assert.Equal(1, await fixture.Engine.Timers.RunDueAsync());
        Assert.Equal(2, (await BrokenAsync(fixture)).Count);
    }

    [Fact]
    public async Task Its_events_are_kept_and_those_of_others_are_decided()
    {
        await using var fixture = await StartAsync();

        await fixture.Engine.SubmitAsync(
        [
            Given.Event("m1", EventType.Track, "joined", Given.Noon, null, Given.User("broken")),
            Given.Event("m2", EventType.Track, "joined", Given.Noon, null, Given.User("sound"), Given.Phone("+862")),
        ]);

        Assert.Equal("event:m1", Assert.Single(await BrokenAsync(fixture)).Cause);
        Assert.Equal("joined", Assert.Single(await fixture.Memory.EventsAsync(1, 10, CancellationToken.None)).Name);
        Assert.Single(await fixture.QueuedAsync());
    }

    /// <summary>With a contact whose message has no channel: a state that no decision makes, and every retry stumbles over.</summary>
    private static async Task<EngineFixture> StartAsync()
    {
        var memory = new Memory.InMemoryStore();
        var identity = Given.User("broken");
        var message = new MessageInFlight(
            Guid.NewGuid(), 1, "greeting", 1, "hello", 1, 0, null!, "vendor", "hello", false, 2, MessageStatus.RetryScheduled,
            Given.Noon - Duration.FromHours(1), Given.Noon - Duration.FromMinutes(1), null);
        var contact = new Contact(1, Given.Noon) { Identities = [identity], Messages = ImmutableArray.Create(message) };
        await memory.CommitAsync(
            new CommitBatch
            {
                Partition = 0, At = Given.Noon, Contacts = [new ContactChange(null, contact, message.DueAt)], Identities = [new IdentityLink(identity, 1)],
            },
            CancellationToken.None);
        return await EngineFixture.StartAsync(journeys: Workspaces.Source(Workspaces.Of(Workspaces.Greeting)), memory: memory);
    }

    private static ValueTask<IReadOnlyList<LedgerRow>> BrokenAsync(EngineFixture fixture) =>
        fixture.Memory.FactsAsync(new FactQuery(Reason: Reasons.InvariantBroken), CancellationToken.None);
}
