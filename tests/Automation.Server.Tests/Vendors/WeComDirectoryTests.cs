using System.Text.Json;
using Automation.Sandbox.WeCom;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>Everybody whom WeCom knows, read from its lists, and messages into groups of them.</summary>
[Collection("vendors")]
public sealed class WeComDirectoryTests(VendorsFixture vendors)
{
    private WeComBook Book => vendors.Vendors.People.WeCom;

    [Fact]
    public async Task Customers_groups_and_tags_come_from_the_vendors_lists_and_the_second_time_nothing_is_new()
    {
        await vendors.JourneyAsync("list-joined", "wecom_app", """{ "text": "{{ event.group_id }}" }""", trigger: "group_joined");
        for (var i = 0; i < 230; i++)
        {
            var customer = new Customer($"wm-list-{i:D3}", $"客户{i}", $"union-list-{i:D3}");
            customer.Members["zhangsan"] = [i % 2 == 0 ? "老客" : "新客"];
            if (i < 110)
            {
                Book.Members.TryAdd("list-member", 0);
                customer.Members["list-member"] = ["生日"];
            }
            Book.Customers[customer.Id] = customer;
        }
        for (var i = 0; i < 25; i++)
        {
            var group = new CustomerGroup($"list-group-{i:D2}", $"群{i}", "zhangsan");
            group.Customers[$"wm-list-{i:D3}"] = vendors.Now - (i == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromDays(90));
            Book.Groups[group.Id] = group;
        }

        var first = await vendors.SyncAsync("wecom");
        await vendors.UntilAsync("list-joined", "enrolled");
        var again = await vendors.SyncAsync("wecom");
        Book.Customers["wm-list-007"].Members["zhangsan"] = ["流失"];
        var changed = await vendors.SyncAsync("wecom");

        Assert.True(first.GetProperty("pages").GetInt64() > 4, first.GetRawText());
        Assert.True(first.GetProperty("news").GetInt64() >= 255, first.GetRawText());
        Assert.Equal(0, again.GetProperty("news").GetInt64());
        Assert.Equal(1, changed.GetProperty("news").GetInt64());
        var known = (await vendors.Server.GetAsync("/api/contacts?identity=union_id:union-list-007")).GetProperty("contacts")[0];
        var contact = await vendors.Server.GetAsync($"/api/contacts/{known.GetProperty("id").GetInt64()}");
        Assert.Equal("wm-list-007", Identity(contact, "external_user_id"));
        Assert.Contains("流失", contact.GetProperty("attributes").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("生日", contact.GetProperty("attributes").GetRawText(), StringComparison.Ordinal);
        // Who joined an hour ago is welcomed; who joined last year is known to be in the group, and nothing more.
        Assert.Single(await vendors.UntilAsync("list-joined", "enrolled"));
    }

    [Fact]
    public async Task A_joining_that_a_callback_told_is_not_told_again_by_the_list()
    {
        await vendors.JourneyAsync("list-once", "wecom_app", """{ "text": "x" }""", trigger: "group_joined");
        Book.Customers["wm-once"] = new Customer("wm-once", "一次", null);
        vendors.Vendors.People.JoinGroup("once-group", "一次群", "wm-once");
        await vendors.UntilAsync("list-once", "enrolled");
        await vendors.PassAsync(Duration.FromMinutes(2)); // The journey has ended, so a second joining would enroll again.

        await vendors.SyncAsync("wecom");

        Assert.Single(await vendors.UntilAsync("list-once", "enrolled"), fact => fact.Contact > 0);
    }

    [Fact]
    public async Task The_owner_of_groups_confirms_a_message_into_them()
    {
        Book.Groups["mass-group"] = new CustomerGroup("mass-group", "福利群", "zhangsan");
        await vendors.JourneyAsync("to-groups", "wecom_group", """{ "text": "群公告", "groups": [ "mass-group", "gone-group" ] }""");
        var user = await vendors.PersonAsync("{}");

        await vendors.HappensAsync(user, "to-groups");
        await vendors.UntilAsync("to-groups", "message_sent");
        vendors.Vendors.People.Confirm(vendors.Now, vendors.Vendors.People.Tasks.Single(task => task.Text == "群公告").Id);
        await vendors.PassAsync(Duration.FromMinutes(2));
        await vendors.UntilAsync("to-groups", "message_delivered");

        Assert.Equal(("群公告", "group"), vendors.Vendors.Phones.List("mass-group") is [var shown] ? (shown.Text, shown.Kind) : default);
    }

    [Fact]
    public async Task A_message_into_groups_that_are_gone_is_a_failure_with_its_reason()
    {
        await vendors.JourneyAsync("to-nobody", "wecom_group", """{ "text": "群公告二", "group": "gone-group" }""");
        var user = await vendors.PersonAsync("{}");

        await vendors.HappensAsync(user, "to-nobody");

        Assert.Equal("bad_address", Assert.Single(await vendors.UntilAsync("to-nobody", "message_failed")).Reason);
    }

    [Fact]
    public async Task An_account_without_a_list_says_so()
    {
        using var request = vendors.Server.Request(HttpMethod.Post, "/api/accounts/aliyun/sync", Automation.Server.Security.Role.Admin);
        var (status, problem) = await vendors.Server.SendAsync(request);

        Assert.Equal((404, "not_found"), (status, problem.GetProperty("code").GetString()));
    }

    private static string? Identity(JsonElement contact, string type) => contact.GetProperty("identities").EnumerateArray()
        .Single(one => one.GetProperty("type").GetString() == type).GetProperty("value").GetString();
}
