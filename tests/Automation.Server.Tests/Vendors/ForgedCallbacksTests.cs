using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Callbacks;
using Automation.Sandbox;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>Callbacks over HTTP that no vendor sent, or that it sent once and somebody repeats: nothing happens by them.</summary>
[Collection("vendors")]
public sealed class ForgedCallbacksTests(VendorsFixture vendors)
{
    [Theory]
    [InlineData("wecom", "wwsandboxcorp")]
    [InlineData("mini_program", "wxdemo")]
    [InlineData("official_account", "wxdemoofficial")]
    public async Task A_bad_signature_another_receiver_and_an_old_time_are_refused(string account, string receiver)
    {
        var genuine = new EncryptedCallback(SandboxAccounts.EnvelopeToken, SandboxAccounts.EnvelopeKey, receiver);
        var another = new EncryptedCallback(SandboxAccounts.EnvelopeToken, SandboxAccounts.EnvelopeKey, "wx-of-somebody-else");
        var said = Said(account, $"o-forged-{account}", "1001");

        Assert.Equal(401, await PostAsync(account, genuine.Close(said), vendors.Now, token: "guessedToken"));
        Assert.Equal(401, await PostAsync(account, genuine.Close(said), vendors.Now, signature: new string('0', 40)));
        Assert.Equal(401, await PostAsync(account, genuine.Close(said), vendors.Now, signature: ""));
        Assert.Equal(401, await PostAsync(account, another.Close(said), vendors.Now));
        Assert.Equal(401, await PostAsync(account, genuine.Close(said), vendors.Now.AddHours(-2)));
        Assert.Equal(401, await PostAsync(account, genuine.Close(said), vendors.Now.AddHours(2)));
        Assert.Empty(await ContactsAsync(account, $"o-forged-{account}"));

        // The very same words, honestly closed, are heard: so it was the proof that was missing.
        Assert.Equal(200, await PostAsync(account, genuine.Close(said), vendors.Now));
        Assert.Single(await ContactsAsync(account, $"o-forged-{account}"));
    }

    [Theory]
    [InlineData("wecom", "wwsandboxcorp")]
    [InlineData("mini_program", "wxdemo")]
    [InlineData("official_account", "wxdemoofficial")]
    public async Task A_callback_that_is_replayed_counts_once(string account, string receiver)
    {
        var closed = new EncryptedCallback(SandboxAccounts.EnvelopeToken, SandboxAccounts.EnvelopeKey, receiver).Close(Said(account, $"o-again-{account}", "1002"));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, await PostAsync(account, closed, vendors.Now));
        }

        var contact = Assert.Single(await ContactsAsync(account, $"o-again-{account}")).GetProperty("id").GetInt64();
        Assert.Single(await vendors.Server.Ledger.EventsAsync(contact, 100, CancellationToken.None), one => one.Name == "message_received");
    }

    [Fact]
    public async Task An_SMS_receipt_that_is_replayed_or_meant_for_another_account_changes_nothing()
    {
        await vendors.JourneyAsync("replayed", "sms", """{ "template": "SMS_1" }""");
        var user = await vendors.PersonAsync("""{ "phone": "13700009001" }""");
        vendors.Vendors.Plan(SandboxAccounts.Aliyun).Next(new Fate(Receipts: 0));
        await vendors.HappensAsync(user, "replayed");
        var sent = JsonElement.Parse(Assert.Single(await vendors.UntilAsync("replayed", "message_sent")).Details);
        var vendorId = sent.GetProperty("vendor_id").GetString();
        var aliyun = JsonSerializer.Serialize(new[]
        {
            new { phone_number = "13700009001", success = true, err_code = "DELIVERED", biz_id = vendorId, report_time = "2026-03-02 10:00:00" },
        });
        var tencent = JsonSerializer.Serialize(new[]
        {
            new { mobile = "13700009001", nationcode = "86", report_status = "SUCCESS", errmsg = "DELIVRD", sid = vendorId, user_receive_time = "2026-03-02 10:00:00" },
        });

        Assert.Equal(200, await ReportAsync("tencent", tencent));
        Assert.DoesNotContain("message_delivered", await vendors.LedgerAsync("replayed", user));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, await ReportAsync("aliyun", aliyun));
        }

        Assert.Single(await vendors.LedgerAsync("replayed", user), "message_delivered");
    }

    [Theory]
    [InlineData("""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Encrypt>&c;</Encrypt></xml>""")]
    [InlineData("""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Encrypt>&a;</Encrypt></xml>""")]
    [InlineData("<xml><Encrypt>")]
    public async Task A_bomb_or_an_entity_from_outside_is_refused_and_the_server_goes_on(string xml)
    {
        foreach (var account in new[] { "wecom", "mini_program" })
        {
            using var answer = await vendors.Server.Http.PostAsync(
                new Uri($"/hooks/{account}?timestamp={vendors.Now.ToUnixTimeSeconds()}&nonce=1&msg_signature=0&signature=0&encrypt_type=aes", UriKind.Relative),
                new StringContent(xml, Encoding.UTF8, "text/xml"));

            Assert.InRange((int)answer.StatusCode, 400, 499);
            Assert.DoesNotContain("root:", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var healthy = await vendors.Server.Http.GetAsync(new Uri("/healthz", UriKind.Relative));
        Assert.Equal(200, (int)healthy.StatusCode);
    }

    private string Said(string account, string from, string id) => account == "wecom"
        ? $"<xml><ToUserName>wwsandboxcorp</ToUserName><FromUserName>{from}</FromUserName><CreateTime>{vendors.Now.ToUnixTimeSeconds()}</CreateTime><MsgType>text</MsgType><Content>您好</Content><MsgId>{id}</MsgId><AgentID>1000002</AgentID></xml>"
        : $$"""{ "ToUserName": "gh_sandbox", "FromUserName": "{{from}}", "CreateTime": {{vendors.Now.ToUnixTimeSeconds()}}, "MsgType": "text", "Content": "您好", "MsgId": {{id}} }""";

    private async Task<int> PostAsync(string account, string encrypted, DateTimeOffset at, string? token = null, string? signature = null)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = token ?? SandboxAccounts.EnvelopeToken;
        var whole = signature ?? EncryptedCallback.Signature(key, timestamp, "4711", encrypted);
        var plain = EncryptedCallback.Signature(key, timestamp, "4711");
        var body = account == "wecom"
            ? $"<xml><ToUserName>wwsandboxcorp</ToUserName><AgentID>1000002</AgentID><Encrypt>{encrypted}</Encrypt></xml>"
            : JsonSerializer.Serialize(new { ToUserName = "gh_sandbox", Encrypt = encrypted });
        using var answer = await vendors.Server.Http.PostAsync(
            new Uri($"/hooks/{account}?timestamp={timestamp}&nonce=4711&signature={plain}&encrypt_type=aes&msg_signature={whole}", UriKind.Relative),
            new StringContent(body, Encoding.UTF8, account == "wecom" ? "text/xml" : "application/json"));
        return (int)answer.StatusCode;
    }

    private async Task<int> ReportAsync(string account, string body)
    {
        using var answer = await vendors.Server.Http.PostAsync(
            new Uri($"/hooks/{account}?token={SandboxAccounts.CallbackToken}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        return (int)answer.StatusCode;
    }

    private async Task<JsonElement[]> ContactsAsync(string account, string who)
    {
        var type = account switch { "wecom" => "wecom_userid", "mini_program" => "open_id:wxdemo", _ => "open_id:wxdemoofficial" };
        return [.. (await vendors.Server.GetAsync($"/api/contacts?identity={Uri.EscapeDataString($"{type}:{who}")}")).GetProperty("contacts").EnumerateArray()];
    }
}
