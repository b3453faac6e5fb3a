using System.Text.Json;
using Automation.Runtime.Ports;
using Automation.Sandbox;
using Automation.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Vendors;

/// <summary>
/// The whole way: a real server with an account at each vendor, and the vendors' stand-ins, that call back to it. Both live by one clock,
/// which the tests hold.
/// </summary>
public sealed class VendorsFixture : IAsyncLifetime
{
    private readonly HeldClock _clock = new(Instant.FromUtc(2026, 3, 2, 2, 0));
    private int _people;

    public RunningServer Server { get; private set; } = null!;

    public VendorSandbox Vendors { get; private set; } = null!;

    public DateTimeOffset Now => _clock.GetCurrentInstant().ToDateTimeOffset();

    private EmbeddedEngine Embedded => Server.App.Services.GetRequiredService<EmbeddedEngine>();

    public async Task InitializeAsync()
    {
        Vendors = await VendorSandbox.StartAsync(new SandboxOptions { Time = new ClockTime(_clock) });
        Server = await RunningServer.StartAsync(_clock);
        Vendors.Hooks = new Uri(Server.Http.BaseAddress!, "hooks/");
        foreach (var account in SandboxAccounts.Keys)
        {
            await Server.AskAsync(HttpMethod.Put, $"/api/accounts/{account}", SandboxAccounts.Document(account, Vendors.Address).ToJsonString());
        }
        await Server.AskAsync(HttpMethod.Put, "/api/settings", """
            { "consent": { "sms": "assumed", "wecom": "assumed", "wecom_welcome": "assumed", "wecom_app": "assumed", "wecom_group": "assumed",
                           "mini_program": "required", "mini_program_service": "assumed", "official_account": "assumed" },
              "accounts": { "sms": "aliyun", "wecom": "wecom", "wecom_welcome": "wecom", "wecom_app": "wecom", "wecom_group": "wecom", "mini_program": "mini_program", "mini_program_service": "mini_program",
                            "official_account": "official_account" } }
            """);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Vendors.DisposeAsync();
    }

    /// <summary>A template and a journey that sends it, waits, and says by a tag which branch the outcome led to.</summary>
    /// <param name="send">The fields of the send step beside id, type, channel and template.</param>
    public async Task JourneyAsync(string key, string channel, string content, string send = "", string trigger = "")
    {
        await TemplateAsync(key, channel, content);
        await Server.AskAsync(HttpMethod.Put, $"/api/journeys/{key}", $$"""
            { "key": "{{key}}", "trigger": { "on": "event", "event": "{{(trigger.Length > 0 ? trigger : key)}}" }, "entry": { "repeat": "always" },
              "steps": [
                { "id": "say", "type": "send", "channel": "{{channel}}", "template": "{{key}}"{{send}}, "next": "pause" },
                { "id": "pause", "type": "wait", "for": "1m", "next": "gate" },
                { "id": "gate", "type": "branch", "otherwise": "else", "branches": [
                  { "name": "delivered", "when": { "combinator": "and", "rules": [ { "field": "steps.say.outcome", "operator": "=", "value": "delivered" } ] }, "next": "yes" },
                  { "name": "failed", "when": { "combinator": "and", "rules": [ { "field": "steps.say.outcome", "operator": "=", "value": "failed" } ] }, "next": "no" } ] },
                { "id": "yes", "type": "update", "add_tags": [ "{{key}} delivered" ], "next": "end" },
                { "id": "no", "type": "update", "add_tags": [ "{{key}} failed" ], "next": "end" },
                { "id": "else", "type": "update", "add_tags": [ "{{key}} open" ], "next": "end" },
                { "id": "end", "type": "exit" } ] }
            """);
        await Server.AskAsync(HttpMethod.Post, $"/api/journeys/{key}/publish", new { });
    }

    public Task TemplateAsync(string key, string channel, string content) => Server.AskAsync(
        HttpMethod.Put, $"/api/templates/{key}", $$"""{ "key": "{{key}}", "channel": "{{channel}}", "content": {{content}} }""");

    /// <summary>A new person with these traits.</summary>
    public async Task<string> PersonAsync(string traits)
    {
        var user = $"person-{Interlocked.Increment(ref _people)}";
        await TrackedAsync("identify", $$"""{ "userId": "{{user}}", "traits": {{traits}} }""");
        return user;
    }

    public Task HappensAsync(string user, string name) => TrackedAsync("track", $$"""{ "userId": "{{user}}", "event": "{{name}}" }""");

    /// <summary>Lets time pass: what is due is decided, and vendors are asked what they are to be asked.</summary>
    public async Task PassAsync(Duration by)
    {
        _clock.Advance(by);
        await Embedded.Dispatcher.InquireAsync();
        await Embedded.Host.Timers.RunDueAsync();
    }

    /// <summary>Orders the vendor's list of everybody and reads it to its end.</summary>
    public async Task<JsonElement> SyncAsync(string account)
    {
        await Server.AskAsync(HttpMethod.Post, $"/api/accounts/{account}/sync");
        await UntilThereAsync(async () => (await Server.GetAsync($"/api/accounts/{account}/sync")).GetProperty("state").GetString() == "ended");
        return await Server.GetAsync($"/api/accounts/{account}/sync");
    }

    /// <summary>Waits until the ledger of a journey holds as many facts of a kind. Each question is a request, so nothing spins.</summary>
    public async Task<IReadOnlyList<LedgerRow>> UntilAsync(string journey, string kind, int count = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var facts = await Server.Ledger.FactsAsync(new FactQuery(Journey: journey, Kind: kind, Limit: 1_000), CancellationToken.None);
            if (facts.Count >= count)
            {
                return facts;
            }
            await Server.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), limit.Token);
        }
    }

    /// <summary>Waits until the ledger holds as many facts of a kind about a person.</summary>
    public async Task UntilFactAsync(string user, string kind, int count)
    {
        var contact = await ContactAsync(user);
        await UntilThereAsync(async () =>
            (await Server.Ledger.FactsAsync(new FactQuery(Contact: contact, Kind: kind, Limit: 1_000), CancellationToken.None)).Count >= count);
    }

    /// <summary>Waits until something of that name happened to a person.</summary>
    public async Task UntilEventAsync(string user, string name)
    {
        var contact = await ContactAsync(user);
        await UntilThereAsync(async () => (await Server.Ledger.EventsAsync(contact, 100, CancellationToken.None)).Any(one => one.Name == name));
    }

    /// <summary>What a journey's ledger says of a person, in its order: kinds with their reasons.</summary>
    public async Task<string[]> LedgerAsync(string journey, string user)
    {
        var contact = await ContactAsync(user);
        var facts = await Server.Ledger.FactsAsync(new FactQuery(Contact: contact, Journey: journey, NewestFirst: false, Limit: 1_000), CancellationToken.None);
        return [.. facts.Select(fact => fact.Reason is { } reason ? $"{fact.Kind} {reason}" : fact.Kind)];
    }

    public async Task<JsonElement> PersonNowAsync(string user) => await Server.GetAsync($"/api/contacts/{await ContactAsync(user)}");

    private async Task<long> ContactAsync(string user) =>
        (await Server.GetAsync($"/api/contacts?identity=user_id:{user}")).GetProperty("contacts")[0].GetProperty("id").GetInt64();

    private async Task UntilThereAsync(Func<Task<bool>> isThere)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isThere())
        {
            await Server.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), limit.Token);
        }
    }

    private async Task TrackedAsync(string call, string json)
    {
        var (status, body) = await Server.TrackAsync(call, json);
        Assert.True(status == 200, $"/v1/{call} answered {status}: {body}");
    }
}
