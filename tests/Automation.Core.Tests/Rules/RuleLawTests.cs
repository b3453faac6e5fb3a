using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Rules;

/// <summary>Laws that hold for any rule and any contact.</summary>
public sealed class RuleLawTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(20260301, 11);

    private static readonly string[] Operators = [.. Enum.GetValues<RuleOperator>().Select(with => with.Name()), "like", ""];

    private static readonly string[] Texts =
    [
        "", " ", "vip", "上海", "5", "-5.50", "1e9", "true", "2026-02-20", "2026-02-28T16:00:00Z", "3d ago", "-3d", "in 2d", "2d",
        "9998-12-31", "0001-01-01", "a,b", "1,5", "3d ago,in 3d", ",", "79228162514264337593543950335", "\0", "٣",
    ];

    private static readonly string[] Fields =
    [
        "contact.x", "contact.x.y", "event.x", "event.name", "steps.ask.x", "history.did.count", "history.did.first",
        "history.did.last", "history.did.sum:x", "history.other.last", "contact.id", "contact.first_seen", "contact.last_activity",
        "tags", "segments", "lists", "consent.sms", "quota.coupon", "nonsense", "history.", "contact..",
    ];

    private static readonly Gen<object?> Scalar = Gen.OneOf(
        Gen.Elements(Texts).Select(text => (object?)text),
        Gen.Elements<object?>(null, true, false, 0L, 5L, long.MaxValue, -5.5m, decimal.MaxValue, 1e300, double.NaN, 2.5));

    private static readonly Gen<object?> Value = Gen.OneOf(
        Scalar,
        Scalar,
        Scalar.ArrayOf().Select(items => (object?)items.Take(5).ToList()),
        Scalar.Select(item => (object?)PropertyBag.Of(("y", item))));

    private static readonly Gen<Duration?> Within = Gen.Elements<Duration?>(
        null, null, Duration.Zero, Duration.FromHours(-5), Duration.FromHours(5), Duration.FromDays(3), Duration.FromDays(16_000_000));

    private static readonly Gen<RuleNode> Comparison =
        from field in Gen.Elements(Fields)
        from with in Gen.Elements(Operators)
        from value in Value
        from within in Within
        select (RuleNode)new Rule(field, with, value, within);

    private static readonly Gen<RuleGroup> Group =
        from combinator in Gen.Elements(Combinator.And, Combinator.Or)
        from not in Gen.Elements(true, false)
        from rules in Gen.ListOf(Comparison, 2)
        from inner in Gen.ListOf(Comparison, 2)
        select new RuleGroup(combinator, not, [.. rules, new RuleGroup(Combinator.Or, !not, [.. inner])]);

    private static readonly Gen<RuleContext> Someone =
        from value in Value
        from other in Value
        from hours in Gen.Choose(-100, 5).ArrayOf()
        from acted in Gen.Choose(-100, 0)
        select new RuleContext(
            Given.Did([.. hours.Select(hour => Given.Event("did", Given.Now + Duration.FromHours(hour), ("x", value)))]) with
            {
                Attributes = PropertyBag.Of(("x", value)),
                LastActivity = acted == 0 ? null : Given.Now + Duration.FromHours(acted),
                Tags = ["a", "vip"],
                Consents = [new ChannelConsent("sms", true, Given.Now, "api")],
            },
            PropertyBag.Of(("x", other)),
            "did",
            new Enrollment(1, "j", 1, null, Given.Now) { Results = [new StepResult("ask", PropertyBag.Of(("x", other)))] },
            Given.Now,
            Given.Shanghai,
            SegmentRules.None);

    [Fact]
    public void No_rule_and_no_contact_make_it_throw() => Holds(Group, (group, context) =>
    {
        RuleCompiler.TryCompile(group, out _, out _);
        var rule = RuleCompiler.Compile(group);
        rule.Matches(context);
        rule.NextChange(context);
        foreach (var edge in new[] { Instant.MinValue, Instant.MaxValue })
        {
            rule.Matches(context with { Now = edge });
            rule.NextChange(context with { Now = edge });
        }
        return true;
    });

    [Fact]
    public void Deciding_twice_and_deciding_with_a_trace_give_the_same() => Holds(Group, (group, context) =>
    {
        var rule = RuleCompiler.Compile(group);
        var answer = rule.Matches(context);
        return rule.Matches(context) == answer
            && rule.Matches(context, []) == answer
            && RuleCompiler.Compile(group with { Not = !group.Not }).Matches(context) != answer;
    });

    [Fact]
    public void An_operator_and_its_opposite_never_both_match() => Holds(Comparison, (node, context) =>
    {
        var rule = (Rule)node;
        string[][] opposites =
        [
            ["=", "!="], ["<", ">="], [">", "<="], ["contains", "doesNotContain"], ["beginsWith", "doesNotBeginWith"],
            ["endsWith", "doesNotEndWith"], ["null", "notNull"], ["in", "notIn"], ["between", "notBetween"],
        ];
        return opposites.All(pair => !pair.All(with => RuleCompiler.Compile(Given.All(rule with { Operator = with })).Matches(context)));
    });

    [Fact]
    public void Until_the_next_change_the_answer_stays() => Holds(Group, (group, context) =>
    {
        var rule = RuleCompiler.Compile(group);
        var answer = rule.Matches(context);
        if (rule.NextChange(context) is not { } change)
        {
            return Moments(context.Now, context.Now + Given.Days(40_000)).All(now => rule.Matches(context with { Now = now }) == answer);
        }
        return change > context.Now
            && Moments(context.Now, change).All(now => rule.Matches(context with { Now = now }) == answer);
    });

    [Theory]
    [InlineData("<", "3d ago", true)]
    [InlineData(">=", "3d ago", true)]
    [InlineData("<=", "3d ago", false)]
    [InlineData(">", "3d ago", false)]
    public void A_distance_passes_a_moment_at_the_moment_or_just_after(string with, string value, bool justAfter)
    {
        var rule = Given.Rule("contact.last_activity", with, value);
        var contact = Given.Somebody with { LastActivity = Given.Now };
        var meeting = Given.Now + Given.Days(3);
        var change = justAfter ? meeting + Duration.Epsilon : meeting;

        Assert.Equal(change, rule.NextChange(Given.Context(contact)));
        Assert.NotEqual(
            rule.Matches(Given.Context(contact, change - Duration.Epsilon)), rule.Matches(Given.Context(contact, change)));
        Assert.Null(rule.NextChange(Given.Context(contact, change)));
    }

    [Fact]
    public void The_next_change_of_a_group_is_the_earliest_of_its_parts()
    {
        var contact = Given.Did(Given.Event("paid", Given.Now - Given.Days(1))) with
        {
            Attributes = PropertyBag.Of(("expires", "2026-03-04T12:00:00Z")),
        };
        var rule = RuleCompiler.Compile(Given.Any(
            new Rule("history.paid.count", ">=", 1L, Given.Days(7)),
            Given.Not(new Rule("contact.expires", "<=", "in 2d"))));

        Assert.Equal(Given.Now + Given.Days(1), rule.NextChange(Given.Context(contact)));
        Assert.Equal(Given.Now + Given.Days(6), rule.NextChange(Given.Context(contact, Given.Now + Given.Days(1))));
        Assert.Null(rule.NextChange(Given.Context(contact, Given.Now + Given.Days(6))));
    }

    private static void Holds<T>(Gen<T> rules, Func<T, RuleContext, bool> law) =>
        Check.One(Fixed, Prop.ForAll(rules.Zip(Someone).ToArbitrary(), pair => law(pair.Item1, pair.Item2)));

    /// <summary>Some moments of [from, to), the very last one among them.</summary>
    private static IEnumerable<Instant> Moments(Instant from, Instant to)
    {
        for (var i = 0; i < 8; i++)
        {
            yield return from + ((to - from) / 8 * i);
        }
        yield return to - Duration.Epsilon;
    }
}
