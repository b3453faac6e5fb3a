using Automation.Connectors.WeChat.Subscription;

namespace Automation.Connectors.Tests.WeChat;

public sealed class FieldRulesTests
{
    [Theory]
    [InlineData("thing1", "一二三四五六七八九十一二三四五六七八九十", true)]
    [InlineData("thing1", "一二三四五六七八九十一二三四五六七八九十多", false)]
    [InlineData("thing2", "👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍", true)]
    [InlineData("thing1", "两\n行", false)]
    [InlineData("thing1", "", false)]
    [InlineData("thing1", "  ", false)]
    [InlineData("number3", "12.50", true)]
    [InlineData("number3", "十二", false)]
    [InlineData("letter1", "abcXYZ", true)]
    [InlineData("letter1", "abc1", false)]
    [InlineData("symbol1", "★★★★★", true)]
    [InlineData("symbol1", "★★★★★★", false)]
    [InlineData("character_string12", "AB-123/x", true)]
    [InlineData("character_string12", "订单AB", false)]
    [InlineData("character_string12", "123456789012345678901234567890123", false)]
    [InlineData("time4", "15:01", true)]
    [InlineData("time4", "2019年10月1日 15:01", true)]
    [InlineData("time4", "下午三点", false)]
    [InlineData("date5", "2019年10月1日", true)]
    [InlineData("date5", "2019-10-01~2019-10-07", true)]
    [InlineData("date5", "明天", false)]
    [InlineData("amount1", "¥9.90", true)]
    [InlineData("amount1", "100元", true)]
    [InlineData("amount1", "12345678901", false)]
    [InlineData("amount1", "一百", false)]
    [InlineData("phone_number1", "+86-0766-66888866", true)]
    [InlineData("phone_number1", "123456789012345678", false)]
    [InlineData("car_number1", "粤A8Z888挂", true)]
    [InlineData("car_number1", "粤A8Z888挂挂", false)]
    [InlineData("name1", "一二三四五六七八九十", true)]
    [InlineData("name1", "一二三四五六七八九十多", false)]
    [InlineData("name1", "Alexander the Great!", true)]
    [InlineData("name1", "Alexander the Greatest", false)]
    [InlineData("phrase1", "配送中", true)]
    [InlineData("phrase1", "一二三四五六", false)]
    [InlineData("phrase1", "ok", false)]
    [InlineData("enum1", "什么都行", true)]
    [InlineData("something_new7", "anything", true)]
    public void A_value_fits_its_kind_or_not(string name, string value, bool fits)
    {
        var problem = FieldRules.Problem(name, value);

        Assert.Equal(fits, problem is null);
        Assert.True(problem is null || problem.StartsWith("Expected ", StringComparison.Ordinal));
    }
}
