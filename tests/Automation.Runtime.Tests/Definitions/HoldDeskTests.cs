using Automation.Runtime.Definitions;
using Automation.Runtime.Memory;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Definitions;

/// <summary>A person holds messages back and lets them go: with counts, a reason, and a fact.</summary>
public sealed class HoldDeskTests
{
    private static readonly HoldTarget Hello = new(HoldScope.Template, "hello");

    [Fact]
    public async Task Who_held_what_and_why_stands_in_the_ledger()
    {
        await using var fixture = await WithMessagesAsync(2);

        var (hold, count) = await fixture.Holds.HoldAsync(Hello, "wrong price", "ann");
        var released = await fixture.Holds.ReleaseAsync(Hello, "mended", "bob");

        Assert.Equal(("ann", "wrong price", 2L), (hold.By, hold.Reason, count.Waiting));
        Assert.Equal(2, released.Waiting);
        var facts = (await FactsAsync(fixture, "messages_held")).Concat(await FactsAsync(fixture, "messages_released"));
        Assert.Equal(
            [("ann", "wrong price"), ("bob", "mended")], facts.Select(fact => (fact.Actor!, fact.Reason!)));
        Assert.All(facts, fact => Assert.Contains("\"scope\":\"template\",\"key\":\"hello\"", fact.Details, StringComparison.Ordinal));
        Assert.All(facts, fact => Assert.Contains("\"waiting\":2", fact.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holding_twice_and_releasing_what_is_free_are_refused()
    {
        await using var fixture = await WithMessagesAsync(1);
        Assert.Equal("not_held", await CodeAsync(() => fixture.Holds.ReleaseAsync(Hello, "mended", "ann").AsTask()));
        await fixture.Holds.HoldAsync(Hello, "wrong price", "ann");

        Assert.Equal("already_held", await CodeAsync(() => fixture.Holds.HoldAsync(Hello, "again", "bob").AsTask()));

        Assert.Single(await FactsAsync(fixture, "messages_held"));
        Assert.Empty(await fixture.Store.ListAsync("change", CancellationToken.None));
    }

    [Theory]
    [InlineData(HoldScope.Account, "vendr")]
    [InlineData(HoldScope.Channel, "sns")]
    [InlineData(HoldScope.Template, "helo")]
    [InlineData(HoldScope.Journey, "greetin")]
    public async Task A_slip_of_the_pen_is_no_hold(HoldScope scope, string key)
    {
        await using var fixture = await WithMessagesAsync(1);

        Assert.Equal("not_found", await CodeAsync(() => fixture.Holds.HoldAsync(new HoldTarget(scope, key), "wrong price", "ann").AsTask()));

        Assert.Empty(fixture.HoldBook.InForce);
    }

    /// <summary>A process dies at each of the writes; the next one settles what it left.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hold_and_a_release_have_their_fact_or_did_not_happen(bool isRelease)
    {
        for (var writes = 0; ; writes++)
        {
            var engine = await EngineFixture.StartAsync();
            var store = new InMemoryDefinitions();
            var first = await DefinitionsFixture.StartAsync(engine, store, withSweeps: false);
            await first.SaveAllAsync(Workspaces.Greeting);
            if (isRelease)
            {
                await first.Holds.HoldAsync(Hello, "wrong price", "ann");
            }
            var mortal = new MortalProcess(store, engine.Engine, writes);
            var dying = await DefinitionsFixture.StartAsync(engine, mortal, mortal);
            await Record.ExceptionAsync(() => isRelease
                ? dying.Holds.ReleaseAsync(Hello, "mended", "bob").AsTask()
                : dying.Holds.HoldAsync(Hello, "wrong price", "bob").AsTask());

            await using var next = await DefinitionsFixture.StartAsync(engine, store, withSweeps: false);
            await next.Unfinished.SettleAsync();
            Assert.Equal(0, await next.Unfinished.SettleAsync());

            var happened = (await next.Holds.ListAsync()).Any(hold => isRelease ? hold.End is not null : hold.End is null);
            Assert.Equal(happened ? 1 : 0, (await FactsAsync(next, isRelease ? "messages_released" : "messages_held")).Count);
            Assert.Empty(await store.ListAsync("change", CancellationToken.None));
            Assert.Equal(writes > 0, happened);
            if (!mortal.IsDead)
            {
                break;
            }
        }
    }

    private static async Task<DefinitionsFixture> WithMessagesAsync(int count)
    {
        var fixture = await DefinitionsFixture.StartAsync();
        await fixture.SaveAllAsync(Workspaces.Greeting);
        await fixture.Journeys.PublishAsync("greeting", Core.Deciding.InFlightChoice.Stay, true, "ann");
        for (var i = 0; i < count; i++)
        {
            await fixture.JoinAsync($"u{i}");
        }
        return fixture;
    }

    private static async Task<string> CodeAsync(Func<Task> doing) => (await Assert.ThrowsAsync<DefinitionRefusedException>(doing)).Code;

    private static ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(DefinitionsFixture fixture, string kind) =>
        fixture.Engine.Memory.FactsAsync(new FactQuery(Kind: kind), CancellationToken.None);
}
