using System.Text.Json;
using Automation.Sandbox;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>Journey, connector, vendor, receipt, branch: both SMS vendors.</summary>
[Collection("vendors")]
public sealed class SmsVendorsTests(VendorsFixture vendors)
{
    [Theory]
    [InlineData("aliyun", null)]
    [InlineData("tencent", null)]
    [InlineData("aliyun", "MK:0001")]
    [InlineData("tencent", "MK:0001")]
    public async Task The_receipt_decides_the_branch(string account, string? carrierCode)
    {
        var key = $"{account}-{(carrierCode is null ? "arrives" : "fails")}";
        await vendors.JourneyAsync(key, "sms", Content(account), $$""", "account": "{{account}}" """);
        var user = await vendors.PersonAsync($$"""{ "phone": "{{Phone(account, carrierCode is null ? 1 : 2)}}" }""");
        vendors.Vendors.Plan(account).Next(new Fate(carrierCode));

        await vendors.HappensAsync(user, key);
        await vendors.UntilAsync(key, carrierCode is null ? "message_delivered" : "message_failed");
        await vendors.PassAsync(Duration.FromMinutes(1));

        var tags = (await vendors.PersonNowAsync(user)).GetProperty("tags").EnumerateArray().Select(tag => tag.GetString());
        Assert.Contains($"{key} {(carrierCode is null ? "delivered" : "failed")}", tags);
        var ledger = await vendors.LedgerAsync(key, user);
        Assert.Equal(["enrolled", "message_queued"], ledger.Take(2));
        // Whether the receipt or the answer is here first is the network's choice; the journey waits a minute either way.
        Assert.Single(ledger, carrierCode is null ? "message_delivered" : "message_failed bad_address");
        Assert.Equal("exited exit_step", ledger[^1]);
        Assert.Equal(carrierCode is null ? 1 : 0, vendors.Vendors.Phones.List($"+86{Phone(account, carrierCode is null ? 1 : 2)}").Count);
    }

    [Theory]
    [InlineData("aliyun")]
    [InlineData("tencent")]
    public async Task A_lost_answer_is_asked_about_and_nothing_is_sent_twice(string account)
    {
        var key = $"{account}-lost";
        await vendors.JourneyAsync(key, "sms", Content(account), $$""", "account": "{{account}}" """);
        var user = await vendors.PersonAsync($$"""{ "phone": "{{Phone(account, 3)}}" }""");
        vendors.Vendors.Plan(account).Next(Mood.ResetAfterTaking);
        vendors.Vendors.Plan(account).Next(new Fate(Receipts: 0));

        await vendors.HappensAsync(user, key);
        await vendors.UntilAsync(key, "message_unknown");
        await vendors.PassAsync(Duration.FromSeconds(11));

        Assert.Single(await vendors.UntilAsync(key, "message_delivered"));
        Assert.Single(vendors.Vendors.Phones.List($"+86{Phone(account, 3)}"));
    }

    [Theory]
    [InlineData("aliyun", "TD")]
    [InlineData("tencent", "拒收请回复R 退订")]
    [InlineData("tencent", "退订")]
    public async Task A_reply_that_opts_out_revokes_consent_and_the_next_message_is_refused(string account, string reply)
    {
        var key = $"{account}-replies-{reply.Length}";
        await vendors.JourneyAsync(key, "sms", Content(account), $$""", "account": "{{account}}" """);
        var number = Phone(account, 40 + reply.Length);
        var user = await vendors.PersonAsync($$"""{ "phone": "{{number}}" }""");
        await vendors.HappensAsync(user, key);
        await vendors.UntilAsync(key, "message_delivered");
        var isOptOut = reply.Length <= 6;

        vendors.Vendors.People.Reply(account, $"+86{number}", reply);
        await vendors.UntilEventAsync(user, "message_received");
        await vendors.PassAsync(Duration.FromMinutes(2));
        await vendors.HappensAsync(user, key);

        if (isOptOut)
        {
            Assert.Equal("no_consent", Assert.Single(await vendors.UntilAsync(key, "message_suppressed")).Reason);
        }
        else
        {
            await vendors.UntilAsync(key, "message_delivered", 2);
        }
        Assert.Equal(isOptOut ? 1 : 2, vendors.Vendors.Phones.List($"+86{number}").Count);
    }

    [Theory]
    [InlineData("aliyun")]
    [InlineData("tencent")]
    public async Task A_busy_vendor_is_tried_again_and_the_person_gets_it_once(string account)
    {
        var key = $"{account}-busy";
        await vendors.JourneyAsync(key, "sms", Content(account), $$""", "account": "{{account}}" """);
        var user = await vendors.PersonAsync($$"""{ "phone": "{{Phone(account, 5)}}" }""");
        vendors.Vendors.Plan(account).Next(Mood.Busy);

        await vendors.HappensAsync(user, key);
        Assert.Equal("retry_later", Assert.Single(await vendors.UntilAsync(key, "retry_scheduled")).Reason);
        await vendors.PassAsync(Duration.FromHours(1));

        await vendors.UntilAsync(key, "message_delivered");
        Assert.Single(vendors.Vendors.Phones.List($"+86{Phone(account, 5)}"));
    }

    [Theory]
    [InlineData("aliyun")]
    [InlineData("tencent")]
    public async Task A_number_that_nobody_has_takes_the_fallback(string account)
    {
        var key = $"{account}-nobody";
        await vendors.TemplateAsync($"{key}-app", "wecom_app", """{ "text": "短信未送达" }""");
        vendors.Vendors.People.WeCom.Members.TryAdd($"member-{account}", 0);
        await vendors.JourneyAsync(
            key, "sms", Content(account), $$""", "account": "{{account}}", "fallback": [ { "channel": "wecom_app", "template": "{{key}}-app", "after": "4h" } ] """);
        vendors.Vendors.People.Forget($"+86{Phone(account, 6)}");
        var user = await vendors.PersonAsync($$"""{ "phone": "{{Phone(account, 6)}}", "wecom_userid": "member-{{account}}" }""");

        await vendors.HappensAsync(user, key);
        await vendors.UntilAsync(key, "message_queued", 2);
        await vendors.UntilAsync(key, "message_delivered");

        Assert.Contains("message_failed bad_address", await vendors.LedgerAsync(key, user));
        Assert.Equal("短信未送达", Assert.Single(vendors.Vendors.Phones.List($"member-{account}")).Text);
    }

    [Fact]
    public async Task A_forged_receipt_changes_nothing()
    {
        await vendors.JourneyAsync("aliyun-forged", "sms", Content("aliyun"));
        var user = await vendors.PersonAsync($$"""{ "phone": "{{Phone("aliyun", 7)}}" }""");
        vendors.Vendors.Plan(SandboxAccounts.Aliyun).Next(new Fate(Receipts: 0));
        await vendors.HappensAsync(user, "aliyun-forged");
        var sent = JsonElement.Parse(Assert.Single(await vendors.UntilAsync("aliyun-forged", "message_sent")).Details);
        var body = JsonSerializer.Serialize(new[]
        {
            new { phone_number = Phone("aliyun", 7), success = true, err_code = "DELIVERED", biz_id = "9006197469364984401", report_time = "2026-03-02 10:00:00" },
        });

        foreach (var token in new[] { "", "?token=", "?token=sandbox-callback-tokem", "?token=x&token=sandbox-callback-token" })
        {
            using var forged = await vendors.Server.Http.PostAsync(
                new Uri($"/hooks/aliyun{token}", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
            Assert.Equal(401, (int)forged.StatusCode);
        }

        Assert.Equal(JsonValueKind.Object, sent.ValueKind);
        Assert.DoesNotContain("message_delivered", await vendors.LedgerAsync("aliyun-forged", user));
    }

    private static string Content(string account) => account == "aliyun"
        ? """{ "template": "SMS_1", "params": { "text": "您好 {{ contact.user_id }}" } }"""
        : """{ "template": "1", "params": [ "您好" ] }""";

    private static string Phone(string account, int number) => $"{(account == "aliyun" ? 138 : 139)}{number:D8}";
}
