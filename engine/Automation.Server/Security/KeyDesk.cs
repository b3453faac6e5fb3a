using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Security;

/// <summary>Makes and revokes keys, each with its fact.</summary>
internal sealed class KeyDesk(IDefinitionStore store, IEngine engine, DefinitionChanges changes)
{
    public async Task<(string Text, ApiKey Key)> CreateAsync(
        Role role, string name, string actor, CancellationToken cancellation, ImmutableArray<Permission>? scopes = null, DateTimeOffset? expiresAt = null)
    {
        var now = engine.Clock.GetCurrentInstant();
        var (text, key) = ApiKey.Create(role, name, now.ToDateTimeOffset(), scopes, expiresAt);
        var created = new WorkspaceFact.KeyCreated(
            key.Id, Permissions.NameOf(role), [.. (scopes ?? []).Select(Permissions.NameOf)], expiresAt is { } end ? Instant.FromDateTimeOffset(end) : null) { Actor = actor };
        await changes.MakeAsync(
            ApiKeys.Kind, key.Id, 0, created, now,
            async () =>
            {
                await ApiKeys.KeepAsync(store, key, now, actor, CancellationToken.None);
                return created;
            },
            cancellation);
        return (text, key);
    }

    /// <returns>False when there is no such key.</returns>
    public async Task<bool> RevokeAsync(string id, string actor, CancellationToken cancellation)
    {
        if ((await ApiKeys.ListAsync(store, cancellation)).FirstOrDefault(one => one.Id == id) is not { } key)
        {
            return false;
        }
        var before = JsonSerializer.Serialize(new { role = Permissions.NameOf(key.Role), name = key.Name, scopes = (key.Scopes ?? []).Select(Permissions.NameOf), expires_at = key.ExpiresAt });
        var revoked = new WorkspaceFact.KeyRevoked(id) { Actor = actor, Looked = DocumentChanges.Between(before, null) };
        await changes.MakeAsync(
            ApiKeys.Kind, id, 0, revoked, engine.Clock.GetCurrentInstant(),
            async () =>
            {
                await store.DeleteAsync(ApiKeys.Kind, id, CancellationToken.None);
                return revoked;
            },
            cancellation);
        return true;
    }

    public async Task<bool> HasAnyAsync(CancellationToken cancellation) => (await store.ListAsync(ApiKeys.Kind, cancellation)).Count > 0;

    /// <summary>A store without any key gets one for people and one for events, so that a first start can be used at once.</summary>
    /// <returns>The texts, to be shown once; empty when there were keys.</returns>
    public async Task<IReadOnlyList<string>> CreateFirstAsync(CancellationToken cancellation)
    {
        if (await HasAnyAsync(cancellation))
        {
            return [];
        }
        var (admin, _) = await CreateAsync(Role.Admin, "first start", "server", cancellation);
        var (write, _) = await CreateAsync(Role.Write, "first start", "server", cancellation);
        return [admin, write];
    }
}
