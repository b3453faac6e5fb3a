using Automation.Core.Primitives;
using Automation.Core.Rules;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Rules;

public sealed class CompiledRuleTests
{
    private static readonly Rule Yes = new("contact.x", "=", 1L);
    private static readonly Rule No = new("contact.x", "=", 2L);
    private static readonly Rule Missing = new("contact.y", "!=", 1L);
    private static readonly RuleContext Context = Given.Context(Given.With("1"));

    [Fact]
    public void Groups_combine_and_nest()
    {
        Assert.True(Matches(Given.All(Yes, Yes)));
        Assert.False(Matches(Given.All(Yes, No)));
        Assert.True(Matches(Given.Any(No, Yes)));
        Assert.False(Matches(Given.Any(No, No)));
        Assert.False(Matches(Given.Not(Yes)));
        Assert.True(Matches(Given.Not(Yes, No)));
        Assert.True(Matches(Given.All(Yes, Given.Any(No, Given.Not(No)))));
        Assert.True(Matches(Given.Not(Missing)));
    }

    [Fact]
    public void An_empty_group_matches_everything_and_its_opposite_nothing()
    {
        Assert.True(Matches(RuleGroup.Everything));
        Assert.True(Matches(Given.Any()));
        Assert.False(Matches(Given.Not()));
        Assert.True(Matches(Given.All(Given.Any(), Yes)));
        Assert.True(RuleCompiler.Compile(Given.Any()).IsEverything);
        Assert.False(RuleCompiler.Compile(Given.Not()).IsEverything);
        Assert.False(RuleCompiler.Compile(Given.All(Yes)).IsEverything);
    }

    [Fact]
    public void The_trace_holds_what_was_looked_at_and_nothing_after_the_answer()
    {
        var looked = new List<EvaluatedValue>();

        var matches = RuleCompiler.Compile(Given.All(Yes, Missing, No)).Matches(Context, looked);

        Assert.False(matches);
        Assert.Equal(
            [new("contact.x", "=", 1L, 1L, true), new EvaluatedValue("contact.y", "!=", 1L, null, false)],
            looked);
    }

    [Fact]
    public void The_trace_names_windows_and_writes_moments_as_text()
    {
        var at = Given.Now - Duration.FromHours(1);
        var contact = Given.Did(Given.Event("paid", at)) with { Tags = ["vip"] };
        var looked = new List<EvaluatedValue>();

        RuleCompiler.Compile(Given.All(
            new Rule("history.paid.count", "=", "1", Duration.FromHours(36)),
            new Rule("history.paid.last", "notNull", null),
            new Rule("tags", "contains", "vip"))).Matches(Given.Context(contact), looked);

        Assert.Equal(("history.paid.count within 36h", 1L), (looked[0].Field, looked[0].Was));
        Assert.Equal("2026-03-01T11:00:00Z", looked[1].Was);
        Assert.Equal(["vip"], Assert.IsType<string[]>(looked[2].Was));
    }

    [Fact]
    public void The_trace_is_bounded()
    {
        var contact = Given.Somebody with
        {
            Attributes = PropertyBag.Of(
                ("text", new string('x', 10_000)),
                ("list", Enumerable.Repeat<object?>("item", 1000).ToList()),
                ("bag", PropertyBag.Of(("a", 1L)))),
        };
        var looked = new List<EvaluatedValue>();

        RuleCompiler.Compile(Given.All(
            new Rule("contact.text", "notNull", null),
            new Rule("contact.list", "notNull", null),
            new Rule("contact.bag", "notNull", null))).Matches(Given.Context(contact), looked);

        Assert.Equal(257, Assert.IsType<string>(looked[0].Was).Length);
        Assert.Equal(32, Assert.IsAssignableFrom<IReadOnlyList<object?>>(looked[1].Was).Count);
        Assert.Equal("{…}", looked[2].Was);
    }

    [Fact]
    public void The_fields_are_listed_once_each()
    {
        var rule = RuleCompiler.Compile(Given.All(Yes, Given.Any(No, Missing), new Rule("tags", "contains", "vip")));

        Assert.Equal(["contact.x", "contact.y", "tags"], rule.Fields.Select(field => field.Text));
    }

    [Fact]
    public void A_rule_without_a_clock_never_changes_by_itself() =>
        Assert.Null(RuleCompiler.Compile(Given.All(Yes, Missing, new Rule("history.paid.count", ">", 3L))).NextChange(Context));

    [Fact]
    public void Looking_at_a_contact_allocates_nothing()
    {
        var contact = Given.Did(Given.Event("paid", Given.Now - Given.Days(1), ("amount", 10m))) with
        {
            Attributes = PropertyBag.Of(("x", 12L), ("born", "1990-05-17"), ("city", "上海")),
            Tags = ["vip"],
        };
        var context = Given.Context(contact);
        var rule = RuleCompiler.Compile(Given.All(
            new Rule("contact.x", "between", "10,20"),
            new Rule("contact.x", "beginsWith", "1"),
            new Rule("contact.born", "<", "2000-01-01"),
            new Rule("contact.city", "in", "北京,上海"),
            new Rule("tags", "contains", "vip"),
            new Rule("contact.first_seen", "<", "30d ago"),
            new Rule("history.paid.count", ">=", "1", Given.Days(7)),
            new Rule("history.paid.sum:amount", ">=", "5", Given.Days(7))));
        Assert.True(rule.Matches(context));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            rule.Matches(context);
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    private static bool Matches(RuleGroup group) => RuleCompiler.Compile(group).Matches(Context);
}
