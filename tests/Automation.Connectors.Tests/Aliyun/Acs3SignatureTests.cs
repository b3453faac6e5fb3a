using Automation.Connectors.Aliyun;

namespace Automation.Connectors.Tests.Aliyun;

/// <summary>The first vector is the vendor's own; the others follow its published algorithm, computed elsewhere.</summary>
public sealed class Acs3SignatureTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void The_published_example_has_its_published_signature()
    {
        var (canonical, signed) = Acs3Signature.Canonical(
            "POST", "/",
            Acs3Signature.Query([new("RegionId", "cn-shanghai"), new("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd")]),
            [
                new("host", "ecs.cn-shanghai.aliyuncs.com"), new("x-acs-action", "RunInstances"), new("x-acs-version", "2014-05-26"),
                new("x-acs-date", "2023-10-26T10:22:32Z"), new("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
                new("x-acs-content-sha256", EmptyHash),
            ]);

        Assert.Equal("host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version", signed);
        Assert.Equal("7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259", Acs3Signature.Hash(System.Text.Encoding.UTF8.GetBytes(canonical)));
        Assert.Equal("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0", Acs3Signature.Signature("YourAccessKeySecret", canonical));
    }

    [Fact]
    public void Headers_of_one_name_are_joined_in_order()
    {
        var (canonical, _) = Acs3Signature.Canonical(
            "GET", "/", Acs3Signature.Query([new("test", "ok"), new("empty", "")]),
            [new("x-acs-test", "http"), new("x-acs-TEST", "https")]);

        Assert.Equal("GET\n/\nempty=&test=ok\nx-acs-test:http, https\n\nx-acs-test\n", canonical);
        Assert.Equal(
            "be2046c5e1d69e715fec81597bb8f72330a7eab002d5cacd434dec1cb9be74ab",
            Acs3Signature.Signature("secret", canonical + "55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23"));
    }

    [Fact]
    public void A_query_is_encoded_after_RFC_3986()
    {
        var query = Acs3Signature.Query(
        [
            new("PhoneNumbers", "13900000001"), new("SignName", "阿里云"), new("TemplateCode", "SMS_15305"),
            new("TemplateParam", """{"code":"1234","name":"a b*c~d"}"""), new("OutId", "job-1/7"),
        ]);
        var (canonical, _) = Acs3Signature.Canonical("POST", "/", query, Headers("SendSms", EmptyHash));

        Assert.Equal(
            "OutId=job-1%2F7&PhoneNumbers=13900000001&SignName=%E9%98%BF%E9%87%8C%E4%BA%91&TemplateCode=SMS_15305&TemplateParam=%7B%22code%22%3A%221234%22%2C%22name%22%3A%22a%20b%2Ac~d%22%7D",
            query);
        Assert.Equal("c880edd82dae6046dedd1a23efc56b1e6234a035be1257619ef7a4801ab9bfe6", Acs3Signature.Hash(System.Text.Encoding.UTF8.GetBytes(canonical)));
        Assert.Equal("a114db9d2b06d55cab6dcb36ff44886fa0cb2bc4c07b001025aceadeecb36daf", Acs3Signature.Signature("testSecret", canonical));
    }

    [Fact]
    public void A_form_is_signed_by_its_hash_and_its_content_type()
    {
        var body = Acs3Signature.Query(
        [
            new("PhoneNumberJson", """["13900000001","13900000002"]"""), new("SignNameJson", """["阿里云","阿里云"]"""),
            new("TemplateParamJson", """[{"code":"1"},{"code":"2"}]"""),
        ]);
        var hash = Acs3Signature.Hash(System.Text.Encoding.UTF8.GetBytes(body));
        var authorization = Acs3Signature.Authorization(
            "testAk", "testSecret", "POST", "/", "TemplateCode=SMS_15305",
            [.. Headers("SendBatchSms", hash), new("content-type", "application/x-www-form-urlencoded")]);

        Assert.Equal("b219420f11b365fb5f363d8b7bd8ecde6a7c3459aac5d4977db8aae29befc60e", hash);
        Assert.Equal(
            "ACS3-HMAC-SHA256 Credential=testAk,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=fc5476b807fd959f6d148148214878f34c0ec93fbc03bfd181753a895f9a9c7e",
            authorization);
    }

    private static KeyValuePair<string, string>[] Headers(string action, string hash) =>
    [
        new("host", "dysmsapi.aliyuncs.com"), new("x-acs-action", action), new("x-acs-version", "2017-05-25"),
        new("x-acs-date", "2024-01-02T03:04:05Z"), new("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"), new("x-acs-content-sha256", hash),
    ];
}
