using System.Text;
using Automation.Connectors.TencentSms;

namespace Automation.Connectors.Tests.TencentSms;

/// <summary>The first vector is the vendor's own, its asterisks included; the others follow its published algorithm, computed elsewhere.</summary>
public sealed class Tc3SignatureTests
{
    private const string JsonType = "application/json; charset=utf-8";

    [Theory]
    [InlineData(false, "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031", "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c")]
    [InlineData(true, "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84", "be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3")]
    public void The_published_example_has_its_published_signature(bool withAction, string hash, string signature)
    {
        var payload = Encoding.UTF8.GetBytes("""{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}""");
        List<KeyValuePair<string, string>> headers = [new("content-type", JsonType), new("host", "cvm.tencentcloudapi.com")];
        if (withAction)
        {
            headers.Add(new("x-tc-action", "DescribeInstances"));
        }

        var (canonical, _) = Tc3Signature.Canonical(payload, headers);

        Assert.Equal("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064", Tc3Signature.Hash(payload));
        Assert.Equal(hash, Tc3Signature.Hash(Encoding.UTF8.GetBytes(canonical)));
        Assert.Equal(signature, Tc3Signature.Signature(
            "Gu5t9xGARNpq86cd98joQYCN3*******", "cvm", DateTimeOffset.FromUnixTimeSeconds(1551113065), canonical));
    }

    [Theory]
    [InlineData(1704164645, "2024-01-02", "94d10dd987af57861e028be08ae8d800f82969ce745b8497958f0201d0753743")]
    [InlineData(1704127800, "2024-01-01", "f3eff2a32ce722045d3a1ccd2ba9f33c924f57bdf71234f1d1ef306680b137b4")]
    public void The_day_of_the_scope_is_the_one_in_Greenwich(long seconds, string day, string signature)
    {
        var payload = Encoding.UTF8.GetBytes(
            """{"PhoneNumberSet":["+8613900000001"],"SmsSdkAppId":"1400006666","SignName":"腾讯云","TemplateId":"1110","TemplateParamSet":["1234"],"SessionContext":"job-1"}""");

        var authorization = Tc3Signature.Authorization(
            "testSecretId", "testSecretKey", "sms", DateTimeOffset.FromUnixTimeSeconds(seconds), payload,
            [new("content-type", JsonType), new("host", "sms.tencentcloudapi.com"), new("x-tc-action", "SendSms")]);

        Assert.Equal(
            $"TC3-HMAC-SHA256 Credential=testSecretId/{day}/sms/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature={signature}", authorization);
    }

    [Theory]
    [InlineData(true, "517da3c5dcbb2fd03ee0cad4af8f6de6574188f3a3a0ca6a93dd0e3537294d8f", "94d10dd987af57861e028be08ae8d800f82969ce745b8497958f0201d0753743")]
    [InlineData(false, "7e1c5aba0e7acc1228ea9b8acd182d0d3098dd8e4e6995fa8ff81339104d815a", "6fd2518eb9ccc2e55f92052fc0fddef2bb3276b37f15df7c5a9e85d1eecb420a")]
    public void A_message_is_signed_with_and_without_its_action(bool withAction, string hash, string signature)
    {
        var payload = Encoding.UTF8.GetBytes(
            """{"PhoneNumberSet":["+8613900000001"],"SmsSdkAppId":"1400006666","SignName":"腾讯云","TemplateId":"1110","TemplateParamSet":["1234"],"SessionContext":"job-1"}""");
        List<KeyValuePair<string, string>> headers = [new("content-type", JsonType), new("host", "sms.tencentcloudapi.com")];
        if (withAction)
        {
            headers.Add(new("x-tc-action", "SendSms"));
        }

        var (canonical, _) = Tc3Signature.Canonical(payload, headers);

        Assert.Equal("76de06c5c6880c3e0c568e3f0daa5916b45bb6bcdff47710ef8c04134378a949", Tc3Signature.Hash(payload));
        Assert.Equal(hash, Tc3Signature.Hash(Encoding.UTF8.GetBytes(canonical)));
        Assert.Equal(signature, Tc3Signature.Signature("testSecretKey", "sms", DateTimeOffset.FromUnixTimeSeconds(1704164645), canonical));
    }
}
