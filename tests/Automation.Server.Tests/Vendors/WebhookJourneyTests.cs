using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>Journey, webhook, somebody's HTTP server, its answer in <c>steps.&lt;id&gt;</c>, branch and message; and the ledger of it.</summary>
[Collection("vendors")]
public sealed class WebhookJourneyTests(VendorsFixture vendors)
{
    [Fact]
    public async Task The_answer_of_a_service_chooses_the_branch_and_stands_in_the_message()
    {
        var asked = new ConcurrentQueue<(string Signature, JsonElement Body)>();
        await using var service = await StartAsync(async context =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            asked.Enqueue((context.Request.Headers["X-Automation-Signature"].ToString(), body));
            var isVip = body.GetProperty("content").GetProperty("level").GetString() == "vip";
            await context.Response.WriteAsJsonAsync(new { code = isVip ? "VIP-88" : "", worth = isVip ? 88 : 0 });
        });
        await vendors.Server.AskAsync(HttpMethod.Put, "/api/accounts/coupons", $$"""
            { "connector": "webhook", "configuration": { "url": "{{service.Urls.Single()}}/coupon", "allow_hosts": [ "127.0.0.1" ] }, "secrets": { "signing_secret": "whsec_0123456789abcdef" } }
            """);
        await vendors.TemplateAsync("coupon-vip", "sms", """{ "template": "SMS_1", "params": { "text": "{{ steps.ask.code }}" } }""");
        await vendors.Server.AskAsync(HttpMethod.Put, "/api/journeys/coupon", """
            { "key": "coupon", "trigger": { "on": "event", "event": "coupon" }, "entry": { "repeat": "always" },
              "steps": [
                { "id": "ask", "type": "call", "account": "coupons", "content": { "level": "{{ contact.level }}" }, "timeout": "30s", "next": "gate" },
                { "id": "gate", "type": "branch", "otherwise": "none", "branches": [
                  { "name": "worth it", "when": { "combinator": "and", "rules": [ { "field": "steps.ask.worth", "operator": ">", "value": 50 } ] }, "next": "say" } ] },
                { "id": "say", "type": "send", "channel": "sms", "template": "coupon-vip" },
                { "id": "none", "type": "update", "add_tags": [ "no coupon" ] } ] }
            """);
        await vendors.Server.AskAsync(HttpMethod.Post, "/api/journeys/coupon/publish", new { });
        var vip = await vendors.PersonAsync("""{ "phone": "13700009101", "level": "vip" }""");
        var plain = await vendors.PersonAsync("""{ "phone": "13700009102", "level": "plain" }""");

        await vendors.HappensAsync(vip, "coupon");
        await vendors.HappensAsync(plain, "coupon");
        await vendors.UntilAsync("coupon", "message_delivered");
        await vendors.UntilAsync("coupon", "completed", 2);

        Assert.Contains("VIP-88", Assert.Single(vendors.Vendors.Phones.List("+8613700009101")).Text, StringComparison.Ordinal);
        Assert.Empty(vendors.Vendors.Phones.List("+8613700009102"));
        Assert.All(asked, one => Assert.NotEmpty(one.Signature));
        Assert.Equal(2, asked.Count);
        var ledger = await vendors.LedgerAsync("coupon", plain);
        Assert.Equal(["enrolled", "message_queued", "call_answered", "branch_taken", "contact_updated", "completed"], ledger);
        Assert.Contains("VIP-88", Assert.Single(
            await vendors.UntilAsync("coupon", "call_answered", 2), fact => fact.Details.Contains("VIP-88", StringComparison.Ordinal)).Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_says_no_is_a_branch_and_one_that_is_busy_is_asked_again()
    {
        var answers = new Queue<int>([503, 422]);
        await using var service = await StartAsync(context =>
        {
            context.Response.StatusCode = answers.Dequeue();
            return Task.CompletedTask;
        });
        await vendors.Server.AskAsync(HttpMethod.Put, "/api/accounts/refusing", $$"""
            { "connector": "webhook", "configuration": { "url": "{{service.Urls.Single()}}/", "allow_hosts": [ "127.0.0.1" ] } }
            """);
        await vendors.Server.AskAsync(HttpMethod.Put, "/api/journeys/refused", """
            { "key": "refused", "trigger": { "on": "event", "event": "refused" }, "entry": { "repeat": "always" },
              "steps": [
                { "id": "ask", "type": "call", "account": "refusing", "content": { "a": "b" }, "timeout": "1h", "on_failure": { "next": "no" }, "next": "yes" },
                { "id": "no", "type": "update", "add_tags": [ "was refused" ], "next": "end" },
                { "id": "yes", "type": "update", "add_tags": [ "was taken" ], "next": "end" },
                { "id": "end", "type": "exit" } ] }
            """);
        await vendors.Server.AskAsync(HttpMethod.Post, "/api/journeys/refused/publish", new { });
        var user = await vendors.PersonAsync("""{ "level": "plain" }""");

        await vendors.HappensAsync(user, "refused");
        await vendors.UntilAsync("refused", "retry_scheduled");
        await vendors.PassAsync(Duration.FromMinutes(5));
        await vendors.UntilAsync("refused", "exited");

        Assert.Equal(
            ["enrolled", "message_queued", "retry_scheduled retry_later", "message_retried", "message_failed content_refused", "contact_updated", "exited exit_step"],
            await vendors.LedgerAsync("refused", user));
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.Run(answer);
        await service.StartAsync();
        return service;
    }
}
