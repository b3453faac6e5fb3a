using Automation.Core.Rules;
using Xunit;

namespace Automation.Core.Tests.Rules;

/// <summary>One line per case: operator, the rule's value, the contact's value (both JSON), the answer.</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData("=", "\"vip\"", "\"vip\"", true)]
    [InlineData("=", "\"vip\"", "\"VIP\"", false)]
    [InlineData("=", "\"\"", "\"\"", true)]
    [InlineData("!=", "\"vip\"", "\"gold\"", true)]
    [InlineData("!=", "\"vip\"", "\"vip\"", false)]
    [InlineData("<", "\"b\"", "\"a\"", true)]
    [InlineData("<", "\"B\"", "\"a\"", false)]
    [InlineData("<=", "\"b\"", "\"b\"", true)]
    [InlineData(">", "\"b\"", "\"c\"", true)]
    [InlineData(">", "\"b\"", "\"b\"", false)]
    [InlineData(">=", "\"上海\"", "\"上海\"", true)]
    [InlineData("contains", "\"海\"", "\"上海市\"", true)]
    [InlineData("contains", "\"a\"", "\"A\"", false)]
    [InlineData("doesNotContain", "\"海\"", "\"北京\"", true)]
    [InlineData("doesNotContain", "\"海\"", "\"上海\"", false)]
    [InlineData("beginsWith", "\"上\"", "\"上海\"", true)]
    [InlineData("beginsWith", "\"海\"", "\"上海\"", false)]
    [InlineData("doesNotBeginWith", "\"海\"", "\"上海\"", true)]
    [InlineData("doesNotBeginWith", "\"上\"", "\"上海\"", false)]
    [InlineData("endsWith", "\"海\"", "\"上海\"", true)]
    [InlineData("endsWith", "\"上\"", "\"上海\"", false)]
    [InlineData("doesNotEndWith", "\"上\"", "\"上海\"", true)]
    [InlineData("doesNotEndWith", "\"海\"", "\"上海\"", false)]
    [InlineData("in", "[\"a\",\"b\"]", "\"b\"", true)]
    [InlineData("in", "[\"a\",\"b\"]", "\"c\"", false)]
    [InlineData("in", "\"a, b，c\"", "\"b\"", true)]
    [InlineData("in", "\"a, b，c\"", "\"c\"", true)]
    [InlineData("notIn", "[\"a\",\"b\"]", "\"c\"", true)]
    [InlineData("notIn", "\"a,b\"", "\"a\"", false)]
    [InlineData("between", "[\"b\",\"d\"]", "\"c\"", true)]
    [InlineData("between", "[\"b\",\"d\"]", "\"d\"", true)]
    [InlineData("between", "[\"b\",\"d\"]", "\"e\"", false)]
    [InlineData("notBetween", "[\"b\",\"d\"]", "\"e\"", true)]
    [InlineData("notBetween", "[\"b\",\"d\"]", "\"b\"", false)]
    public void Texts_compare_by_their_letters(string with, string needed, string was, bool matches) =>
        Compare(with, needed, was, matches);

    [Theory]
    [InlineData("=", "100", "100", true)]
    [InlineData("=", "100", "100.00", true)]
    [InlineData("=", "0.1", "0.10", true)]
    [InlineData("!=", "100", "99.99", true)]
    [InlineData("!=", "100", "100.0", false)]
    [InlineData("<", "100", "99.99", true)]
    [InlineData("<", "100", "100", false)]
    [InlineData("<=", "100", "100", true)]
    [InlineData(">", "9", "10", true)]
    [InlineData(">=", "10", "9.999", false)]
    [InlineData("in", "[1,2,3]", "2.0", true)]
    [InlineData("in", "5", "5", true)]
    [InlineData("notIn", "[1,2]", "3", true)]
    [InlineData("between", "[1,3]", "3", true)]
    [InlineData("between", "[3,1]", "2", true)]
    [InlineData("between", "[1,3]", "3.01", false)]
    [InlineData("notBetween", "[1,3]", "3.01", true)]
    [InlineData("notBetween", "[1,3]", "1", false)]
    [InlineData("contains", "0", "200010", true)]
    [InlineData("beginsWith", "2000", "200010", true)]
    [InlineData("endsWith", "\"11\"", "200010", false)]
    [InlineData("doesNotEndWith", "\"11\"", "200010", true)]
    public void Numbers_compare_by_amount(string with, string needed, string was, bool matches) =>
        Compare(with, needed, was, matches);

    [Theory]
    [InlineData("=", "\"100\"", "100", true)]
    [InlineData("=", "\"100.0\"", "100", true)]
    [InlineData("=", "100", "\"100\"", true)]
    [InlineData("=", "100", "\"100.0\"", true)]
    [InlineData("=", "\"100\"", "\"100.0\"", false)]
    [InlineData("!=", "\"100\"", "100", false)]
    [InlineData("<", "\"9\"", "10", false)]
    [InlineData(">", "\"9\"", "10", true)]
    [InlineData(">", "9", "\"10\"", true)]
    [InlineData(">", "\"9\"", "\"10\"", true)]
    [InlineData("between", "\"5,20\"", "10", true)]
    [InlineData("in", "\"5,10\"", "10", true)]
    [InlineData("=", "\"true\"", "true", true)]
    [InlineData("=", "\"false\"", "true", false)]
    [InlineData("=", "true", "\"True\"", true)]
    [InlineData("=", "true", "true", true)]
    [InlineData("!=", "true", "false", true)]
    [InlineData("!=", "false", "false", false)]
    [InlineData("in", "[true]", "true", true)]
    public void What_a_form_saved_as_text_is_taken_for_what_it_meets(string with, string needed, string was, bool matches) =>
        Compare(with, needed, was, matches);

    [Theory]
    [InlineData("=", "\"2026-03-01\"", "\"2026-03-01T00:00:00+08:00\"", true)]
    [InlineData("=", "\"2026-03-01\"", "\"2026-02-28T16:00:00Z\"", true)]
    [InlineData("=", "\"2026-03-01T10:00\"", "\"2026-03-01T02:00:00.000Z\"", true)]
    [InlineData("!=", "\"2026-03-01\"", "\"2026-02-28T16:00:00Z\"", false)]
    [InlineData("<", "\"2026-03-01\"", "\"2026-02-28T15:59:59Z\"", true)]
    [InlineData("<", "\"2026-03-01\"", "\"2026-02-28T16:00:00Z\"", false)]
    [InlineData(">=", "\"2026-03-01\"", "\"2026-03-01\"", true)]
    [InlineData(">", "\"2026-02-28T16:00:00Z\"", "\"2026-03-01\"", false)]
    [InlineData("between", "[\"2026-01-01\",\"2026-12-31\"]", "\"2026-06-01T08:00:00Z\"", true)]
    [InlineData("notBetween", "\"2026-01-01,2026-12-31\"", "\"2027-06-01\"", true)]
    [InlineData("in", "[\"2026-03-01\"]", "\"2026-02-28T16:00:00Z\"", true)]
    [InlineData(">", "\"30d ago\"", "\"2026-02-01\"", true)]
    [InlineData(">", "\"-30d\"", "\"2026-01-01\"", false)]
    [InlineData("<", "\"in 7d\"", "\"2026-03-05\"", true)]
    [InlineData("<", "\"+7d\"", "\"2026-03-09\"", false)]
    [InlineData("=", "\"30d ago\"", "\"30d ago\"", true)]
    [InlineData("<", "\"30d ago\"", "\"yesterday\"", false)]
    [InlineData(">", "\"30d ago\"", "\"yesterday\"", false)]
    public void Dates_compare_as_moments_in_the_zone_of_the_contact(string with, string needed, string was, bool matches) =>
        Compare(with, needed, was, matches);

    [Theory]
    [InlineData("contains", "\"golf\"", "[\"tea\",\"golf\"]", true)]
    [InlineData("contains", "\"gol\"", "[\"tea\",\"golf\"]", false)]
    [InlineData("contains", "\"5\"", "[4,5]", true)]
    [InlineData("doesNotContain", "\"golf\"", "[\"tea\"]", true)]
    [InlineData("doesNotContain", "\"golf\"", "[]", true)]
    [InlineData("doesNotContain", "\"golf\"", "[\"golf\"]", false)]
    [InlineData("in", "[\"a\",\"b\"]", "[\"x\",\"b\"]", true)]
    [InlineData("in", "[\"a\",\"b\"]", "[\"x\"]", false)]
    [InlineData("notIn", "[\"a\",\"b\"]", "[\"x\"]", true)]
    [InlineData("notIn", "[\"a\",\"b\"]", "[\"x\",\"a\"]", false)]
    [InlineData("=", "[1,2]", "[1,2.0]", true)]
    [InlineData("!=", "[1,2]", "[2,1]", true)]
    [InlineData("null", "null", "[]", false)]
    public void Of_a_list_any_item_will_do(string with, string needed, string was, bool matches) =>
        Compare(with, needed, was, matches);

    [Theory]
    [InlineData("<", "\"abc\"", "5")]
    [InlineData(">=", "\"abc\"", "5")]
    [InlineData("between", "[\"a\",\"z\"]", "5")]
    [InlineData("notBetween", "[\"a\",\"z\"]", "5")]
    [InlineData("<", "5", "\"abc\"")]
    [InlineData(">", "5", "\"abc\"")]
    [InlineData("<", "5", "true")]
    [InlineData(">", "5", "true")]
    [InlineData("contains", "\"r\"", "true")]
    [InlineData("doesNotContain", "\"r\"", "true")]
    [InlineData("=", "\"a\"", "[\"a\"]")]
    [InlineData("!=", "\"a\"", "[\"b\"]")]
    [InlineData("=", "\"a\"", "{\"a\":1}")]
    [InlineData("!=", "\"a\"", "{\"a\":1}")]
    [InlineData("notIn", "\"a\"", "{\"a\":1}")]
    [InlineData("beginsWith", "\"a\"", "[\"a\"]")]
    [InlineData("doesNotBeginWith", "\"z\"", "[\"a\"]")]
    [InlineData("<", "5", "[1]")]
    public void What_cannot_be_compared_matches_neither_an_operator_nor_its_opposite(string with, string needed, string was) =>
        Compare(with, needed, was, false);

    [Theory]
    [InlineData("\"vip\"", "5")]
    [InlineData("5", "\"vip\"")]
    [InlineData("\"yes\"", "true")]
    [InlineData("1", "true")]
    public void Single_values_of_unlike_kinds_differ(string needed, string was)
    {
        Compare("=", needed, was, false);
        Compare("in", $"[{needed}]", was, false);
        Compare("!=", needed, was, true);
        Compare("notIn", $"[{needed}]", was, true);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_missing_value_matches_only_null(RuleOperator with)
    {
        object? needed = with.TakesNothing() ? null : with is RuleOperator.Between or RuleOperator.NotBetween ? "1,2" : "1";
        var rule = Given.Rule("contact.x", with.Name(), needed);

        Assert.Equal(with == RuleOperator.Null, rule.Matches(Given.Context()));
        Assert.Equal(with == RuleOperator.Null, rule.Matches(Given.Context(Given.With("null"))));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("{}")]
    [InlineData("1e300")]
    public void Every_value_that_is_there_is_not_null(string was)
    {
        Compare("null", null, was, false);
        Compare("notNull", null, was, true);
    }

    [Theory]
    [InlineData("==", RuleOperator.Equal)]
    [InlineData("<>", RuleOperator.NotEqual)]
    [InlineData("gte", RuleOperator.GreaterOrEqual)]
    [InlineData("NOT IN", RuleOperator.NotIn)]
    [InlineData("not_between", RuleOperator.NotBetween)]
    [InlineData("is not null", RuleOperator.NotNull)]
    [InlineData("isNull", RuleOperator.Null)]
    [InlineData("begins with", RuleOperator.BeginsWith)]
    [InlineData("startsWith", RuleOperator.BeginsWith)]
    [InlineData("doesnotcontain", RuleOperator.DoesNotContain)]
    public void Other_names_of_an_operator_are_understood(string name, RuleOperator with)
    {
        Assert.True(RuleOperators.TryParse(name, out var parsed));
        Assert.Equal(with, parsed);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void An_operator_is_read_and_written_alike(RuleOperator with)
    {
        Assert.True(RuleOperators.TryParse(with.Name(), out var parsed));
        Assert.Equal(with, parsed);
    }

    public static TheoryData<RuleOperator> Operators() => [.. Enum.GetValues<RuleOperator>()];

    private static void Compare(string with, string? needed, string was, bool matches) =>
        Assert.Equal(matches, Given.Rule("contact.x", with, Given.Json(needed)).Matches(Given.Context(Given.With(was))));
}
