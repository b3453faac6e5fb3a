using System.Text.Json;
using Automation.Connectors.Sms;

namespace Automation.Connectors.Tests.Sms;

public sealed class CarrierCodesTests
{
    private static readonly Dictionary<string, FailureReason> None = [];

    [Theory]
    [InlineData("EXPIRED", "retry_later")]
    [InlineData("UNDELIV", "retry_later")]
    [InlineData("MK:0001", "bad_address")]
    [InlineData("mi:0210", "bad_address")]
    [InlineData("MBBLACK", "no_consent")]
    [InlineData("DB:0144", "no_consent")]
    [InlineData("运营商黑名单", "no_consent")]
    [InlineData("REJECTD", "content_refused")]
    [InlineData("MK:1041", "quota_gone")]
    [InlineData("TIMEOUT", "retry_later")]
    [InlineData("MK:0010", "retry_later")]
    [InlineData("MK:0023", "retry_later")]
    [InlineData("MI:0024", "retry_later")]
    [InlineData("002", "retry_later")]
    [InlineData("MK:0005", "retry_later")]
    [InlineData("MK:0013", "retry_later")]
    [InlineData("DB:0102", "retry_later")]
    [InlineData("IB:0008", "retry_later")]
    [InlineData("MI:0061", "retry_later")]
    [InlineData("MI:0062", "retry_later")]
    [InlineData("CB:0001", "bad_address")]
    [InlineData("CB:0053", "bad_address")]
    [InlineData("DB:0101", "bad_address")]
    [InlineData("MI:0210", "bad_address")]
    [InlineData("MI:0073", "bad_address")]
    [InlineData("DBBLACK", "no_consent")]
    [InlineData("-106", "content_refused")]
    [InlineData("MK:0014", "content_refused")]
    [InlineData("MK:0115", "content_refused")]
    [InlineData("DB:0142", "quota_gone")]
    [InlineData("UNKNOWN", "retry_later")]
    [InlineData(null, "retry_later")]
    public void A_carriers_code_has_a_reason(string? code, string reason)
    {
        Assert.Equal(reason, CarrierCodes.Reason(code, None).Code());
    }

    [Fact]
    public void An_account_may_say_otherwise()
    {
        var own = CarrierCodes.Read(new ConfigurationReader(JsonElement.Parse("""{ "carrier_codes": { "MK:0001": "retry_later", "XA:1": "no_consent" } }""")));

        Assert.Equal((FailureReason.RetryLater, FailureReason.NoConsent), (CarrierCodes.Reason("MK:0001", own), CarrierCodes.Reason("XA:1", own)));
    }

    [Theory]
    [InlineData("R", "R")]
    [InlineData(" t ", "T")]
    [InlineData("TD", "TD")]
    [InlineData("ＴＤ。", "TD")]
    [InlineData("TD退订", "TD退订")]
    [InlineData("退订！！", "退订")]
    [InlineData("退订短信吧", "退订短信吧")]
    [InlineData("拒收", "拒收")]
    [InlineData("Stop", "STOP")]
    [InlineData("退货怎么办理", null)]
    [InlineData("请不要退订我的会员", null)]
    [InlineData("TD是什么意思啊我不懂", null)]
    [InlineData("1", null)]
    [InlineData("", null)]
    public void An_opt_out_is_told_from_a_question(string reply, string? word)
    {
        Assert.Equal(word, OptOutWords.Read(new ConfigurationReader(JsonElement.Parse("{}"))).Find(reply));
    }

    [Fact]
    public void Own_words_replace_the_usual_ones()
    {
        var words = OptOutWords.Read(new ConfigurationReader(JsonElement.Parse("""{ "opt_out_words": ["别发了"] }""")));

        Assert.Equal(("别发了", null), (words.Find("别发了!"), words.Find("TD")));
    }
}
