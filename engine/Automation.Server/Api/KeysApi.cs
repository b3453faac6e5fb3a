using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>API keys: made, listed and revoked. A key's text is in one answer only, the one to its making.</summary>
internal static class KeysApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").WithTags("keys");
        keys.MapGet("", ListAsync).Needs(Permission.Administer).WithName("keys_list").WithSummary("All keys, without their texts.");
        keys.MapPost("", CreateAsync).Needs(Permission.Administer).WithName("keys_create").WithSummary("Makes a key; its text is shown this once.")
            .Produces<NewKeyAnswer>(201);
        keys.MapDelete("{id}", RevokeAsync).Needs(Permission.Administer).WithName("keys_revoke").WithSummary("Revokes a key.").Produces(204);
    }

    private static async Task<KeysAnswer> ListAsync(IDefinitionStore store, KeyUses uses, CancellationToken cancellation)
    {
        var keys = await ApiKeys.ListAsync(store, cancellation);
        var used = await uses.ListAsync(cancellation);
        return new KeysAnswer(
        [
            .. keys.Select(key => new KeyAnswer(
                key.Id, key.Role, key.Name, key.CreatedAt, key.Scopes, key.ExpiresAt, used.TryGetValue(key.Id, out var at) ? at : null)),
        ]);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, KeyDesk desk, KeyRing ring, TimeProvider time, NewKey asked, CancellationToken cancellation)
    {
        if (asked.Name is { Length: > 100 })
        {
            throw ApiException.BadRequest("too_long", $"Expected at most 100 characters, but found {asked.Name.Length}.", "/name");
        }
        var scopes = KeyTerms.Require(asked.Role, asked.Scopes);
        KeyTerms.Require(asked.ExpiresAt, time.GetUtcNow());
        var (text, key) = await desk.CreateAsync(asked.Role, asked.Name ?? "", context.Actor(), cancellation, scopes, asked.ExpiresAt);
        context.Response.Headers.CacheControl = "no-store";
        await ring.RefreshAsync();
        return Results.Json(new NewKeyAnswer(key.Id, text, key.Role, key.Name, key.Scopes, key.ExpiresAt), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(
        HttpContext context, KeyDesk desk, KeyRing ring, string id, CancellationToken cancellation)
    {
        if (!await desk.RevokeAsync(id, context.Actor(), cancellation))
        {
            throw ApiException.NotFound("key", id);
        }
        await ring.RefreshAsync();
        return Results.NoContent();
    }

    /// <param name="Scopes">What of its role's rights it gets; all of them when left out.</param>
    /// <param name="ExpiresAt">From when on it opens nothing; never when left out.</param>
    internal sealed record NewKey(Role Role, string? Name = null, IReadOnlyList<Permission>? Scopes = null, DateTimeOffset? ExpiresAt = null);

    internal sealed record NewKeyAnswer(
        string Id, string Key, Role Role, string Name, IReadOnlyList<Permission>? Scopes, DateTimeOffset? ExpiresAt);

    /// <param name="LastUsedAt">Within some minutes; null for never.</param>
    internal sealed record KeyAnswer(
        string Id, Role Role, string Name, DateTimeOffset CreatedAt, IReadOnlyList<Permission>? Scopes, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

    internal sealed record KeysAnswer(IReadOnlyList<KeyAnswer> Keys);
}
