using Automation.Runtime.Memory;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Tests.Approvals;

/// <summary>A store in memory in which something happens just before a publication, or before a word about a request, is written.</summary>
internal sealed class InterruptedStore : IDefinitionStore, IApprovalStore
{
    /// <summary>What others see, who are not interrupted.</summary>
    public InMemoryDefinitions Inner { get; } = new();

    public Func<Task>? BeforePublishing { get; set; }

    public Func<Task>? BeforeChanging { get; set; }

    public IApprovalStore Approvals => this;

    public ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation) => Inner.ListAsync(kind, cancellation);

    public ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation) => Inner.FindAsync(kind, key, cancellation);

    public ValueTask<bool> SaveDraftAsync(
        string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation) =>
        Inner.SaveDraftAsync(kind, key, document, expectedRevision, at, actor, cancellation);

    public ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation) =>
        Inner.PublishAsync(kind, key, document, at, actor, cancellation);

    public async ValueTask<int> PublishJourneyAsync(
        string key, string document, PublishTerms terms, Instant at, string actor, CancellationToken cancellation)
    {
        if (BeforePublishing is { } meanwhile)
        {
            BeforePublishing = null;
            await meanwhile();
        }
        return await Inner.PublishJourneyAsync(key, document, terms, at, actor, cancellation);
    }

    public ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation) =>
        Inner.VersionsAsync(kind, key, cancellation);

    public ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation) => Inner.SetStateAsync(kind, key, state, cancellation);

    public ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation) => Inner.DeleteAsync(kind, key, cancellation);

    public ValueTask<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellation) => Inner.Approvals.ListAsync(cancellation);

    public ValueTask<Approval?> FindAsync(string journey, CancellationToken cancellation) => Inner.Approvals.FindAsync(journey, cancellation);

    public ValueTask<IReadOnlyList<DraftEdit>> EditsAsync(string journey, CancellationToken cancellation) => Inner.Approvals.EditsAsync(journey, cancellation);

    public ValueTask<bool> AskAsync(Approval request, int revision, CancellationToken cancellation) => Inner.Approvals.AskAsync(request, revision, cancellation);

    public async ValueTask<bool> ChangeAsync(Approval request, ApprovalStatus from, CancellationToken cancellation)
    {
        if (BeforeChanging is { } meanwhile)
        {
            BeforeChanging = null;
            await meanwhile();
        }
        return await Inner.Approvals.ChangeAsync(request, from, cancellation);
    }
}
