using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Automation.Server.Api;
using Automation.Server.Security;
using Automation.Storage;

namespace Automation.Server.Cli.Keys;

/// <summary>A key without its text.</summary>
internal sealed record ShownKey(string Id, string Role, string Name, DateTimeOffset CreatedAt, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt);

/// <summary>A key to be made.</summary>
/// <param name="Scopes">Null for all that the role may.</param>
internal sealed record WantedKey(Role Role, string Name, IReadOnlyList<Permission>? Scopes, DateTimeOffset? ExpiresAt);

/// <summary>Where keys are kept.</summary>
internal interface IKeyShelf
{
    Task<(string Id, string Text)> CreateAsync(WantedKey wanted, CancellationToken cancellation);

    Task<IReadOnlyList<ShownKey>> ListAsync(CancellationToken cancellation);

    /// <returns>Whether there was one.</returns>
    Task<bool> RevokeAsync(string id, CancellationToken cancellation);
}

/// <summary>The store of a data directory that no server holds.</summary>
internal sealed class StoredKeys(string data) : IKeyShelf
{
    private const string Actor = "command line";

    public async Task<(string Id, string Text)> CreateAsync(WantedKey wanted, CancellationToken cancellation)
    {
        ImmutableArray<Permission>? scopes;
        try
        {
            scopes = KeyTerms.Require(wanted.Role, wanted.Scopes);
            KeyTerms.Require(wanted.ExpiresAt, DateTimeOffset.UtcNow);
        }
        catch (ApiException refused)
        {
            throw new CannotRunException(refused.Code, refused.Message, refused);
        }
        await using var engine = await OfflineEngine.OpenAsync(data, cancellation);
        var (text, key) = await OfflineEngine.Keys(engine).CreateAsync(wanted.Role, wanted.Name, Actor, cancellation, scopes, wanted.ExpiresAt);
        return (key.Id, text);
    }

    public async Task<IReadOnlyList<ShownKey>> ListAsync(CancellationToken cancellation)
    {
        using var store = EmbeddedStore.OpenReadOnly(data);
        var keys = await ApiKeys.ListAsync(store.Definitions, cancellation);
        return [.. keys.Select(key => new ShownKey(key.Id, Permissions.NameOf(key.Role), key.Name, key.CreatedAt, key.Scopes?.Select(Permissions.NameOf).ToList(), key.ExpiresAt))];
    }

    public async Task<bool> RevokeAsync(string id, CancellationToken cancellation)
    {
        await using var engine = await OfflineEngine.OpenAsync(data, cancellation);
        return await OfflineEngine.Keys(engine).RevokeAsync(id, Actor, cancellation);
    }
}

/// <summary>A server that runs, one process or several.</summary>
internal sealed class ServedKeys(string server, string key) : IKeyShelf
{
    public async Task<(string Id, string Text)> CreateAsync(WantedKey wanted, CancellationToken cancellation)
    {
        using var client = new ServerClient(server, key);
        using var body = JsonContent.Create(new
        {
            role = Permissions.NameOf(wanted.Role), name = wanted.Name, scopes = wanted.Scopes?.Select(Permissions.NameOf), expires_at = wanted.ExpiresAt,
        });
        var made = await client.AskAsync(HttpMethod.Post, "/api/keys", body, cancellation);
        return (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
    }

    public async Task<IReadOnlyList<ShownKey>> ListAsync(CancellationToken cancellation)
    {
        using var client = new ServerClient(server, key);
        var keys = await client.AskAsync(HttpMethod.Get, "/api/keys", null, cancellation);
        return
        [
            .. keys.GetProperty("keys").EnumerateArray().Select(one => new ShownKey(
                one.GetProperty("id").GetString()!, one.GetProperty("role").GetString()!, one.GetProperty("name").GetString()!,
                DateTimeOffset.Parse(one.GetProperty("created_at").GetString()!, CultureInfo.InvariantCulture),
                one.TryGetProperty("scopes", out var scopes) ? [.. scopes.EnumerateArray().Select(scope => scope.GetString()!)] : null,
                one.TryGetProperty("expires_at", out var end) ? DateTimeOffset.Parse(end.GetString()!, CultureInfo.InvariantCulture) : null)),
        ];
    }

    public async Task<bool> RevokeAsync(string id, CancellationToken cancellation)
    {
        if ((await ListAsync(cancellation)).All(one => one.Id != id))
        {
            return false;
        }
        using var client = new ServerClient(server, key);
        await client.AskAsync(HttpMethod.Delete, $"/api/keys/{Uri.EscapeDataString(id)}", null, cancellation);
        return true;
    }
}

/// <summary>Which shelf a command line means.</summary>
internal sealed class KeyShelfOptions
{
    public Option<string> Data { get; } = Options.Data();

    public Option<string?> Server { get; } = Options.Server();

    public Option<string?> Key { get; } = Options.Key();

    public IKeyShelf Open(ParseResult parsed) => parsed.GetValue(Server) is { } server
        ? new ServedKeys(server, Options.KeyFor(parsed.GetValue(Key)))
        : new StoredKeys(parsed.GetValue(Data)!);
}
