using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors;
using Automation.Runtime.Definitions;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Accounts: a connector with its configuration. Secrets go in and never come out again.</summary>
internal static class AccountsApi
{
    private const string Kind = DefinitionKinds.Account;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/accounts").WithTags("accounts");
        accounts.MapGet("", ListAsync).Needs(Permission.Read).WithName("accounts_list").WithSummary("All accounts, with the names of their secrets, and those that send nothing until they are mended.");
        accounts.MapGet("{key}", GetAsync).Needs(Permission.Read).WithName("accounts_get").WithSummary("One account, with the names of its secrets.");
        accounts.MapPut("{key}", PutAsync).Needs(Permission.Configure).WithName("accounts_put")
            .WithSummary("Writes an account. A secret that is left out stays; one that is null goes.");
        accounts.MapDelete("{key}", DeleteAsync).Needs(Permission.Configure).WithName("accounts_delete").WithSummary("Takes an account out of use.")
            .Produces(204);
        accounts.MapPost("{key}/test", TestAsync).Needs(Permission.Configure).WithName("accounts_test")
            .WithSummary("Asks the connector whether the account works, without sending anything.");
        accounts.MapGet("{key}/sync", SyncAsync).Needs(Permission.Read).WithName("accounts_sync_state")
            .WithSummary("How the reading of the vendor's list of customers and groups stands.");
        accounts.MapPost("{key}/sync", OrderSyncAsync).Needs(Permission.Operate).WithName("accounts_sync")
            .WithSummary("Reads the vendor's list of customers and groups, as soon as may be. One that is under way goes on.");
    }

    private static async Task<AccountsAnswer> ListAsync(IDefinitionStore store, Dispatcher dispatcher, HoldDesk holds, CancellationToken cancellation)
    {
        var all = await store.ListAsync(Kind, cancellation);
        return new AccountsAnswer(
            [.. all.Where(one => one.Published is not null).Select(AccountAnswer.Of)], [.. dispatcher.Holds.Select(HoldAnswer.Of)],
            [.. (await holds.ListAsync(cancellation)).Where(one => one.End is null).Select(PersonsHoldAnswer.Of)]);
    }

    private static async Task<AccountAnswer> GetAsync(HttpContext context, IDefinitionStore store, string key, CancellationToken cancellation)
    {
        var found = await FindAsync(store, key, cancellation);
        Revisions.Tell(context, found.Revision);
        return AccountAnswer.Of(found);
    }

    private static async Task<AccountAnswer> PutAsync(
        HttpContext context, IDefinitionStore store, ConnectorRegistry connectors, SecretBox box, DefinitionDesk desk,
        string key, AccountWriting asked, CancellationToken cancellation)
    {
        DefinitionKeys.Require(key);
        var known = await store.FindAsync(Kind, key, cancellation);
        var document = Merge(known?.Published, asked, box);
        // The connector says what is wrong before anything is written.
        await using (connectors.Try(AccountDocument.Read(key, document, box.Reveal)))
        {
        }
        await desk.SaveAsync(Kind, key, document, Revisions.Expected(context, known), context.Actor(), cancellation);
        var saved = await FindAsync(store, key, cancellation);
        Revisions.Tell(context, saved.Revision);
        return AccountAnswer.Of(saved);
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, IDefinitionStore store, DefinitionDesk desk, string key, CancellationToken cancellation)
    {
        _ = await FindAsync(store, key, cancellation);
        await desk.DeleteAsync(Kind, key, context.Actor(), cancellation);
        return Results.NoContent();
    }

    private static async Task<SyncAnswer> SyncAsync(DirectorySyncs syncs, string key, CancellationToken cancellation) =>
        SyncAnswer.Of(await syncs.StateAsync(key, cancellation) ?? throw ApiException.NotFound("account with a list", key));

    private static async Task<SyncAnswer> OrderSyncAsync(DirectorySyncs syncs, string key, CancellationToken cancellation) =>
        SyncAnswer.Of(await syncs.OrderAsync(key, cancellation) ?? throw ApiException.NotFound("account with a list", key));

    private static async Task<ConnectorHealth> TestAsync(ConnectorRegistry connectors, string key, CancellationToken cancellation)
    {
        using var lease = connectors.Lease(key) ?? throw ApiException.NotFound("account", key);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        var health = await HealthAsync(lease.Connector, limit.Token, cancellation);
        if (health.Healthy)
        {
            connectors.Renew(key);
        }
        return health;
    }

    /// <summary>A connector that throws or hangs says something about its account too.</summary>
    private static async Task<ConnectorHealth> HealthAsync(IConnector connector, CancellationToken limit, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(async () => await connector.HealthAsync(limit), CancellationToken.None).WaitAsync(limit);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ConnectorHealth.Wrong(FailureReason.RetryLater, "Expected an answer within 10 s, but there is none.");
        }
#pragma warning disable CA1031 // Whatever a stranger's code throws, the question has this answer. Its sentence may hold a secret.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return ConnectorHealth.Wrong(FailureReason.RetryLater, $"Expected the connector to say how it is, but it threw {error.GetType().Name}.");
        }
    }

    private static string Merge(string? known, AccountWriting asked, SecretBox box)
    {
        var secrets = known is null ? [] : JsonNode.Parse(known)!["secrets"]?.DeepClone().AsObject() ?? [];
        foreach (var (name, secret) in asked.Secrets ?? [])
        {
            secrets.Remove(name);
            if (secret is not null)
            {
                secrets.Add(name, box.Hide(secret));
            }
        }
        var document = new JsonObject
        {
            ["connector"] = asked.Connector,
            ["configuration"] = asked.Configuration is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given) : new JsonObject(),
            ["secrets"] = secrets,
        };
        return document.ToJsonString(ApiJson.Options);
    }

    private static async ValueTask<Definition> FindAsync(IDefinitionStore store, string key, CancellationToken cancellation) =>
        await store.FindAsync(Kind, key, cancellation) is { Published: not null } found ? found : throw await ApiException.NotFoundAsync(store, Kind, "account", key, cancellation);

    internal sealed record AccountWriting(string Connector, JsonElement? Configuration = null, Dictionary<string, string?>? Secrets = null);

    /// <param name="Held">By the engine: accounts, also ones without a document, whose messages wait until their configuration is mended.</param>
    /// <param name="HeldByPeople">By a person: what waits until somebody releases it, see <c>/api/holds</c>.</param>
    internal sealed record AccountsAnswer(
        IReadOnlyList<AccountAnswer> Accounts, IReadOnlyList<HoldAnswer> Held, IReadOnlyList<PersonsHoldAnswer> HeldByPeople);

    internal sealed record PersonsHoldAnswer(string Target, string Scope, string Key, DateTimeOffset Since, string By, string Reason)
    {
        public static PersonsHoldAnswer Of(Hold hold) =>
            new(hold.Target.Name, hold.Target.ScopeName, hold.Target.Key, hold.Since.ToDateTimeOffset(), hold.By, hold.Reason);
    }

    /// <param name="Waiting">Messages in memory that wait; there may be more in the store.</param>
    internal sealed record HoldAnswer(string Account, string Channel, DateTimeOffset Since, string Text, int Waiting)
    {
        public static HoldAnswer Of(LaneHold hold) => new(hold.Account, hold.Channel, hold.Since.ToDateTimeOffset(), hold.Text, hold.Waiting);
    }

    /// <param name="State"><c>never</c>, <c>ordered</c>, <c>under_way</c> or <c>ended</c>.</param>
    /// <param name="News">Events that were not known before.</param>
    /// <param name="Problem">Why the last page could not be read; it is tried again.</param>
    internal sealed record SyncAnswer(
        string State, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, long Pages, long Events, long News, string? Problem)
    {
        public static SyncAnswer Of(DirectoryState one) => new(
            one switch
            {
                { IsUnderWay: true } => "under_way",
                { OrderedAt: not null } => "ordered",
                { EndedAt: not null } => "ended",
                _ => "never",
            },
            one.BegunAt?.ToDateTimeOffset(), one.EndedAt?.ToDateTimeOffset(), one.Pages, one.Events, one.News, one.Problem);
    }

    /// <param name="Secrets">Names only.</param>
    internal sealed record AccountAnswer(
        string Key, string Connector, JsonElement Configuration, IReadOnlyList<string> Secrets, int Revision, DateTimeOffset UpdatedAt, string UpdatedBy)
    {
        public static AccountAnswer Of(Definition one)
        {
            var document = JsonElement.Parse(one.Published!);
            return new AccountAnswer(
                one.Key, document.GetProperty("connector").GetString()!, document.GetProperty("configuration"),
                [.. document.GetProperty("secrets").EnumerateObject().Select(secret => secret.Name)],
                one.Revision, one.UpdatedAt.ToDateTimeOffset(), one.UpdatedBy);
        }
    }
}
