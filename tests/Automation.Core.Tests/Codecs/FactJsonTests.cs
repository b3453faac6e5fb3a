using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Rules;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Codecs;

public sealed class FactJsonTests
{
    public static TheoryData<Type> Kinds => [.. typeof(Fact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Fact)) && !t.IsAbstract)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_field_of_every_kind_comes_back(Type kind)
    {
        var fact = (Fact)new Populated(7).Make(kind);

        var back = FactJson.Read(FactJson.Write(fact));

        Assert.Null(Difference.Find(fact, back, kind.Name));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_is_missing_comes_back_missing(Type kind) =>
        Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
        {
            var fact = (Fact)new Populated(seed, sparse: true).Make(kind);

            return Difference.Find(fact, FactJson.Read(FactJson.Write(fact)), kind.Name) is null;
        }));

    [Xunit.Fact]
    public void Kinds_have_names_of_their_own() => Assert.Equal(FactJson.KindNames.Length, FactJson.KindNames.Distinct().Count());

    [Xunit.Fact]
    public void A_fact_is_written_in_one_fixed_way()
    {
        var fact = new StepFact.MessageSuppressed("welcome", 3, 7, "offer", 2, 0, "sms", "newcomer", null)
        {
            Reason = Reasons.NoConsent,
            Looked = [new EvaluatedValue("consent.sms", "=", true, null, false), new EvaluatedValue("contact.city", "=", "上海", 80.50m, true)],
        };

        var json = Encoding.UTF8.GetString(FactJson.Write(fact));

        Assert.Equal(
            """
            {"kind":"message_suppressed","journey":"welcome","version":3,"ordinal":7,"step":"offer","reason":"no_consent","details":{"visit":2,"chain_index":0,"channel":"sms","template":"newcomer","looked":[{"field":"consent.sms","operator":"=","needed":true,"matched":false},{"field":"contact.city","operator":"=","needed":"上海","was":80.50,"matched":true}]}}
            """,
            json);
    }

    [Xunit.Fact]
    public void Times_are_utc_with_as_many_digits_as_they_need()
    {
        var due = Instant.FromUtc(2026, 3, 1, 8, 0).PlusTicks(1_230_000);

        var json = Encoding.UTF8.GetString(FactJson.Write(new JourneyFact.TriggerArmed("j", 1, "e", due)));

        Assert.Contains("\"due\":\"2026-03-01T08:00:00.123Z\"", json, StringComparison.Ordinal);
    }

    [Xunit.Fact]
    public void An_unknown_kind_says_so()
    {
        var error = Assert.Throws<System.Text.Json.JsonException>(() => FactJson.Read("""{"kind":"dreamt","details":{}}"""u8.ToArray()));

        Assert.Contains("'dreamt'", error.Message, StringComparison.Ordinal);
    }

    [Xunit.Fact]
    public void A_missing_field_is_an_error_of_the_format() =>
        Assert.Throws<System.Text.Json.JsonException>(() => FactJson.Read("""{"kind":"segment_left","details":{}}"""u8.ToArray()));
}
