namespace Automation.Runtime.Tests.Loop;

/// <summary>Events that journeys emit are decided in the batch that caused them.</summary>
public sealed class EmittedEventsTests
{
    private const string First = """
        { "key": "first", "trigger": { "on": "event", "event": "joined" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "tell", "type": "emit", "event": "welcomed", "properties": { "by": "first" } } ] }
        """;

    private const string Second = """
        { "key": "second", "trigger": { "on": "event", "event": "welcomed" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "tell", "type": "emit", "event": "greeted" }, { "id": "day", "type": "wait", "for": "1d" } ] }
        """;

    private static readonly string Chained = Second.Replace("\"event\": \"greeted\" }", "\"event\": \"greeted\", \"next\": \"day\" }", StringComparison.Ordinal);

    [Fact]
    public async Task What_one_journey_emits_starts_the_next_in_the_same_commit()
    {
        await using var fixture = await EngineFixture.StartAsync(journeys: Workspaces.Source(Workspaces.Of(First, Chained)));

        await fixture.Engine.SubmitAsync([Given.Track("m1", "u1", "joined"), Given.Track("m2", "u2", "joined")]);

        var batch = Assert.Single(fixture.Store.Committed);
        Assert.Equal(["joined", "welcomed", "greeted", "joined", "welcomed", "greeted"], batch.Events.OrderBy(one => one.Sequence).Select(one => one.Event.Name));
        Assert.Equal(6, batch.Events.Select(one => one.Event.MessageId).Distinct().Count());
        Assert.Equal("second", Assert.Single((await fixture.ContactOfAsync(Given.User("u1"))).Enrollments).Journey);
    }

    [Fact]
    public async Task A_batch_that_is_decided_again_emits_nothing_twice()
    {
        await using var fixture = await EngineFixture.StartAsync(journeys: Workspaces.Source(Workspaces.Of(First, Chained)));
        fixture.Store.Next(_ => throw new IOException("once"));

        await fixture.Engine.SubmitAsync([Given.Track("m1", "u1", "joined")]);
        await fixture.Engine.SubmitAsync([Given.Track("m1", "u1", "joined")]);

        var events = (await fixture.RecordsAsync()).Where(record => record.Event is not null).Select(record => record.Event!.Value.Event);
        Assert.Equal(["joined", "welcomed", "greeted"], events.Select(one => one.Name));
        Assert.All(events, one => Assert.Equal(one.Name == "joined" ? 0 : one.Name == "welcomed" ? 1 : 2, one.EmitDepth));
    }
}
