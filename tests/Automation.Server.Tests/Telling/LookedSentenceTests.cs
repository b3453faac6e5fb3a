using Automation.Core.Rules;
using Automation.Server.Telling;
using Xunit;

namespace Automation.Server.Tests.Telling;

/// <summary>What a decision looked at reads as a sentence in both languages, without the engine's own names.</summary>
public sealed class LookedSentenceTests
{
    private static readonly Wording English = new(LocalTimes.Of("Asia/Shanghai"), isChinese: false);
    private static readonly Wording Chinese = new(LocalTimes.Of("Asia/Shanghai"), isChinese: true);

    [Theory]
    [InlineData("event.amount", ">=", 100L, 80L, "event.amount is 80, needed at least 100: no", "event.amount 是 80，要求至少 100：不满足")]
    [InlineData("contact.city", "=", "上海", "北京", "contact.city is \"北京\", needed \"上海\": no", "contact.city 是 \"北京\"，要求等于 \"上海\"：不满足")]
    [InlineData("contact.city", "!=", "上海", "上海", "contact.city is \"上海\", needed anything but \"上海\": no", "contact.city 是 \"上海\"，要求不等于 \"上海\"：不满足")]
    [InlineData("contact.local_time", "notBetween", "22:00–08:00", "22:30:10", "the contact's local time is 22:30:10, needed not between 22:00 and 08:00: no", "联系人的当地时间 是 22:30:10，要求不在 22:00 到 08:00 之间：不满足")]
    [InlineData("consent.sms", "=", true, null, "consent for SMS is missing, needed true: no", "短信授权 是 （无），要求等于 是：不满足")]
    [InlineData("identity.phone", "notNull", null, null, "phone number is missing, needed one: no", "手机号 是 （无），要求有：不满足")]
    [InlineData("history.order_paid.count", ">", 2L, 1L, "how often order_paid is 1, needed more than 2: no", "order_paid 的次数 是 1，要求大于 2：不满足")]
    [InlineData("history.order_paid.sum:amount within 30d", ">", 2L, 1L, "the sum of amount over order_paid within 30 days is 1, needed more than 2: no", "30 天内的order_paid 的 amount 合计 是 1，要求大于 2：不满足")]
    [InlineData("sends.sms within 1d", "<", 1L, 1L, "SMS messages within 1 day is 1, needed less than 1: no", "1 天内的短信条数 是 1，要求小于 1：不满足")]
    [InlineData("enrollment.last", "<=", "30d ago", "2026-03-01T02:00:00Z", "the last time of entering is 2026-03-01 10:00:00, needed at most 30 days ago: no", "上次进入的时间 是 2026-03-01 10:00:00，要求不超过 30 天前：不满足")]
    [InlineData("enrollment.last", "<=", null, "2026-03-01T02:00:00Z", "the last time of entering is 2026-03-01 10:00:00, needed never before: no", "上次进入的时间 是 2026-03-01 10:00:00，要求从未进入过：不满足")]
    public void A_value_is_told_with_its_comparison(string field, string comparison, object? needed, object? was, string english, string chinese)
    {
        var value = new EvaluatedValue(field, comparison, needed, was, Matched: false);

        Assert.Equal(english, LookedSentence.Of(value, English));
        Assert.Equal(chinese, LookedSentence.Of(value, Chinese));
    }

    [Fact]
    public void A_list_is_told_as_one()
    {
        var between = new EvaluatedValue("event.amount", "between", new List<object?> { 10L, 20L }, 15L, Matched: true);
        var among = new EvaluatedValue("contact.level", "in", new List<object?> { "vip", "gold" }, "gold", Matched: true);

        Assert.Equal("event.amount is 15, needed between 10 and 20: yes", LookedSentence.Of(between, English));
        Assert.Equal("contact.level is \"gold\", needed one of \"vip\", \"gold\": yes", LookedSentence.Of(among, English));
        Assert.Equal("contact.level 是 \"gold\"，要求属于 \"vip\"、\"gold\"：满足", LookedSentence.Of(among, Chinese));
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void No_operator_of_a_rule_is_told_by_its_name(string name)
    {
        var told = LookedSentence.Of(new EvaluatedValue("event.amount", name, "x", "y", Matched: true), English);
        var zh = LookedSentence.Of(new EvaluatedValue("event.amount", name, "x", "y", Matched: true), Chinese);

        Assert.DoesNotMatch(@"needed (does|not[A-Z]|begins|ends|[<>!=])", told);
        Assert.Matches(@"要求[\u4e00-\u9fff]", zh);
    }

    public static TheoryData<string> Operators() => new(Enum.GetValues<RuleOperator>().Select(one => one.Name()));
}
