using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Definitions;

/// <summary>Definitions whose changes are told to the other processes as soon as they are written.</summary>
public sealed class ToldDefinitions(IDefinitionStore inner, Action tell) : IDefinitionStore
{
    /// <summary>Requests are nobody's business but theirs who ask the store.</summary>
    public IApprovalStore Approvals => inner.Approvals;

    public ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation) => inner.ListAsync(kind, cancellation);

    public ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation) => inner.FindAsync(kind, key, cancellation);

    public ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation) =>
        inner.VersionsAsync(kind, key, cancellation);

    public async ValueTask<bool> SaveDraftAsync(
        string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation) =>
        // A draft is nobody's business but its editors', who ask the store.
        await inner.SaveDraftAsync(kind, key, document, expectedRevision, at, actor, cancellation);

    public async ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation)
    {
        var version = await inner.PublishAsync(kind, key, document, at, actor, cancellation);
        tell();
        return version;
    }

    public async ValueTask<int> PublishJourneyAsync(
        string key, string document, PublishTerms terms, Instant at, string actor, CancellationToken cancellation)
    {
        var version = await inner.PublishJourneyAsync(key, document, terms, at, actor, cancellation);
        tell();
        return version;
    }

    public async ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation)
    {
        await inner.SetStateAsync(kind, key, state, cancellation);
        tell();
    }

    public async ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation)
    {
        await inner.DeleteAsync(kind, key, cancellation);
        tell();
    }
}
