using System.Text.Json;
using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Api;

/// <summary>What the designer asks while somebody writes: previews, counts, words, and who stands where.</summary>
public sealed class AuthoringApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task A_template_is_previewed_as_a_contact_and_says_why_it_would_not_leave()
    {
        var contact = await ContactAsync("preview-1", """{ "nickname": "小陈" }""");

        var preview = await _server.AskAsync(HttpMethod.Post, "/api/templates/preview", Asking(contact, "你好 {{ contact.nickname }}，订单 {{ event.order_id }}"));

        Assert.Equal("你好 小*，订单 o-1", preview.GetProperty("content").GetProperty("text").GetString());
        Assert.Equal("no_address", preview.GetProperty("refused").GetString());
        Assert.Equal(0, preview.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task A_faulty_template_is_previewed_by_its_fault()
    {
        var preview = await _server.AskAsync(HttpMethod.Post, "/api/templates/preview", Asking(null, "{{ 1 + }}"));

        Assert.False(preview.TryGetProperty("content", out _));
        Assert.Contains(preview.GetProperty("findings").EnumerateArray(), one => one.GetProperty("pointer").GetString() == "/content/text");
    }

    [Fact]
    public async Task A_test_message_lands_in_the_sandbox_and_changes_nothing_else()
    {
        var contact = await ContactAsync("preview-2", """{ "phone": "13800138222" }""");
        var before = (await _server.GetAsync($"/api/contacts/{contact}/timeline")).GetProperty("facts").GetArrayLength();

        var tested = await _server.AskAsync(HttpMethod.Post, "/api/templates/test", Asking(contact, "试发 {{ event.order_id }}"));
        var mails = (await _server.GetAsync($"/api/sandbox/mailbox?contact={contact}")).GetProperty("messages");

        Assert.Equal("delivered", tested.GetProperty("outcome").GetString());
        var mail = Assert.Single(mails.EnumerateArray());
        Assert.Equal(("试发 o-1", "+86138****8222"), (mail.GetProperty("content").GetProperty("text").GetString(), mail.GetProperty("address").GetString()));
        Assert.Equal(before, (await _server.GetAsync($"/api/contacts/{contact}/timeline")).GetProperty("facts").GetArrayLength());
        Assert.Equal(0, (await _server.GetAsync($"/api/messages?contact={contact}")).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task Matching_contacts_are_counted_with_examples()
    {
        var contact = await ContactAsync("counted", """{ "city": "Counting-by-the-Sea" }""");

        var count = await _server.AskAsync(HttpMethod.Post, "/api/segments/count", """
            { "rule": { "combinator": "and", "rules": [ { "field": "contact.city", "operator": "=", "value": "Counting-by-the-Sea" } ] } }
            """);
        var everybody = await _server.AskAsync(HttpMethod.Post, "/api/segments/count", """{ "rule": { "combinator": "and", "rules": [] } }""");

        Assert.Equal(1, count.GetProperty("matching").GetInt64());
        Assert.Equal(contact, Assert.Single(count.GetProperty("examples").EnumerateArray()).GetInt64());
        Assert.Equal(everybody.GetProperty("asked").GetInt64(), everybody.GetProperty("total").GetInt64());
        Assert.True(everybody.GetProperty("matching").GetInt64() >= 1);
    }

    [Fact]
    public async Task Before_publishing_it_is_told_who_would_enter()
    {
        await ContactAsync("forecast", "{}");
        await _server.TrackAsync("track", """{ "userId": "forecast", "event": "forecast_asked" }""");

        var lately = await _server.AskAsync(HttpMethod.Post, "/api/journeys/forecast/forecast", Journey("""{ "on": "event", "event": "forecast_asked" }"""));
        var calendar = await _server.AskAsync(HttpMethod.Post, "/api/journeys/forecast/forecast", Journey("""{ "on": "manual" }"""));
        using var faulty = _server.Request(HttpMethod.Post, "/api/journeys/forecast/forecast", Role.Marketer, """{ "key": "forecast", "steps": [] }""");

        Assert.Equal((true, 1L, 0L), (lately.GetProperty("known").GetBoolean(), lately.GetProperty("soon").GetInt64(), lately.GetProperty("already").GetInt64()));
        Assert.False(calendar.GetProperty("known").GetBoolean());
        Assert.Equal(400, (await _server.SendAsync(faulty)).Status);

        static string Journey(string trigger) => $$"""
            { "key": "forecast", "trigger": {{trigger}}, "steps": [ { "id": "wait", "type": "wait", "for": "1d" } ] }
            """;
    }

    [Fact]
    public async Task A_journey_tells_its_entries_by_day()
    {
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/by-day", """
            { "key": "by-day", "trigger": { "on": "event", "event": "day_came" }, "steps": [ { "id": "wait", "type": "wait", "for": "1d" } ] }
            """);
        await _server.AskAsync(HttpMethod.Post, "/api/journeys/by-day/publish", new { });
        await _server.TrackAsync("track", """{ "userId": "day-1", "event": "day_came" }""");

        var activity = await _server.GetAsync("/api/activity?days=7");
        using var wrong = _server.Request(HttpMethod.Get, "/api/activity?days=0", Role.Viewer);

        var entered = Assert.Single(activity.GetProperty("happened").EnumerateArray(), one => one.GetProperty("journey").GetString() == "by-day");
        Assert.Equal(("enrolled", 1L), (entered.GetProperty("name").GetString(), entered.GetProperty("count").GetInt64()));
        Assert.Equal(activity.GetProperty("to").GetString(), entered.GetProperty("day").GetString());
        Assert.Equal(400, (await _server.SendAsync(wrong)).Status);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_asked_says_what_is_wrong()
    {
        using var request = _server.Request(
            HttpMethod.Post, "/api/segments/count", Role.Marketer, """{ "rule": { "combinator": "and", "rules": [ { "field": "contact.city", "operator": "resembles", "value": "x" } ] } }""");

        var (status, problem) = await _server.SendAsync(request);

        Assert.Equal(400, status);
        Assert.StartsWith("/rule", problem.GetProperty("pointer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_vocabulary_holds_events_that_were_seen_and_no_names_of_people()
    {
        await ContactAsync("worded", "{}");
        await _server.TrackAsync("track", """{ "userId": "worded", "event": "tea_tasted", "properties": { "sort": "oolong", "phone": "13800138000", "cups": 2 } }""");

        var events = (await _server.GetAsync("/api/vocabulary")).GetProperty("events").EnumerateArray();
        var tasted = Assert.Single(events, one => one.GetProperty("name").GetString() == "tea_tasted").GetProperty("properties").EnumerateArray().ToList();

        Assert.Equal(["cups", "phone", "sort"], tasted.Select(one => one.GetProperty("name").GetString()));
        Assert.Equal("oolong", tasted[2].GetProperty("samples")[0].GetString());
        Assert.Equal(0, tasted[1].GetProperty("samples").GetArrayLength());
    }

    [Fact]
    public async Task Who_stands_at_a_step_is_told_with_the_time_they_leave()
    {
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/standing", """
            { "key": "standing", "trigger": { "on": "event", "event": "stood" }, "steps": [ { "id": "wait", "type": "wait", "for": "1d" } ] }
            """);
        await _server.AskAsync(HttpMethod.Post, "/api/journeys/standing/publish", new { });
        foreach (var who in new[] { "s-1", "s-2", "s-3" })
        {
            await _server.TrackAsync("track", $$"""{ "userId": "{{who}}", "event": "stood" }""");
        }

        var first = await _server.GetAsync("/api/journeys/standing/people?step=wait&limit=2");
        var rest = await _server.GetAsync($"/api/journeys/standing/people?step=wait&limit=2&after={first.GetProperty("next").GetString()}");
        using var wrong = _server.Request(HttpMethod.Get, "/api/journeys/standing/people?after=there", Role.Viewer);

        var people = first.GetProperty("people").EnumerateArray().Concat(rest.GetProperty("people").EnumerateArray()).ToList();
        Assert.Equal(3, people.Select(one => one.GetProperty("contact").GetInt64()).Distinct().Count());
        Assert.All(people, one => Assert.Equal(
            one.GetProperty("since").GetDateTimeOffset().AddDays(1), one.GetProperty("wake_at").GetDateTimeOffset(), TimeSpan.FromSeconds(1)));
        Assert.False(rest.TryGetProperty("next", out _));
        Assert.Equal(400, (await _server.SendAsync(wrong)).Status);
    }

    [Fact]
    public async Task What_happened_in_the_last_minutes_has_a_time()
    {
        await _server.TrackAsync("identify", """{ "userId": "recently" }""");
        await _server.AskAsync(HttpMethod.Put, "/api/templates/recently", """{ "key": "recently", "channel": "sms", "content": { "text": "x" } }""");

        var minutes = (await _server.GetAsync("/api/live?minutes=5")).GetProperty("minutes").EnumerateArray();

        Assert.All(minutes, one => Assert.InRange(one.GetProperty("at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(1)));
    }

    private async Task<long> ContactAsync(string user, string traits)
    {
        await _server.TrackAsync("identify", $$"""{ "userId": "{{user}}", "traits": {{traits}} }""");
        return (await _server.GetAsync($"/api/contacts?identity={user}")).GetProperty("contacts")[0].GetProperty("id").GetInt64();
    }

    private static string Asking(long? contact, string text) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["document"] = new { key = "draft", channel = "sms", content = new { text } },
        ["contact"] = contact,
        ["event"] = "order_paid",
        ["properties"] = new { order_id = "o-1" },
    });
}
