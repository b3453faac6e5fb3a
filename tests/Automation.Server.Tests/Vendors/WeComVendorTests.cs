using System.Text.Json;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>Journey, connector, vendor, a member's word, branch: WeCom.</summary>
[Collection("vendors")]
public sealed class WeComVendorTests(VendorsFixture vendors)
{
    [Fact]
    public async Task A_member_confirms_and_the_journey_knows_each_stage()
    {
        await vendors.TemplateAsync("mass-sms", "sms", """{ "template": "SMS_1" }""");
        await vendors.JourneyAsync("mass", "wecom", """{ "text": "新品上架" }""", """, "fallback": [ { "channel": "sms", "template": "mass-sms", "after": "30h" } ] """);
        var user = await CustomerAsync("wm-mass", 10);

        await vendors.HappensAsync(user, "mass");
        await vendors.UntilAsync("mass", "message_sent");
        await vendors.PassAsync(Duration.FromSeconds(10));
        await vendors.UntilAsync("mass", "message_progressed");
        await vendors.PassAsync(Duration.FromHours(5));
        var stages = await vendors.UntilAsync("mass", "message_progressed", 2);
        Confirm("新品上架");
        await vendors.PassAsync(Duration.FromHours(6));
        await vendors.UntilAsync("mass", "message_delivered");
        await vendors.PassAsync(Duration.FromMinutes(1));

        Assert.Equal(["reminded", "waiting_for_member"], stages.Select(Stage).Order());
        Assert.Equal("新品上架", Assert.Single(vendors.Vendors.Phones.List("wm-mass")).Text);
        Assert.Equal(1, vendors.Vendors.People.Tasks.Single(task => task.Text == "新品上架").Reminders);
        Assert.Contains("mass delivered", await TagsAsync(user));
        Assert.Equal(
            ["enrolled", "message_queued", "message_sent", "message_progressed", "message_progressed", "message_delivered"], (await vendors.LedgerAsync("mass", user)).Take(6));
    }

    [Fact]
    public async Task A_task_that_nobody_confirms_falls_back_and_a_late_success_cancels_the_rest()
    {
        await vendors.TemplateAsync("chain-program", "mini_program", """{ "template_id": "chain", "data": { "thing1": "优惠券" } }""");
        await vendors.TemplateAsync("chain-sms", "sms", """{ "template": "SMS_1" }""");
        await vendors.JourneyAsync("chain", "wecom", """{ "text": "请确认" }""", """
            , "fallback": [ { "channel": "mini_program", "template": "chain-program", "quota": "chain", "after": "4h" }, { "channel": "sms", "template": "chain-sms", "after": "4h" } ]
            """);
        var user = await CustomerAsync("wm-chain", 1);

        await vendors.HappensAsync(user, "chain");
        await vendors.UntilAsync("chain", "message_sent");
        await vendors.PassAsync(Duration.FromHours(4));
        // There is no credit for the mini-program, so the chain goes on to the SMS at once.
        await vendors.UntilAsync("chain", "message_delivered");
        vendors.Vendors.People.Confirm(vendors.Now);
        await vendors.PassAsync(Duration.FromHours(5));

        var ledger = await vendors.LedgerAsync("chain", user);
        Assert.Contains("message_suppressed no_quota", ledger);
        Assert.Single(vendors.Vendors.Phones.List("+8613700000001"));
        Assert.Equal(2, (await vendors.UntilAsync("chain", "message_delivered", 2)).Count);
    }

    [Fact]
    public async Task A_late_confirmation_calls_off_the_sms_that_was_to_follow()
    {
        await vendors.TemplateAsync("late-sms", "sms", """{ "template": "SMS_1" }""");
        await vendors.JourneyAsync("late", "wecom", """{ "text": "请确认" }""", """, "fallback": [ { "channel": "sms", "template": "late-sms", "after": "4h" } ] """);
        var user = await CustomerAsync("wm-late", 2);

        await vendors.HappensAsync(user, "late");
        await vendors.UntilAsync("late", "message_sent");
        await vendors.PassAsync(Duration.FromHours(3));
        vendors.Vendors.People.Confirm(vendors.Now);
        await vendors.PassAsync(Duration.FromMinutes(50));
        await vendors.UntilAsync("late", "message_delivered");
        await vendors.PassAsync(Duration.FromHours(8));

        Assert.Empty(vendors.Vendors.Phones.List("+8613700000002"));
        Assert.Contains("late delivered", await TagsAsync(user));
        Assert.Single(await vendors.LedgerAsync("late", user), "message_queued");
    }

    [Theory]
    [InlineData("expired", "retry_later", 46)]
    [InlineData("not_a_friend", "bad_address", 1)]
    [InlineData("over_the_limit", "quota_gone", 1)]
    public async Task What_a_task_ends_with_is_a_branch(string code, string reason, int hours)
    {
        var key = $"ends-{code}";
        await vendors.JourneyAsync(key, "wecom", $$"""{ "text": "{{code}}" }""");
        var user = await CustomerAsync($"wm-{code}", 100 + code.Length);
        if (code == "over_the_limit")
        {
            // The vendor counts what all senders together sent the customer this month.
            await vendors.JourneyAsync("ends-many", "wecom", """{ "text": "又一条" }""");
            for (var i = 1; i <= 31; i++)
            {
                await vendors.HappensAsync(user, "ends-many");
                await vendors.UntilAsync("ends-many", "message_sent", i);
                vendors.Vendors.People.Confirm(vendors.Now);
                await vendors.PassAsync(Duration.FromMinutes(2));
            }
        }

        await vendors.HappensAsync(user, key);
        await vendors.UntilAsync(key, "message_sent");
        if (code == "not_a_friend")
        {
            vendors.Vendors.People.WeCom.Customers[$"wm-{code}"].Members.Clear();
        }
        if (code != "expired")
        {
            vendors.Vendors.People.Confirm(vendors.Now);
        }
        await vendors.PassAsync(Duration.FromHours(hours));
        var failed = Assert.Single(await vendors.UntilAsync(key, "message_failed"));

        Assert.Equal((reason, code), (failed.Reason, JsonElement.Parse(failed.Details).GetProperty("code").GetString()));
        Assert.DoesNotContain(vendors.Vendors.Phones.List($"wm-{code}"), message => message.Text == code);
        if (code == "expired")
        {
            Assert.NotNull(vendors.Vendors.People.Tasks.Single(task => task.Text == code).CancelledAt);
        }
    }

    [Fact]
    public async Task A_new_customer_is_greeted_within_twenty_seconds()
    {
        await vendors.JourneyAsync("greet", "wecom_welcome", """{ "text": "欢迎 {{ event.member }}", "welcome_code": "{{ event.welcome_code }}" }""", trigger: "customer_added");

        vendors.Vendors.People.AddCustomer("wm-new", "小王", "union-new");
        await vendors.UntilAsync("greet", "message_delivered");

        Assert.Equal(("welcome", "欢迎 zhangsan"), vendors.Vendors.Phones.List("wm-new") is [var message] ? (message.Kind, message.Text) : default);
        var known = (await vendors.Server.GetAsync("/api/contacts?identity=union_id:union-new")).GetProperty("contacts");
        Assert.Equal(1, known.GetArrayLength());
    }

    [Fact]
    public async Task A_greeting_that_comes_too_late_is_a_failure_with_its_reason()
    {
        await vendors.JourneyAsync("greet-late", "wecom_welcome", """{ "text": "欢迎", "welcome_code": "long-gone" }""");
        var user = await CustomerAsync("wm-greet-late", 14);

        await vendors.HappensAsync(user, "greet-late");

        Assert.Equal("quota_gone", Assert.Single(await vendors.UntilAsync("greet-late", "message_failed")).Reason);
    }

    [Fact]
    public async Task A_member_gets_a_message_of_the_app_and_an_unknown_one_is_a_branch()
    {
        vendors.Vendors.People.WeCom.Members.TryAdd("lisi", 0);
        await vendors.JourneyAsync("app", "wecom_app", """{ "text": "有客户下单" }""");
        var member = await vendors.PersonAsync("""{ "wecom_userid": "lisi" }""");
        var nobody = await vendors.PersonAsync("""{ "wecom_userid": "nobody" }""");

        await vendors.HappensAsync(member, "app");
        await vendors.HappensAsync(nobody, "app");
        await vendors.UntilAsync("app", "message_delivered");
        Assert.Equal("bad_address", Assert.Single(await vendors.UntilAsync("app", "message_failed")).Reason);
        await vendors.PassAsync(Duration.FromMinutes(1));

        Assert.Equal("有客户下单", Assert.Single(vendors.Vendors.Phones.List("lisi")).Text);
    }

    [Fact]
    public async Task A_customer_who_joins_a_group_starts_a_journey()
    {
        await vendors.JourneyAsync("joined", "wecom", """{ "text": "欢迎入群" }""", trigger: "group_joined");
        await CustomerAsync("wm-joins", 15);

        vendors.Vendors.People.JoinGroup("chat-1", "老客群", "wm-joins");

        await vendors.UntilAsync("joined", "message_sent");
    }

    [Fact]
    public async Task A_token_that_expires_between_two_messages_is_fetched_anew()
    {
        await vendors.JourneyAsync("expires", "wecom_app", """{ "text": "两次" }""");
        vendors.Vendors.People.WeCom.Members.TryAdd("wangwu", 0);
        var user = await vendors.PersonAsync("""{ "wecom_userid": "wangwu" }""");

        await vendors.HappensAsync(user, "expires");
        await vendors.UntilAsync("expires", "message_delivered");
        vendors.Vendors.Plan("wecom").Next(Automation.Sandbox.Mood.TokenExpired);
        await vendors.PassAsync(Duration.FromMinutes(2));
        await vendors.HappensAsync(user, "expires");
        await vendors.UntilAsync("expires", "message_delivered", 2);

        Assert.Equal(2, vendors.Vendors.Phones.List("wangwu").Count);
    }

    private void Confirm(string text) => Assert.Equal(
        1, vendors.Vendors.People.Confirm(vendors.Now, vendors.Vendors.People.Tasks.Single(task => task.Text == text && task.ConfirmedAt is null).Id));

    private async Task<string> CustomerAsync(string id, int phone)
    {
        var customer = new Automation.Sandbox.WeCom.Customer(id, id, null);
        customer.Members["zhangsan"] = [];
        vendors.Vendors.People.WeCom.Customers[id] = customer;
        return await vendors.PersonAsync($$"""{ "external_user_id": "{{id}}", "open_id:wxdemo": "o-{{id}}", "consent": { "mini_program": true }, "phone": "137{{phone:D8}}" }""");
    }

    private async Task<IEnumerable<string?>> TagsAsync(string user) =>
        (await vendors.PersonNowAsync(user)).GetProperty("tags").EnumerateArray().Select(tag => tag.GetString());

    private static string? Stage(Automation.Runtime.Ports.LedgerRow row) => JsonElement.Parse(row.Details).GetProperty("stage").GetString();
}
