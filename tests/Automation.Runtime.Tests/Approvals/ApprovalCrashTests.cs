using Automation.Core.Deciding;
using Automation.Runtime.Approvals;
using Automation.Runtime.Definitions;
using Automation.Runtime.Memory;
using Automation.Runtime.Ports;
using Automation.Runtime.Tests.Definitions;
using NodaTime;

namespace Automation.Runtime.Tests.Approvals;

/// <summary>A process dies at each write of a step on the way to a publication; the next one finds the step with its fact, or neither.</summary>
public sealed class ApprovalCrashTests
{
    private const string Key = "welcome";

    [Theory]
    [InlineData("set", "approval_set")]
    [InlineData("ask", "approval_asked")]
    [InlineData("approve", "approval_given")]
    [InlineData("reject", "approval_rejected")]
    [InlineData("withdraw", "approval_withdrawn")]
    [InlineData("change", "approval_voided")]
    [InlineData("delete", "approval_voided")]
    [InlineData("publish", "journey_published")]
    public async Task A_step_is_made_with_its_fact_or_not_at_all(string step, string kind)
    {
        var (made, notMade) = (0, 0);
        for (var writes = 0; ; writes++)
        {
            var store = new InMemoryDefinitions();
            var engine = await EngineFixture.StartAsync();
            await PrepareAsync(engine, store, step);
            var before = (await FactsAsync(engine, kind)).Count;
            var standing = await StandingAsync(store);

            var died = await DieAsync(engine, store, step, writes);
            await using var next = await DefinitionsFixture.StartAsync(engine, store, withSweeps: false);
            await next.Unfinished.SettleAsync();
            Assert.Equal(0, await next.Unfinished.SettleAsync());

            var isMade = await StandingAsync(store) != standing;
            Assert.Equal(isMade ? 1 : 0, (await FactsAsync(engine, kind)).Count - before);
            Assert.Empty(await store.ListAsync("change", CancellationToken.None));
            _ = isMade ? made++ : notMade++;
            if (!died)
            {
                break;
            }
        }
        Assert.InRange(notMade, 1, 2);
        Assert.InRange(made, 3, 6);
    }

    [Fact]
    public async Task An_approval_whose_process_died_before_it_was_published_is_published_by_the_next_one()
    {
        var store = new InMemoryDefinitions();
        var engine = await EngineFixture.StartAsync();
        await PrepareAsync(engine, store, "publish");
        Assert.True(await DieAsync(engine, store, "publish", writes: 1));

        await using var next = await DefinitionsFixture.StartAsync(engine, store, withSweeps: false);
        await next.Unfinished.SettleAsync();

        Assert.Equal(1, await next.Journeys.PublishAsync(Key, InFlightChoice.Stay, false, "user:chen"));
        var published = Assert.Single(await FactsAsync(engine, "journey_published"));
        Assert.Contains("\"approved_by\":\"user:wang\"", published.Details, StringComparison.Ordinal);
    }

    private static async Task PrepareAsync(EngineFixture engine, InMemoryDefinitions store, string step)
    {
        var fixture = await DefinitionsFixture.StartAsync(engine, store, withSweeps: false);
        await fixture.SaveAllAsync(Workspaces.Welcome);
        if (step != "set")
        {
            await fixture.Approvals.SetAsync(ApprovalSetting.Required, "user:boss");
        }
        if (step is not ("set" or "ask"))
        {
            await fixture.Approvals.AskAsync(Key, null, InFlightChoice.Stay, false, "", "user:li");
        }
        if (step is "change" or "delete" or "publish")
        {
            await fixture.Approvals.ApproveAsync(Key, 1, "", "user:wang");
        }
        engine.Clock.Advance(Duration.FromMinutes(1));
        fixture.Registry.Dispose();
        await fixture.Connectors.DisposeAsync();
    }

    private static async Task<bool> DieAsync(EngineFixture engine, InMemoryDefinitions store, string step, int writes)
    {
        var mortal = new MortalProcess(store, engine.Engine, writes);
        var fixture = await DefinitionsFixture.StartAsync(engine, mortal, mortal);
        try
        {
            await MakeAsync(fixture, step);
        }
        catch (ProcessDiedException)
        {
            // As the test wants.
        }
        fixture.Registry.Dispose();
        await fixture.Connectors.DisposeAsync();
        return mortal.IsDead;
    }

    private static async Task MakeAsync(DefinitionsFixture fixture, string step)
    {
        switch (step)
        {
            case "set":
                await fixture.Approvals.SetAsync(ApprovalSetting.Required, "user:boss");
                break;
            case "ask":
                await fixture.Approvals.AskAsync(Key, null, InFlightChoice.Stay, false, "please", "user:li");
                break;
            case "approve":
                await fixture.Approvals.ApproveAsync(Key, 1, "", "user:wang");
                break;
            case "reject":
                await fixture.Approvals.RejectAsync(Key, 1, "no", "user:wang");
                break;
            case "withdraw":
                await fixture.Approvals.WithdrawAsync(Key, 1, "user:li");
                break;
            case "change":
                await fixture.SaveAsync(DefinitionKinds.Journey, Key, Workspaces.Welcome.Replace("24h", "25h", StringComparison.Ordinal), "user:chen");
                break;
            case "delete":
                await fixture.Desk.DeleteAsync(DefinitionKinds.Journey, Key, "user:chen");
                break;
            default:
                await fixture.Journeys.PublishAsync(Key, InFlightChoice.Stay, false, "user:chen");
                break;
        }
    }

    /// <summary>What the step is to change, as one text.</summary>
    private static async Task<string> StandingAsync(InMemoryDefinitions store)
    {
        var setting = ApprovalSetting.Read(await store.FindAsync(ApprovalSetting.Kind, ApprovalSetting.Key, CancellationToken.None));
        return $"{setting} {(await store.Approvals.FindAsync(Key, CancellationToken.None))?.Status}";
    }

    private static async Task<IReadOnlyList<LedgerRow>> FactsAsync(EngineFixture engine, string kind) =>
        await engine.Memory.FactsAsync(new FactQuery(Contact: 0, Kind: kind, Limit: 1_000), CancellationToken.None);
}
