using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Ingest;

public sealed class TrackingApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    // The tests share a server, so each has a person of its own.
    private readonly string _user = Guid.NewGuid().ToString("N");

    public static TheoryData<string, string, int, string, string> BadInputs => new()
    {
        { "track", "", 400, "malformed_json", "" },
        { "track", """{ "userId": "u", "event": """, 400, "malformed_json", "" },
        { "track", """{ "userId": "u", "event": "e" } x""", 400, "malformed_json", "" },
        { "track", """{ "userId": "u", "event": "a\u""", 400, "malformed_json", "" },
        { "track", "[]", 400, "wrong_type", "" },
        { "track", "null", 400, "wrong_type", "" },
        { "track", """{ "userId": 42, "event": "e" }""", 400, "wrong_type", "/userId" },
        { "track", """{ "userId": "u", "event": null }""", 400, "wrong_type", "/event" },
        { "track", """{ "userId": "u", "event": ["e"] }""", 400, "wrong_type", "/event" },
        { "track", """{ "userId": "u", "event": "e", "properties": [] }""", 400, "wrong_type", "/properties" },
        { "track", """{ "userId": "u", "event": "e", "messageId": 1 }""", 400, "wrong_type", "/messageId" },
        { "track", """{ "userId": "u", "event": "e", "timestamp": 1767225600 }""", 400, "wrong_type", "/timestamp" },
        { "track", """{ "userId": "u", "event": "e", "timestamp": "yesterday" }""", 400, "bad_time", "/timestamp" },
        { "track", """{ "userId": "u", "event": "e", "timestamp": "0001-01-01T00:00:00Z" }""", 400, "bad_time", "/timestamp" },
        { "track", """{ "userId": "u", "event": "e", "properties": { "n": 1e999 } }""", 400, "bad_number", "" },
        { "track", """{ "userId": "u", "event": "" }""", 400, "missing_property", "/event" },
        { "track", """{ "userId": "u" }""", 400, "missing_property", "/event" },
        { "track", """{ "event": "e" }""", 400, "no_identity", "" },
        { "track", """{ "userId": null, "anonymousId": "", "event": "e" }""", 400, "no_identity", "" },
        { "group", """{ "userId": "u" }""", 400, "missing_property", "/groupId" },
        { "alias", """{ "userId": "u" }""", 400, "missing_property", "/previousId" },
        { "identify", """{ "userId": "u", "traits": "t" }""", 400, "wrong_type", "/traits" },
        { "batch", """{ "batch": {} }""", 400, "wrong_type", "/batch" },
        { "batch", """{ "events": [] }""", 400, "missing_property", "/batch" },
        { "batch", """{ "batch": [ """, 400, "malformed_json", "" },
    };

    [Theory]
    [MemberData(nameof(BadInputs))]
    public async Task Bad_input_gets_a_clear_answer(string call, string json, int status, string code, string pointer)
    {
        var before = await _server.FactsAsync("events_rejected");

        var (answered, problem) = await _server.TrackAsync(call, json);

        Assert.Equal(status, answered);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(pointer, problem.GetProperty("pointer").GetString());
        Assert.StartsWith("Expected ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(", but ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var after = await _server.FactsAsync("events_rejected");
        Assert.Equal(before.Count + 1, after.Count);
        Assert.Equal(code, after[0].Reason);
    }

    [Fact]
    public async Task An_event_over_32_KB_is_too_large()
    {
        var (status, problem) = await _server.TrackAsync("track", Event("m-1", new string('x', 32 * 1024)));

        Assert.Equal(413, status);
        Assert.Equal("event_too_large", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_batch_over_500_KB_is_too_large_also_when_it_comes_small()
    {
        var batch = Batch([.. Enumerable.Range(0, 30).Select(n => Event($"m-{n}", new string('x', 20_000)))]);

        var (status, problem) = await _server.TrackAsync("batch", batch);
        var (packedStatus, packedProblem) = await SendPackedAsync("batch", batch);

        Assert.Equal((413, "batch_too_large"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal((413, "batch_too_large"), (packedStatus, packedProblem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_bad_event_of_a_batch_does_not_cost_the_others()
    {
        var (status, answer) = await _server.TrackAsync("batch", Batch(
            Event("m-1"), """{ "type": "track", "messageId": "m-2", "event": "e" }""", """{ "type": "dance", "userId": "u" }""", "7",
            Event("m-5", new string('x', 33_000)), Event("m-6")));

        Assert.Equal(200, status);
        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(
            [("no_identity", "/batch/1"), ("unknown_type", "/batch/2/type"), ("wrong_type", "/batch/3"), ("event_too_large", "/batch/4")],
            answer.GetProperty("rejected").EnumerateArray().Select(one => (one.GetProperty("code").GetString()!, one.GetProperty("pointer").GetString()!)));
        Assert.Equal("m-2", answer.GetProperty("rejected")[0].GetProperty("message_id").GetString());
        Assert.Equal(2, (await EventsAsync("user_id", _user)).Count);
        Assert.Equal(
            ["event_too_large", "no_identity", "unknown_type", "wrong_type"], (await _server.FactsAsync("events_rejected")).Take(4).Select(fact => fact.Reason!).Order());
    }

    [Fact]
    public async Task A_refused_event_stands_in_the_ledger_with_its_reason_and_without_what_it_said()
    {
        await _server.TrackAsync("track", """{ "userId": 13800138000, "messageId": "m-9", "event": "e" }""");

        var fact = (await _server.FactsAsync("events_rejected"))[0];
        Assert.Equal("wrong_type", fact.Reason);
        Assert.Equal(0, fact.Contact);
        Assert.StartsWith("key:", fact.Actor, StringComparison.Ordinal);
        Assert.Contains("/userId", fact.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("138001", fact.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_that_is_no_number_is_left_out_with_a_fact_and_the_rest_is_taken()
    {
        var (status, _) = await _server.TrackAsync("identify", """{ "userId": "phoneless", "traits": { "phone": "12", "city": "上海" } }""");

        var fact = (await _server.FactsAsync("events_rejected"))[0];
        Assert.Equal((200, "bad_phone"), (status, fact.Reason));
        Assert.Contains("/traits/phone", fact.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_somebody_elses_stays_theirs_with_a_fact()
    {
        await _server.TrackAsync("identify", """{ "userId": "first-owner", "traits": { "phone": "13900139777" } }""");
        await _server.TrackAsync("identify", """{ "userId": "second-owner", "messageId": "m-taken", "traits": { "phone": "13900139777" } }""");

        var fact = (await _server.FactsAsync("stimulus_rejected"))[0];
        Assert.Equal(("identity_taken", "event:m-taken"), (fact.Reason, fact.Cause));
        Assert.DoesNotContain("13900139777", fact.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/v1/trak", 404)]
    [InlineData("GET", "/v1/track", 405)]
    public async Task A_wrong_address_is_not_a_question_of_keys(string method, string path, int expected)
    {
        using var request = _server.Request(new HttpMethod(method), path, Role.Write);

        var (status, _) = await _server.SendAsync(request);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task A_packed_body_is_read()
    {
        var (status, answer) = await SendPackedAsync("batch", Batch(Event("m-1")));

        Assert.Equal(200, status);
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Single(await EventsAsync("user_id", _user));
    }

    [Fact]
    public async Task A_body_that_is_not_packed_as_it_says_is_refused()
    {
        using var request = Packed("track", Encoding.UTF8.GetBytes(Event("m-1")));

        var (status, problem) = await _server.SendAsync(request);

        Assert.Equal((400, "malformed_encoding"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_same_message_id_twice_is_one_event()
    {
        await _server.TrackAsync("batch", Batch(Event("m-1"), Event("m-1")));
        var (status, answer) = await _server.TrackAsync("track", Event("m-1"));

        Assert.Equal(200, status);
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Single(await EventsAsync("user_id", _user));
    }

    [Fact]
    public async Task Text_that_is_no_UTF_8_is_refused()
    {
        using var request = _server.Request(HttpMethod.Post, "/v1/track", Role.Write);
        request.Content = new ByteArrayContent([.. "{\"userId\":\"u\",\"event\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);

        var (status, problem) = await _server.SendAsync(request);

        Assert.Equal((400, "malformed_json"), (status, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(null, 401, "missing_key")]
    [InlineData("Basic d3Jvbmc6", 401, "unknown_key")]
    [InlineData("Basic !!!", 401, "unknown_key")]
    [InlineData("Bearer am_write_nobody", 401, "unknown_key")]
    [InlineData("Digest x", 401, "unknown_key")]
    public async Task Without_a_known_key_nothing_is_taken(string? authorization, int status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track") { Content = new StringContent(Event("m-1")) };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var (answered, problem) = await _server.SendAsync(request);

        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
        Assert.Empty(await EventsAsync("user_id", _user));
    }

    [Fact]
    public async Task The_write_key_may_stand_in_the_body()
    {
        var json = $$"""{ "writeKey": "{{_server.Key(Role.Write)}}", "userId": "u-1", "event": "e" }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track") { Content = new StringContent(json, Encoding.UTF8, "text/plain") };

        var (status, _) = await _server.SendAsync(request);

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_viewer_may_not_send_events()
    {
        using var request = _server.Request(HttpMethod.Post, "/v1/track", Role.Viewer, Event("m-1"));

        var (status, problem) = await _server.SendAsync(request);

        Assert.Equal((403, "forbidden"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_page_of_any_origin_may_send_events()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/track");
        preflight.Headers.Add("Origin", "https://shop.example");
        using var answer = await _server.Http.SendAsync(preflight);

        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Authorization", answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<ContactEvent>> EventsAsync(string type, string value)
    {
        var contact = await _server.Ledger.FindContactAsync(new Identity(type, value), CancellationToken.None);
        return contact is { } id ? await _server.Ledger.EventsAsync(id, 100, CancellationToken.None) : [];
    }

    private async Task<(int Status, JsonElement Body)> SendPackedAsync(string call, string json)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(json));
        }
        using var request = Packed(call, packed.ToArray());
        return await _server.SendAsync(request);
    }

    private HttpRequestMessage Packed(string call, byte[] bytes)
    {
        var request = _server.Request(HttpMethod.Post, $"/v1/{call}", Role.Write);
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        return request;
    }

    private string Event(string messageId, string note = "") =>
        $$"""{ "type": "track", "userId": "{{_user}}", "messageId": "{{messageId}}-{{_user}}", "event": "e", "properties": { "note": "{{note}}" } }""";

    private static string Batch(params string[] events) => $$"""{ "batch": [ {{string.Join(", ", events)}} ], "sentAt": "2026-01-01T00:00:00Z" }""";
}
