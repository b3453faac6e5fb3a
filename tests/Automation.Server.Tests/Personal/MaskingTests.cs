using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Security;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Automation.Server.Tests.Personal;

/// <summary>Somebody whose name and numbers stand wherever one can stand; then every route is asked about them, as everybody.</summary>
public sealed class MaskingTests(PersonFixture fixture) : IClassFixture<PersonFixture>
{
    private readonly RunningServer _server = fixture.Server;

    private static readonly Role[] Readers = [Role.Viewer, Role.Operator, Role.Marketer, Role.Developer, Role.Admin];

    [Fact]
    public async Task No_route_tells_anybody_a_name_or_a_number_who_did_not_ask_to_see_it()
    {
        var told = new List<string>();
        var asked = 0;
        foreach (var path in Paths())
        {
            foreach (var role in Readers)
            {
                using var request = _server.Request(HttpMethod.Get, path, role);
                using var answer = await _server.Http.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                asked++;
                told.AddRange(PersonFixture.Markers.Where(marker => body.Contains(marker, StringComparison.Ordinal)).Select(marker => $"{path} as {role}: {marker}"));
            }
        }

        Assert.Empty(told);
        Assert.True(asked > 200);
    }

    [Fact]
    public async Task Previews_and_test_messages_are_written_with_what_their_author_may_see()
    {
        var asked = new
        {
            document = new { key = "peek", channel = "sms", content = new { text = "{{ contact.name }} {{ contact.email }} {{ contact.phone }} {{ contact.customer.name }}" } },
            contact = fixture.Contact,
        };
        foreach (var path in new[] { "/api/templates/preview", "/api/templates/test" })
        {
            using var request = _server.Request(HttpMethod.Post, path, Role.Marketer, asked);
            using var answer = await _server.Http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();

            Assert.True(answer.IsSuccessStatusCode, body);
            Assert.DoesNotContain(PersonFixture.Markers, marker => body.Contains(marker, StringComparison.Ordinal));
        }
        var mails = await _server.GetAsync($"/api/sandbox/mailbox?contact={fixture.Contact}&reveal=true");
        Assert.Contains(mails.GetProperty("messages").EnumerateArray(), mail => mail.GetProperty("content").GetProperty("text").GetString()!.StartsWith("欧* m***@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Masked_values_can_be_recognised()
    {
        var contact = await _server.GetAsync($"/api/contacts/{fixture.Contact}");

        var attributes = contact.GetProperty("attributes");
        Assert.Equal(("欧*", "m***@example.com", "•••"), (Text(attributes, "name"), Text(attributes, "email"), Text(attributes.GetProperty("address"), "street")));
        Assert.Equal("欧*", Text(attributes.GetProperty("customer"), "name"));
        Assert.Equal("call 139****1234 please", Text(attributes, "note"));
        Assert.Contains(contact.GetProperty("identities").EnumerateArray(), one => Text(one, "value") == "+86139****1234");
        var message = (await _server.GetAsync($"/api/messages?contact={fixture.Contact}")).GetProperty("messages")[0];
        Assert.Equal(("+86139****1234", "欧*：订单到 •••，m***@example.com"), (Text(message, "address"), Text(message.GetProperty("content"), "text")));
    }

    [Theory]
    [InlineData(Role.Operator, 200)]
    [InlineData(Role.Admin, 200)]
    [InlineData(Role.Viewer, 403)]
    [InlineData(Role.Marketer, 403)]
    [InlineData(Role.Developer, 403)]
    public async Task Who_may_see_in_clear_says_so_and_it_is_on_record(Role role, int status)
    {
        var before = (await _server.FactsAsync("personal_data_seen")).Count;
        using var request = _server.Request(HttpMethod.Get, $"/api/contacts/{fixture.Contact}?reveal=true", role);

        var (answered, body) = await _server.SendAsync(request);
        var seen = await _server.FactsAsync("personal_data_seen");

        Assert.Equal(status, answered);
        Assert.Equal(before + (status == 200 ? 1 : 0), seen.Count);
        if (status == 200)
        {
            Assert.Equal("欧阳标记", Text(body.GetProperty("attributes"), "name"));
            Assert.Equal(fixture.Contact, seen[0].Contact);
            Assert.StartsWith("key:", seen[0].Actor, StringComparison.Ordinal);
            Assert.Contains($"\"/api/contacts/{fixture.Contact}\"", seen[0].Details, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/contacts?identity=phone:13900001234")]
    [InlineData("/api/messages?contact=phone:13900001234")]
    [InlineData("/api/audit?contact=phone:13900001234")]
    [InlineData("/api/audit/why?contact=phone:13900001234&day=2026-01-01")]
    [InlineData("/api/sandbox/mailbox?address=%2B8613900001234")]
    public async Task A_number_finds_nobody_for_who_may_not_see_it_so_masked_ones_cannot_be_tried_out(string path)
    {
        using var marketer = _server.Request(HttpMethod.Get, path, Role.Marketer);
        using var someOperator = _server.Request(HttpMethod.Get, path, Role.Operator);

        var (status, problem) = await _server.SendAsync(marketer);

        Assert.Equal((403, "personal_lookup"), (status, Text(problem, "code")));
        Assert.Equal(200, (await _server.SendAsync(someOperator)).Status);
    }

    [Theory]
    [InlineData(Role.Marketer, 0)]
    [InlineData(Role.Admin, 1)]
    public async Task A_condition_on_a_piece_of_a_number_counts_nobody_for_who_may_not_see_it(Role role, int matching)
    {
        using var request = _server.Request(HttpMethod.Post, "/api/segments/count", role, """
            { "rule": { "combinator": "and", "rules": [ { "field": "contact.note", "operator": "contains", "value": "13900001" } ] } }
            """);

        var (_, count) = await _server.SendAsync(request);

        Assert.Equal(matching, count.GetProperty("matching").GetInt32());
    }

    [Fact]
    public async Task Text_in_the_ledger_is_looked_for_in_what_is_shown()
    {
        var stored = await _server.Ledger.FactsAsync(new FactQuery(Contact: fixture.Contact) { Text = "13900001234" }, CancellationToken.None);
        var shown = (await _server.GetAsync($"/api/audit?contact={fixture.Contact}&text=13900001234")).GetProperty("facts");
        var other = (await _server.GetAsync($"/api/audit?contact={fixture.Contact}&text=上海")).GetProperty("facts");

        Assert.Empty(stored);
        Assert.Equal(0, shown.GetArrayLength());
        Assert.NotEqual(0, other.GetArrayLength());
    }

    [Fact]
    public async Task A_workspace_names_fields_of_its_own()
    {
        var revision = (await _server.GetAsync("/api/settings")).GetProperty("revision").GetInt32();
        await _server.AskAsync(
            HttpMethod.Put, "/api/settings", """{ "personal": ["license_plate"], "consent": { "sms": "assumed" }, "accounts": { "sms": "sandbox" } }""", $"\"{revision}\"");
        await _server.TrackAsync("identify", """{ "userId": "declared", "traits": { "license_plate": "沪A12345", "city": "上海" } }""");

        var contact = (await _server.GetAsync("/api/contacts?identity=user_id:declared")).GetProperty("contacts")[0].GetProperty("attributes");

        Assert.Equal(("•••", "上海"), (Text(contact, "license_plate"), Text(contact, "city")));
    }

    [Fact]
    public void Letters_that_nobody_could_deliver_are_masked_and_hidden_where_nobody_can_read_them()
    {
        const string body = """{"traits":{"name":"欧阳标记","phone":"13900001234","city":"上海"}}""";

        var whole = DeadLettersApi.DeadLetterAnswer.Of(new DeadLetter("in", "", "bad", "now", 10, body), PersonalFields.Default);
        var torn = DeadLettersApi.DeadLetterAnswer.Of(new DeadLetter("in", "", "bad", "now", 10, body[..40]), PersonalFields.Default);

        Assert.Equal("""{"traits":{"name":"欧*","phone":"139****1234","city":"上海"}}""", whole.Body);
        Assert.Equal("•••", torn.Body);
    }

    [Fact]
    public async Task Rows_that_an_import_refuses_come_back_without_what_they_said()
    {
        var answer = await _server.AskAsync(HttpMethod.Post, "/api/import", "{\"id\":\"x-1\",\"call\":{\"type\":\"track\",\"userId\":\"13900001234\",\"timestamp\":\"欧阳标记\",\"properties\":{\"name\":\"欧阳标记\",\"phone\":\"13900001234\"}}}\n");

        Assert.Equal(1, answer.GetProperty("rejected").GetArrayLength());
        Assert.DoesNotContain(PersonFixture.Markers, marker => answer.GetRawText().Contains(marker, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_of_them_is_logged() =>
        Assert.DoesNotContain(fixture.Log.Lines, line => PersonFixture.Markers.Any(marker => line.Contains(marker, StringComparison.Ordinal)));

    /// <summary>Every route that is read, about this person, this journey and this message; and lists with the filters that matter.</summary>
    private IEnumerable<string> Paths()
    {
        var routes = _server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => path.StartsWith("/api/", StringComparison.Ordinal) && path is not ("/api/live/feed" or "/api/contacts/{id:long}/export"));
        foreach (var route in routes)
        {
            yield return route.Replace("{id:long}", $"{fixture.Contact}", StringComparison.Ordinal).Replace("{id:guid}", fixture.Message, StringComparison.Ordinal)
                .Replace("{key}", "person-hello", StringComparison.Ordinal);
        }
        yield return "/api/contacts?identity=user_id:person-1";
        yield return $"/api/contacts?after={fixture.Contact - 1}&limit=1";
        yield return $"/api/contacts?after={fixture.Contact - 1}&limit=1&reveal=false";
        yield return $"/api/audit?contact={fixture.Contact}&limit=1000";
        yield return $"/api/audit?contact={fixture.Contact}&text=phone";
        yield return "/api/audit/export?format=csv";
        yield return "/api/audit/export?format=ndjson";
        yield return $"/api/audit/why?contact={fixture.Contact}&journey=person-hello";
        yield return $"/api/audit/why?contact={fixture.Contact}&journey=person-hello&language=zh";
        yield return $"/api/audit/why?contact={fixture.Contact}&message={fixture.Message}";
        yield return $"/api/audit/people?journey=person-hello";
        yield return $"/api/sandbox/mailbox?contact={fixture.Contact}";
        yield return "/api/messages?journey=person-hello";
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
