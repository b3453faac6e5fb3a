using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Server.Ingest;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Ingest;

public sealed class TrackingEventsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void A_track_call_is_an_event_of_its_own_name()
    {
        var happened = Read("""
            { "type": "track", "userId": "u-1", "anonymousId": "a-1", "messageId": "m-1", "event": "order_paid",
              "timestamp": "2026-03-01T19:59:00+08:00", "properties": { "amount": 12.50, "note": null } }
            """);

        Assert.Equal("order_paid", happened.Name);
        Assert.Equal(EventType.Track, happened.Type);
        Assert.Equal(Now - Duration.FromMinutes(1), happened.OccurredAt);
        Assert.Equal<Identity>([new Identity("user_id", "u-1"), new Identity("anonymous_id", "a-1")], happened.Identities);
        Assert.Equal(12.50m, happened.Properties["amount"]);
        Assert.Null(happened.Properties["note"]);
    }

    [Fact]
    public void Traits_that_are_identities_become_identities()
    {
        var happened = Read("""
            { "type": "identify", "userId": "u-1",
              "traits": { "phone": "138 0013 8000", "external_user_id": "wm-1", "union_id": "un-1", "open_id:wx1": "o-1", "level": "vip" } }
            """);

        Assert.Equal<Identity>(
            [
                new Identity("user_id", "u-1"), new Identity("phone", "+8613800138000"), new Identity("external_user_id", "wm-1"),
                new Identity("union_id", "un-1"), new Identity("open_id:wx1", "o-1"),
            ],
            happened.Identities);
        Assert.Equal("vip", happened.Properties["level"]);
    }

    [Fact]
    public void The_context_tells_who_it_is_too()
    {
        var happened = Read("""
            { "type": "track", "anonymousId": "a-1", "event": "seen",
              "context": { "library": { "name": "x" }, "traits": { "phone": 13800138000 },
                           "externalIds": [ { "id": "o-9", "type": "open_id:wx9" }, { "id": "idfa", "type": "ios.idfa" }, "odd" ] } }
            """);

        Assert.Equal<Identity>(
            [new Identity("anonymous_id", "a-1"), new Identity("phone", "+8613800138000"), new Identity("open_id:wx9", "o-9")], happened.Identities);
    }

    [Fact]
    public void Joining_a_group_is_an_event_with_the_group()
    {
        var happened = Read("""{ "type": "group", "userId": "u-1", "groupId": "g-42", "traits": { "name": "Tea" } }""");

        Assert.Equal(ContactEvent.GroupJoined, happened.Name);
        Assert.Equal(PropertyBag.Of(("name", "Tea"), ("group_id", "g-42")), happened.Properties);
    }

    [Fact]
    public void A_page_has_its_name_among_its_properties()
    {
        var happened = Read("""{ "type": "page", "userId": "u-1", "name": "Pricing", "category": "shop", "properties": { "path": "/pricing" } }""");

        Assert.Equal("page", happened.Name);
        Assert.Equal(PropertyBag.Of(("path", "/pricing"), ("name", "Pricing"), ("category", "shop")), happened.Properties);
    }

    [Fact]
    public void An_alias_names_both()
    {
        var happened = Read("""{ "type": "alias", "userId": "u-1", "previousId": "a-1" }""");

        Assert.Equal<Identity>(
            [new Identity("user_id", "u-1"), new Identity("anonymous_id", "a-1"), new Identity("user_id", "a-1")], happened.Identities);
    }

    [Theory]
    [InlineData("2026-03-01T11:00:00Z", "2026-03-01T11:30:00Z", "2026-03-01T11:30:00Z")] // Clock half an hour slow.
    [InlineData("2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z", "2026-03-01T11:00:00Z")] // Clock a day fast.
    [InlineData("2025-03-01T11:00:00Z", "2026-03-01T12:00:00Z", "2025-03-01T11:00:00Z")] // A year old, and the clock is right.
    public void A_wrong_clock_is_set_right_by_the_time_of_sending(string timestamp, string sentAt, string occurred)
    {
        var happened = Read($$"""{ "type": "track", "userId": "u", "event": "e", "timestamp": "{{timestamp}}", "sentAt": "{{sentAt}}" }""");

        Assert.Equal(occurred, happened.OccurredAt.ToString());
    }

    [Fact]
    public void An_event_from_tomorrow_happened_now_and_says_so()
    {
        var happened = Read("""{ "type": "track", "userId": "u", "event": "e", "timestamp": "2026-03-02T12:00:00Z" }""");

        Assert.Equal(Now, happened.OccurredAt);
        Assert.Equal("2026-03-02T12:00:00Z", happened.Properties["clock_ahead"]);
    }

    [Fact]
    public void A_time_without_an_offset_is_utc_on_every_machine()
    {
        var happened = Read("""{ "type": "track", "userId": "u", "event": "e", "timestamp": "2026-03-01T11:00:00.123" }""");

        Assert.Equal(Instant.FromUtc(2026, 3, 1, 11, 0) + Duration.FromMilliseconds(123), happened.OccurredAt);
    }

    [Fact]
    public void Text_of_every_kind_passes_unharmed()
    {
        var happened = Read("""{ "type": "track", "userId": "用户-🌱", "event": "下单 🎉", "properties": { "𠮷": "\ud83c\udf31 𠮷野家 \u0000 \ud83c" } }""");

        Assert.Equal("用户-🌱", happened.Identities[0].Value);
        Assert.Equal("下单 🎉", happened.Name);
        Assert.Equal("🌱 𠮷野家 \uFFFD \uFFFD", happened.Properties["𠮷"]);
    }

    [Fact]
    public void A_call_without_a_message_id_gets_one_of_its_own()
    {
        const string json = """{ "type": "track", "userId": "u", "event": "e" }""";

        Assert.NotEqual(Read(json).MessageId, Read(json).MessageId);
        Assert.Equal("line-7", TrackingEvents.ReadLine(Encoding.UTF8.GetBytes(json), null, "line-7", out _)!.MessageId);
    }

    [Fact]
    public void A_recording_takes_its_own_time_for_its_arrival()
    {
        var line = """{ "type": "track", "userId": "u", "event": "e", "timestamp": "2020-01-01T00:00:00Z", "sentAt": "2024-01-01T00:00:00Z" }"""u8;

        var happened = TrackingEvents.ReadLine(line.ToArray(), null, null, out _)!;

        Assert.Equal(Instant.FromUtc(2020, 1, 1, 0, 0), happened.OccurredAt);
        Assert.Equal(happened.OccurredAt, happened.ReceivedAt);
    }

    private static ContactEvent Read(string json)
    {
        var happened = TrackingEvents.ReadLine(Encoding.UTF8.GetBytes(json), Now, null, out var problem);
        Assert.Null(problem);
        return happened!;
    }
}
