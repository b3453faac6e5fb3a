using Automation.Sandbox;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>Journey, connector, vendor, receipt, branch: the mini-program with its credits, and the official account.</summary>
[Collection("vendors")]
public sealed class WeChatVendorTests(VendorsFixture vendors)
{
    private const string Program = "open_id:wxdemo";
    private const string Official = "open_id:wxdemoofficial";

    [Fact]
    public async Task An_acceptance_is_one_message_and_the_ledger_counts_it()
    {
        await vendors.JourneyAsync("offer", "mini_program", """{ "template_id": "offer", "data": { "thing1": "咖啡券" } }""", """, "quota": "offer" """);
        var user = await PersonAsync("o-offer");
        await vendors.HappensAsync(user, "offer");
        Assert.Equal("no_consent", Assert.Single(await vendors.UntilAsync("offer", "message_suppressed")).Reason);

        vendors.Vendors.People.Ask("o-offer", "offer");
        await vendors.UntilFactAsync(user, "quota_changed", 1);
        await vendors.PassAsync(Duration.FromMinutes(2));
        await vendors.HappensAsync(user, "offer");
        await vendors.UntilAsync("offer", "message_delivered");
        await vendors.PassAsync(Duration.FromMinutes(2));
        await vendors.HappensAsync(user, "offer");
        var refused = await vendors.UntilAsync("offer", "message_suppressed", 2);

        Assert.Equal("咖啡券", Assert.Single(vendors.Vendors.Phones.List("o-offer")).Text);
        Assert.Equal(["no_consent", "no_quota"], refused.Select(fact => fact.Reason).Order());
        Assert.Contains("offer delivered", await TagsAsync(user));
        Assert.Equal(0, await BalanceAsync(user, "offer"));
        Assert.Equal(0, vendors.Vendors.People.Credits("o-offer", "offer"));
    }

    [Fact]
    public async Task A_credit_that_is_gone_at_the_vendor_is_corrected_here()
    {
        await vendors.JourneyAsync("spent", "mini_program", """{ "template_id": "spent", "data": { "thing1": "咖啡券" } }""", """, "quota": "spent" """);
        var user = await PersonAsync("o-spent");
        vendors.Vendors.People.Ask("o-spent", "spent");
        await vendors.UntilFactAsync(user, "quota_changed", 1);
        vendors.Vendors.People.Spend("o-spent", "spent");

        await vendors.HappensAsync(user, "spent");
        Assert.Equal("quota_gone", Assert.Single(await vendors.UntilAsync("spent", "message_failed")).Reason);
        await vendors.PassAsync(Duration.FromMinutes(1));

        Assert.Equal(0, await BalanceAsync(user, "spent"));
        Assert.Empty(vendors.Vendors.Phones.List("o-spent"));
    }

    [Fact]
    public async Task A_refusal_in_the_settings_takes_every_credit()
    {
        var user = await PersonAsync("o-refuses");
        vendors.Vendors.People.Ask("o-refuses", "news");
        await vendors.UntilFactAsync(user, "quota_changed", 1);
        await vendors.PassAsync(Duration.FromSeconds(1)); // The vendor dates its callbacks to the second, and that is all that tells them apart.
        vendors.Vendors.People.Ask("o-refuses", "news");
        await vendors.UntilFactAsync(user, "quota_changed", 2);
        Assert.Equal(2, await BalanceAsync(user, "news"));

        vendors.Vendors.People.Refuse("o-refuses", "news");
        await vendors.UntilFactAsync(user, "quota_changed", 3);

        Assert.Equal(0, await BalanceAsync(user, "news"));
    }

    [Fact]
    public async Task A_field_that_does_not_fit_is_refused_before_the_vendor_is_asked()
    {
        await vendors.JourneyAsync("too-long", "mini_program", """{ "template_id": "long", "data": { "thing1": "一二三四五六七八九十一二三四五六七八九十一" } }""", """, "quota": "long" """);
        var user = await PersonAsync("o-long");
        vendors.Vendors.People.Ask("o-long", "long");
        await vendors.UntilFactAsync(user, "quota_changed", 1);

        await vendors.HappensAsync(user, "too-long");
        Assert.Equal("content_refused", Assert.Single(await vendors.UntilAsync("too-long", "message_failed")).Reason);

        Assert.Equal(1, vendors.Vendors.People.Credits("o-long", "long"));
        Assert.Equal(1, await BalanceAsync(user, "long"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("failed:user block")]
    public async Task The_receipt_of_a_template_message_decides_the_branch(string? status)
    {
        var key = status is null ? "notice" : "notice-blocked";
        await vendors.JourneyAsync(key, "official_account", """{ "template_id": "notice", "data": { "first": "您的订单已发货" } }""");
        var user = await vendors.PersonAsync($$"""{ "{{Official}}": "o-{{key}}" }""");
        vendors.Vendors.People.Follow($"o-{key}");
        await vendors.UntilFactAsync(user, "consent_changed", 1);
        vendors.Vendors.Plan(SandboxAccounts.OfficialAccount).Next(new Fate(status));

        await vendors.HappensAsync(user, key);
        await vendors.UntilAsync(key, status is null ? "message_delivered" : "message_failed");
        await vendors.PassAsync(Duration.FromMinutes(1));

        Assert.Contains($"{key} {(status is null ? "delivered" : "failed")}", await TagsAsync(user));
        Assert.Contains(status is null ? "message_delivered" : "message_failed no_consent", await vendors.LedgerAsync(key, user));
        Assert.Equal(status is null ? 1 : 0, vendors.Vendors.Phones.List($"o-{key}").Count);
    }

    [Fact]
    public async Task Whoever_does_not_follow_is_a_bad_address()
    {
        await vendors.JourneyAsync("stranger", "official_account", """{ "template_id": "notice", "data": { "first": "您好" } }""");
        var user = await vendors.PersonAsync($$"""{ "{{Official}}": "o-stranger" }""");

        await vendors.HappensAsync(user, "stranger");

        Assert.Equal("bad_address", Assert.Single(await vendors.UntilAsync("stranger", "message_failed")).Reason);
    }

    [Fact]
    public async Task Whoever_wrote_can_be_answered_and_nobody_else()
    {
        await vendors.JourneyAsync("answer", "mini_program_service", """{ "text": "客服稍后联系您" }""", trigger: "message_received");
        var silent = await PersonAsync("o-silent");
        var writes = await PersonAsync("o-writes");

        vendors.Vendors.People.Write(SandboxAccounts.MiniProgram, "o-writes", "在吗");
        await vendors.UntilFactAsync(writes, "message_delivered", 1);
        // As if somebody else's message had started it: there is no conversation in which it could be said.
        await vendors.HappensAsync(silent, "message_received");
        await vendors.UntilFactAsync(silent, "message_failed", 1);
        await vendors.PassAsync(Duration.FromMinutes(2));

        Assert.Equal("客服稍后联系您", Assert.Single(vendors.Vendors.Phones.List("o-writes")).Text);
        Assert.Empty(vendors.Vendors.Phones.List("o-silent"));
        Assert.Equal(["enrolled", "message_queued", "message_delivered"], (await vendors.LedgerAsync("answer", writes)).Take(3));
        Assert.Contains("message_failed quota_gone", await vendors.LedgerAsync("answer", silent));
        Assert.Contains("answer failed", await TagsAsync(silent));
    }

    private Task<string> PersonAsync(string openId) => vendors.PersonAsync($$"""{ "{{Program}}": "{{openId}}" }""");

    private async Task<long> BalanceAsync(string user, string quota) => (await vendors.PersonNowAsync(user)).GetProperty("quotas").EnumerateArray()
        .Single(one => one.GetProperty("quota").GetString() == quota).GetProperty("balance").GetInt64();

    private async Task<IEnumerable<string?>> TagsAsync(string user) =>
        (await vendors.PersonNowAsync(user)).GetProperty("tags").EnumerateArray().Select(tag => tag.GetString());
}
