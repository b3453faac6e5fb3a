using System.Text;
using System.Text.Json.Nodes;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Journeys.Documents;

public sealed class JourneyDocumentTests
{
    // A fixed seed: a failure today is the same failure tomorrow.
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithReplay(20260301, 77);

    [Fact]
    public void The_designs_example_is_read_without_a_finding()
    {
        var (journey, findings) = Read(DesignExample.Json);

        Assert.Empty(findings);
        Assert.Equal("newcomer-benefit", journey!.Key);
        Assert.Equal(["day-1", "gate", "vip", "offer"], journey.Steps.Select(step => step.Id));
        Assert.Equal(Duration.FromDays(7), journey.Goal!.Within);
    }

    [Fact]
    public void The_designs_example_keeps_every_key_in_its_order()
    {
        var written = Encoding.UTF8.GetString(JourneyDocument.Write(Read(DesignExample.Json).Value!));

        // The one thing that changes: a duration is written in the largest unit that divides it.
        var expected = JsonNode.Parse(DesignExample.Json.Replace("24h", "1d", StringComparison.Ordinal))!;
        Assert.Equal(expected.ToJsonString(), JsonNode.Parse(written)!.ToJsonString());
    }

    [Fact]
    public void Canonical_text_has_two_spaces_line_feeds_and_letters_as_they_are()
    {
        var journey = Read("""{"steps":[{"type":"exit","id":"end"}],"trigger":{"on":"manual"},"name":"入群　🎁 \\ud83d\\ude00 <b>","key":"k","entry":{"repeat":"once"}}""").Value!;

        var written = Encoding.UTF8.GetString(JourneyDocument.Write(journey));

        Assert.Equal(
            "{\n  \"key\": \"k\",\n  \"name\": \"入群　🎁 \\\\ud83d\\\\ude00 <b>\",\n  \"trigger\": {\n    \"on\": \"manual\"\n  },\n  \"steps\": [\n"
            + "    {\n      \"id\": \"end\",\n      \"type\": \"exit\"\n    }\n  ]\n}\n",
            written);
    }

    [Fact]
    public void Any_journey_survives_writing_and_reading() => Check(journey =>
    {
        var (read, findings) = JourneyDocument.Read(JourneyDocument.Write(journey));

        Assert.Empty(findings);
        Assert.Equal(Structure.Of(journey), Structure.Of(read));
    });

    [Fact]
    public void Canonical_bytes_stay_the_same_when_read_and_written_again() => Check(journey =>
    {
        var once = JourneyDocument.Write(journey);

        Assert.Equal(once, JourneyDocument.Write(JourneyDocument.Read(once).Value!));
    });

    [Fact]
    public void A_document_with_one_byte_broken_never_throws() => Check(journey =>
    {
        var bytes = JourneyDocument.Write(journey);
        for (var i = 0; i < bytes.Length; i += 41)
        {
            var broken = (byte[])bytes.Clone();
            broken[i] = (byte)"{}[]\",:0x\\\u0001"[i % 11];

            var (read, findings) = JourneyDocument.Read(broken);

            Assert.True(read is not null || !findings.IsEmpty);
        }
    }, 15);

    [Fact]
    public void A_document_with_one_value_exchanged_never_throws() => Check(journey =>
    {
        foreach (var strange in (string[])["null", "0", "-1", "1e400", "true", "\"\"", "\"\\ud800\"", "[]", "[null]", "{}", "{\"a\":{}}"])
        {
            var root = JsonNode.Parse(JourneyDocument.Write(journey))!;
            foreach (var (owner, key) in Places(root).ToList())
            {
                var before = owner[key];
                owner[key] = null;
                var text = root.ToJsonString().Replace($"\"{key}\":null", $"\"{key}\":{strange}", StringComparison.Ordinal);

                var (read, findings) = Read(text);

                Assert.True(read is not null || !findings.IsEmpty);
                owner[key] = before;
            }
        }
    }, 3);

    [Theory]
    [InlineData("""{"repeat":"once"}""", EntryRepeat.Once)]
    [InlineData("""{"repeat":"always"}""", EntryRepeat.Always)]
    [InlineData("""{"repeat":{"after":"30d"}}""", EntryRepeat.After)]
    [InlineData("""{"repeat":"after","after":"30d"}""", EntryRepeat.After)]
    [InlineData("""{"after":"30d"}""", EntryRepeat.After)]
    [InlineData("""{"repeat":{"per":"event.order_id"}}""", EntryRepeat.Per)]
    [InlineData("""{"repeat":"per","per":"event.order_id"}""", EntryRepeat.Per)]
    [InlineData("""{"per":"event.order_id"}""", EntryRepeat.Per)]
    public void Entry_is_read_in_all_its_forms(string entry, EntryRepeat repeat)
    {
        var (journey, findings) = Read($$"""{"key":"k","trigger":{"on":"manual"},"entry":{{entry}},"steps":[{"id":"a","type":"exit"}]}""");

        Assert.Empty(findings);
        Assert.Equal(repeat, journey!.Entry.Repeat);
        Assert.Equal(repeat == EntryRepeat.After ? Duration.FromDays(30) : null, journey.Entry.After);
        Assert.Equal(repeat == EntryRepeat.Per ? "event.order_id" : null, journey.Entry.Per);
    }

    [Fact]
    public void A_name_alone_stands_for_an_event_pattern()
    {
        var (journey, _) = Read(
            """{"key":"k","trigger":{"on":"not_done","did":"cart_added","but_not":{"event":"order_paid"},"within":"2h"},"steps":[]}""");

        var trigger = Assert.IsType<Trigger.OnNotDone>(journey!.Trigger);
        Assert.Equal("cart_added", trigger.Did.Event);
        Assert.Equal("order_paid", trigger.ButNot.Event);
    }

    [Fact]
    public void Prefixes_that_go_without_saying_are_left_out()
    {
        var (journey, findings) = Read("""
            {"key":"k","trigger":{"on":"date","attribute":"contact.birthday"},"goal":{"event":"order_paid","value":"event.amount"},"steps":[]}
            """);

        Assert.Empty(findings);
        Assert.Equal("birthday", Assert.IsType<Trigger.OnDate>(journey!.Trigger).Attribute);
        Assert.Equal("amount", journey.Goal!.Value);
    }

    [Fact]
    public void The_query_builders_own_keys_are_passed_over()
    {
        var (journey, findings) = Read("""
            {"key":"k","trigger":{"on":"event","event":"e","where":{"id":"g1","path":[],"combinator":"and","not":false,
              "rules":[{"id":"r1","path":[0],"valueSource":"value","disabled":false,"field":"event.a","operator":"=","value":1}]}},"steps":[]}
            """);

        Assert.Empty(findings);
        Assert.Single(((Trigger.OnEvent)journey!.Trigger).Where.Rules);
    }

    [Fact]
    public void A_byte_order_mark_is_no_obstacle()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(DesignExample.Json)];

        Assert.Empty(JourneyDocument.Read(marked).Findings);
    }

    private static Reading<Journey> Read(string json) => JourneyDocument.Read(Encoding.UTF8.GetBytes(json));

    private static void Check(Action<Journey> property, int tests = 300) =>
        Prop
            .ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => property(new RandomJourney(seed).Make()))
            .Check(Checks.WithMaxTest(tests));

    private static IEnumerable<(JsonObject Owner, string Key)> Places(JsonNode? node) => node switch
    {
        JsonObject owner => owner.SelectMany(pair => Places(pair.Value).Prepend((owner, pair.Key))),
        JsonArray list => list.SelectMany(Places),
        _ => [],
    };
}
