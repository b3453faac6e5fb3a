using Automation.Core.Rules;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Rules;

public sealed class RuleCompilerTests
{
    [Theory]
    [InlineData("city", "=", "\"x\"", "unknown_field", "/rules/0/field")]
    [InlineData("contact.x", "like", "\"x\"", "unknown_operator", "/rules/0/operator")]
    [InlineData("tags", "<", "\"x\"", "operator_not_for_field", "/rules/0/operator")]
    [InlineData("consent.sms", "contains", "true", "operator_not_for_field", "/rules/0/operator")]
    [InlineData("history.paid.count", "contains", "1", "operator_not_for_field", "/rules/0/operator")]
    [InlineData("history.paid.last", "beginsWith", "\"2026\"", "operator_not_for_field", "/rules/0/operator")]
    [InlineData("contact.x", "=", "null", "value_missing", "/rules/0/value")]
    [InlineData("contact.x", "<", "\"\"", "value_missing", "/rules/0/value")]
    [InlineData("contact.x", "contains", "\"\"", "value_missing", "/rules/0/value")]
    [InlineData("contact.x", "in", "[]", "value_missing", "/rules/0/value")]
    [InlineData("contact.x", "in", "\" , \"", "value_missing", "/rules/0/value")]
    [InlineData("contact.x", "in", "[\"a\",null]", "value_missing", "/rules/0/value")]
    [InlineData("tags", "contains", "\"\"", "value_missing", "/rules/0/value")]
    [InlineData("contact.x", "between", "\"1\"", "value_not_usable", "/rules/0/value")]
    [InlineData("contact.x", "between", "[1,2,3]", "value_not_usable", "/rules/0/value")]
    [InlineData("contact.x", "<", "[1]", "value_not_usable", "/rules/0/value")]
    [InlineData("contact.x", "contains", "[\"a\"]", "value_not_usable", "/rules/0/value")]
    [InlineData("tags", "contains", "[\"a\"]", "value_not_usable", "/rules/0/value")]
    [InlineData("consent.sms", "=", "\"maybe\"", "value_not_usable", "/rules/0/value")]
    [InlineData("history.paid.count", ">", "\"many\"", "value_not_usable", "/rules/0/value")]
    [InlineData("history.paid.last", ">", "5", "value_not_usable", "/rules/0/value")]
    [InlineData("quota.coupon", "=", "true", "value_not_usable", "/rules/0/value")]
    public void What_cannot_work_is_told_with_its_place(string field, string with, string value, string code, string pointer)
    {
        var group = Given.All(new Rule(field, with, Given.Json(value)));

        Assert.False(RuleCompiler.TryCompile(group, out var rule, out var problems));

        Assert.Null(rule);
        var problem = Assert.Single(problems);
        Assert.Equal((code, pointer), (problem.Code, problem.Pointer));
        Assert.StartsWith("Expected ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(", but ", problem.Message, StringComparison.Ordinal);
        Assert.False(RuleCompiler.Compile(group).Matches(Given.Context(Given.With("\"x\""))));
    }

    [Theory]
    [InlineData("contact.x", "=", "\"\"")]
    [InlineData("contact.x", "=", "[1]")]
    [InlineData("contact.x", "null", "\"anything\"")]
    [InlineData("contact.x", "in", "5")]
    [InlineData("contact.x", "between", "\"1,2\"")]
    [InlineData("history.paid.count", ">=", "\"3\"")]
    [InlineData("history.paid.last", ">", "\"in 3d\"")]
    [InlineData("consent.sms", "=", "\"true\"")]
    [InlineData("tags", "in", "\"a,b\"")]
    public void What_can_work_is_taken(string field, string with, string value)
    {
        Assert.True(RuleCompiler.TryCompile(Given.All(new Rule(field, with, Given.Json(value))), out var rule, out var problems));

        Assert.NotNull(rule);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("contact.x", 1, false)]
    [InlineData("tags", 1, false)]
    [InlineData("history.paid.count", 0, false)]
    [InlineData("history.paid.count", -1, false)]
    [InlineData("history.paid.count", 1, true)]
    public void A_window_belongs_to_history_and_has_a_length(string field, int days, bool usable)
    {
        var group = Given.All(new Rule(field, field == "tags" ? "contains" : "=", "1", Duration.FromDays(days)));

        Assert.Equal(usable, RuleCompiler.TryCompile(group, out _, out var problems));
        Assert.Equal(usable ? [] : ["/rules/0/within"], problems.Select(problem => problem.Pointer));
    }

    [Fact]
    public void Every_problem_is_told_with_the_way_to_it()
    {
        var group = Given.All(
            new Rule("contact.x", "=", 1L),
            Given.Any(new Rule("nope", "like", 1L), new Rule("contact.x", "=", null)));

        RuleCompiler.TryCompile(group, out _, out var problems);

        Assert.Equal(
            ["/rules/1/rules/0/field", "/rules/1/rules/0/operator", "/rules/1/rules/1/value"],
            problems.Select(problem => problem.Pointer));
    }

    [Fact]
    public void Groups_nest_up_to_a_bound()
    {
        var group = Given.All(new Rule("contact.x", "null", null));
        for (var depth = 1; depth < RuleCompiler.DepthMax; depth++)
        {
            group = Given.All(group);
        }

        Assert.True(RuleCompiler.TryCompile(group, out _, out _));
        Assert.False(RuleCompiler.TryCompile(Given.All(group), out _, out var problems));
        Assert.Equal(RuleProblem.TooDeep, Assert.Single(problems).Code);
        Assert.False(RuleCompiler.Compile(Given.All(group)).Matches(Given.Context()));
    }

    [Fact]
    public void A_rule_has_a_bounded_number_of_comparisons()
    {
        var rules = Enumerable.Repeat<RuleNode>(new Rule("contact.x", "null", null), RuleCompiler.ComparisonsMax).ToArray();

        Assert.True(RuleCompiler.TryCompile(Given.All(rules), out _, out _));
        Assert.False(RuleCompiler.TryCompile(Given.All([.. rules, .. rules]), out _, out var problems));
        Assert.Equal(RuleProblem.TooLong, Assert.Single(problems).Code);
    }
}
