using System.Collections.Immutable;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Rules;

public sealed class SegmentRulesTests
{
    private static readonly SegmentRules Segments = SegmentRules.Compile(
    [
        Segment("rich", new Rule("history.paid.sum:amount", ">=", 1000L)),
        Segment("fresh", new Rule("history.paid.count", ">=", 1L, Duration.FromDays(7))),
        Segment("rich-and-fresh", new Rule("segments", "contains", "rich"), new Rule("segments", "contains", "fresh")),
        new Segment("imported", "imported", RuleGroup.Everything, List: true),
    ]);

    private static readonly Automation.Core.Contacts.Contact Buyer =
        Given.Did(Given.Event("paid", Given.Now - Given.Days(2), ("amount", 2000m)));

    [Theory]
    [InlineData("contains", "rich", true)]
    [InlineData("contains", "rich-and-fresh", true)]
    [InlineData("contains", "imported", false)]
    [InlineData("contains", "unknown", false)]
    [InlineData("doesNotContain", "imported", true)]
    [InlineData("in", "imported,fresh", true)]
    [InlineData("notIn", "imported,fresh", false)]
    [InlineData("notNull", null, true)]
    [InlineData("null", null, false)]
    public void A_segment_is_its_rule(string with, string? value, bool matches) =>
        Assert.Equal(matches, Given.Rule("segments", with, value).Matches(Given.Context(Buyer, segments: Segments)));

    [Fact]
    public void A_list_is_who_is_on_it()
    {
        var listed = Given.Somebody with { Lists = ["imported"] };
        var rule = Given.Rule("segments", "contains", "imported");

        Assert.True(rule.Matches(Given.Context(listed, segments: Segments)));
        Assert.False(rule.Matches(Given.Context(Given.Somebody, segments: Segments)));
    }

    [Fact]
    public void Time_that_changes_a_segment_changes_the_rule_that_asks_for_it()
    {
        var rule = Given.Rule("segments", "contains", "rich-and-fresh");

        Assert.Equal(Given.Now + Given.Days(5), rule.NextChange(Given.Context(Buyer, segments: Segments)));
    }

    [Fact]
    public void A_segment_sees_the_contact_and_not_the_event_of_who_asks()
    {
        var segments = SegmentRules.Compile([Segment("big-event", new Rule("event.amount", ">", 1L))]);
        var context = Given.Context(segments: segments) with { Event = PropertyBag.Of(("amount", 5L)), EventName = "paid" };

        Assert.False(Given.Rule("segments", "contains", "big-event").Matches(context));
    }

    [Fact]
    public void Nobody_is_in_a_segment_that_asks_for_itself()
    {
        var segments = SegmentRules.Compile(
        [
            Segment("a", Given.Any(Given.Not(new Rule("segments", "contains", "b")), new Rule("contact.id", ">", 0L))),
            Segment("b", new Rule("segments", "doesNotContain", "a")),
            Segment("any", new Rule("segments", "null", null)),
            Segment("fine", new Rule("segments", "doesNotContain", "a")),
        ]);
        var context = Given.Context(segments: segments);

        Assert.False(Given.Rule("segments", "contains", "a").Matches(context));
        Assert.False(Given.Rule("segments", "contains", "b").Matches(context));
        Assert.False(Given.Rule("segments", "contains", "any").Matches(context));
        Assert.True(Given.Rule("segments", "contains", "fine").Matches(context));
        Assert.Null(Given.Rule("segments", "contains", "a").NextChange(context));
    }

    [Fact]
    public void Segments_ask_one_another_up_to_a_bound()
    {
        Assert.True(Asked(RuleContext.SegmentDepthMax));
        Assert.False(Asked(RuleContext.SegmentDepthMax + 1));

        // Segment 1 has the rule everybody matches, each later one asks for the one before.
        static bool Asked(int count)
        {
            var segments = SegmentRules.Compile(
            [
                .. Enumerable.Range(1, count).Select(i => i == 1
                    ? Segment("s1", new Rule("contact.id", ">", 0L))
                    : Segment($"s{i}", new Rule("segments", "contains", $"s{i - 1}"))),
            ]);
            return Given.Rule("segments", "contains", $"s{count}").Matches(Given.Context(segments: segments));
        }
    }

    [Fact]
    public void A_circle_that_is_not_found_out_beforehand_ends_unmatched()
    {
        var circle = new Circle();

        Assert.False(Given.Rule("segments", "contains", "me").Matches(Given.Context(segments: circle)));
        Assert.Null(Given.Rule("segments", "contains", "me").NextChange(Given.Context(segments: circle)));
    }

    [Fact]
    public void The_trace_shows_what_the_segment_looked_at()
    {
        var looked = new List<EvaluatedValue>();

        Given.Rule("segments", "contains", "rich").Matches(Given.Context(Buyer, segments: Segments), looked);

        Assert.Equal(["history.paid.sum:amount", "segments"], looked.Select(value => value.Field));
        Assert.Equal(["rich"], Assert.IsType<string[]>(looked[1].Was));
    }

    private static Segment Segment(string key, params RuleNode[] rules) => new(key, key, Given.All(rules));

    private sealed class Circle : ISegmentRules
    {
        private readonly CompiledRule _rule = Given.Rule("segments", "contains", "me");

        public ImmutableArray<string> Keys => ["me"];

        public CompiledRule? Find(string key) => _rule;
    }
}
