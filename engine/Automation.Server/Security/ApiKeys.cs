using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Security;

/// <summary>Keys in the store, for the server and for the command line beside it.</summary>
public static class ApiKeys
{
    internal const string Kind = "key";

    /// <summary>Makes a key and keeps its hash. The text in the result is the only copy of it there will ever be.</summary>
    public static async Task<(string Text, ApiKey Key)> CreateAsync(
        IDefinitionStore store, Role role, string name, Instant at, string actor, CancellationToken cancellation)
    {
        var (text, key) = ApiKey.Create(role, name, at.ToDateTimeOffset());
        await store.PublishAsync(Kind, key.Id, key.ToDocument(), at, actor, cancellation);
        return (text, key);
    }

    public static async Task<IReadOnlyList<ApiKey>> ListAsync(IDefinitionStore store, CancellationToken cancellation)
    {
        var definitions = await store.ListAsync(Kind, cancellation);
        return [.. definitions.Where(d => d.Published is not null).Select(d => ApiKey.OfDocument(d.Published!))
            .OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    /// <returns>False when there is no such key.</returns>
    public static async Task<bool> RevokeAsync(IDefinitionStore store, string id, CancellationToken cancellation)
    {
        if (await store.FindAsync(Kind, id, cancellation) is null)
        {
            return false;
        }
        await store.DeleteAsync(Kind, id, cancellation);
        return true;
    }

    /// <summary>
    /// A store without any key gets one for people and one for events, so that a first start can be used at once.
    /// </summary>
    /// <returns>The texts, to be shown once; empty when there were keys.</returns>
    public static async Task<IReadOnlyList<string>> CreateFirstAsync(IDefinitionStore store, Instant at, CancellationToken cancellation)
    {
        if ((await store.ListAsync(Kind, cancellation)).Count > 0)
        {
            return [];
        }
        var (admin, _) = await CreateAsync(store, Role.Admin, "first start", at, "server", cancellation);
        var (write, _) = await CreateAsync(store, Role.Write, "first start", at, "server", cancellation);
        return [admin, write];
    }
}
