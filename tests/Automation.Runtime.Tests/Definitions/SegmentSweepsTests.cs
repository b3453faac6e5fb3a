using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Tests.Definitions;

/// <summary>A segment that is defined anew, and the journeys that watch it.</summary>
public sealed class SegmentSweepsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_enters_or_leaves_by_a_new_definition_is_found(bool countExisting)
    {
        await using var fixture = await StartAsync(City("上海"), countExisting);

        await fixture.SaveAsync(DefinitionKinds.Segment, "locals", City("北京"));
        await fixture.UntilSweptAsync();

        Assert.Equal(
            [("u-bj", "segment_entered", "sweep"), ("u-sh", "segment_left", "sweep")],
            (await ChangesAsync(fixture)).Skip(1).Order());
        Assert.Equal(["hello"], await StandingAsync(fixture, "u-bj", "greet"));
        Assert.Equal(["bye"], await StandingAsync(fixture, "u-sh", "farewell"));
        Assert.Equal(countExisting ? ["hello"] : [], await StandingAsync(fixture, "u-sh", "greet"));
    }

    [Fact]
    public async Task A_segment_that_the_watched_one_asks_for_counts_as_well()
    {
        await using var fixture = await StartAsync(Rule("segments", "contains", "northern"), countExisting: false);

        await fixture.SaveAsync(DefinitionKinds.Segment, "northern", City("北京").Replace("locals", "northern", StringComparison.Ordinal));
        await fixture.UntilSweptAsync();

        Assert.Equal([("u-bj", "segment_entered", "sweep")], await ChangesAsync(fixture));
    }

    [Fact]
    public async Task Saving_the_same_definition_again_changes_nothing()
    {
        await using var fixture = await StartAsync(City("上海"), countExisting: false);
        var before = (await ChangesAsync(fixture)).Count;

        await fixture.SaveAsync(DefinitionKinds.Segment, "locals", City("上海"));
        await fixture.UntilSweptAsync();

        Assert.Equal(before, (await ChangesAsync(fixture)).Count);
    }

    [Fact]
    public async Task A_segment_that_nobody_watches_is_saved_without_a_sweep()
    {
        await using var fixture = await DefinitionsFixture.StartAsync(withSweeps: false);

        await fixture.SaveAsync(DefinitionKinds.Segment, "locals", City("上海"));

        Assert.True(fixture.Sweeps.IsIdle);
    }

    [Fact]
    public async Task A_sweep_that_a_process_did_not_finish_is_taken_up_by_the_next()
    {
        var store = new Memory.InMemoryDefinitions();
        var engine = await EngineFixture.StartAsync();
        var first = await StartAsync(City("上海"), countExisting: false, engine, store);
        await first.Sweeps.DisposeAsync();
        await first.SaveAsync(DefinitionKinds.Segment, "locals", City("北京"));

        await using var second = await DefinitionsFixture.StartAsync(engine, store);
        await second.UntilSweptAsync();

        Assert.Contains(("u-bj", "segment_entered", "sweep"), await ChangesAsync(second));
        first.Registry.Dispose();
        await first.Connectors.DisposeAsync();
    }

    [Fact]
    public async Task While_a_publication_looks_at_who_is_in_it_a_segment_does_not_change()
    {
        await using var fixture = await DefinitionsFixture.StartAsync(withSweeps: false);
        await fixture.SaveAllAsync();
        await fixture.SaveAsync(DefinitionKinds.Segment, "locals", City("上海"));
        await fixture.SaveAsync(DefinitionKinds.Journey, "greet", Journey("greet", "entered", "hello"));
        await fixture.Journeys.PublishAsync("greet", InFlightChoice.Stay, false, "ann");

        var refused = await Assert.ThrowsAsync<DefinitionRefusedException>(() => fixture.SaveAsync(DefinitionKinds.Segment, "locals", City("北京")));

        Assert.Equal(Codes.SweepUnderWay, refused.Code);
        Assert.Equal(1, (await fixture.Store.FindAsync(DefinitionKinds.Segment, "locals", CancellationToken.None))!.PublishedVersion);
    }

    private static string City(string city) => Rule("contact.city", "=", city);

    private static string Rule(string field, string op, string value) =>
        $$"""{ "key": "locals", "rule": { "combinator": "and", "rules": [ { "field": "{{field}}", "operator": "{{op}}", "value": "{{value}}" } ] } }""";

    private static string Journey(string key, string change, string step) => $$"""
        { "key": "{{key}}", "trigger": { "on": "segment", "segment": "locals", "change": "{{change}}" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "{{step}}", "type": "wait", "for": "1d" } ] }
        """;

    /// <summary>One who lives in each of two cities, and journeys for who enters and who leaves; they were published and have swept.</summary>
    private static async Task<DefinitionsFixture> StartAsync(
        string segment, bool countExisting, EngineFixture? engine = null, Memory.InMemoryDefinitions? store = null)
    {
        var fixture = await DefinitionsFixture.StartAsync(engine, store);
        await fixture.SaveAllAsync();
        foreach (var (user, city) in (IEnumerable<(string, string)>)[("u-sh", "上海"), ("u-bj", "北京")])
        {
            await fixture.Engine.Engine.SubmitAsync(
                [Given.Event($"is-{user}", EventType.Identify, "identify", null, PropertyBag.Of(("city", city)), Given.User(user))]);
        }
        if (segment.Contains("northern", StringComparison.Ordinal))
        {
            await fixture.SaveAsync(DefinitionKinds.Segment, "northern", City("无").Replace("locals", "northern", StringComparison.Ordinal));
        }
        await fixture.SaveAsync(DefinitionKinds.Segment, "locals", segment);
        fixture.Engine.Clock.Advance(NodaTime.Duration.FromHours(1));
        await fixture.SaveAsync(DefinitionKinds.Journey, "greet", Journey("greet", "entered", "hello"));
        await fixture.SaveAsync(DefinitionKinds.Journey, "farewell", Journey("farewell", "left", "bye"));
        await fixture.Journeys.PublishAsync("greet", InFlightChoice.Stay, countExisting, "ann");
        await fixture.Journeys.PublishAsync("farewell", InFlightChoice.Stay, countExisting, "ann");
        await fixture.UntilSweptAsync();
        fixture.Engine.Clock.Advance(NodaTime.Duration.FromHours(1));
        return fixture;
    }

    private static async Task<List<(string User, string Kind, string Cause)>> ChangesAsync(DefinitionsFixture fixture)
    {
        var users = new Dictionary<long, string>();
        foreach (var user in (string[])["u-sh", "u-bj"])
        {
            users[(await fixture.Engine.ContactOfAsync(Given.User(user))).Id] = user;
        }
        var facts = await fixture.Engine.Memory.FactsAsync(new FactQuery(NewestFirst: false, Limit: 1_000), CancellationToken.None);
        return [.. facts.Where(fact => fact.Kind is "segment_entered" or "segment_left").Select(fact => (users[fact.Contact], fact.Kind, fact.Cause))];
    }

    private static async Task<IEnumerable<string>> StandingAsync(DefinitionsFixture fixture, string user, string journey) =>
        (await fixture.Engine.ContactOfAsync(Given.User(user))).Enrollments.Where(one => one.Journey == journey).Select(one => one.Step);
}
