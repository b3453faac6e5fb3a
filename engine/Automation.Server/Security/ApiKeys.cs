using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Security;

/// <summary>Keys in the store.</summary>
public static class ApiKeys
{
    internal const string Kind = "key";

    /// <summary>Makes a key, without a fact (see <see cref="KeyDesk"/>), and keeps its hash. The text in the result is the only copy of it there will ever be.</summary>
    public static async Task<(string Text, ApiKey Key)> CreateAsync(
        IDefinitionStore store, Role role, string name, Instant at, string actor, CancellationToken cancellation)
    {
        var (text, key) = ApiKey.Create(role, name, at.ToDateTimeOffset());
        await KeepAsync(store, key, at, actor, cancellation);
        return (text, key);
    }

    internal static async Task KeepAsync(IDefinitionStore store, ApiKey key, Instant at, string actor, CancellationToken cancellation) =>
        await store.PublishAsync(Kind, key.Id, key.ToDocument(), at, actor, cancellation);

    public static async Task<IReadOnlyList<ApiKey>> ListAsync(IDefinitionStore store, CancellationToken cancellation)
    {
        var definitions = await store.ListAsync(Kind, cancellation);
        return [.. definitions.Where(d => d.Published is not null).Select(d => ApiKey.OfDocument(d.Published!))
            .OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }
}
