using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Tests.Definitions;

/// <summary>A process that dies before its n-th write of a definition or of facts about definitions.</summary>
internal sealed class MortalProcess(IDefinitionStore definitions, IEngine engine, int writes) : IDefinitionStore, IApprovalStore, IEngine
{
    private int _left = writes;

    public bool IsDead => _left < 0;

    public IClock Clock => engine.Clock;

    public Backlog Backlog => engine.Backlog;

    public IApprovalStore Approvals => this;

    public ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation) => definitions.ListAsync(kind, cancellation);

    public ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation) => definitions.FindAsync(kind, key, cancellation);

    public ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation) =>
        definitions.VersionsAsync(kind, key, cancellation);

    public ValueTask<bool> SaveDraftAsync(
        string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation)
    {
        Live();
        return definitions.SaveDraftAsync(kind, key, document, expectedRevision, at, actor, cancellation);
    }

    public ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation)
    {
        Live();
        return definitions.PublishAsync(kind, key, document, at, actor, cancellation);
    }

    public ValueTask<int> PublishJourneyAsync(
        string key, string document, PublishTerms terms, Instant at, string actor, CancellationToken cancellation)
    {
        Live();
        return definitions.PublishJourneyAsync(key, document, terms, at, actor, cancellation);
    }

    public ValueTask<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellation) => definitions.Approvals.ListAsync(cancellation);

    public ValueTask<Approval?> FindAsync(string journey, CancellationToken cancellation) => definitions.Approvals.FindAsync(journey, cancellation);

    public ValueTask<IReadOnlyList<DraftEdit>> EditsAsync(string journey, CancellationToken cancellation) => definitions.Approvals.EditsAsync(journey, cancellation);

    public ValueTask<bool> AskAsync(Approval request, int revision, CancellationToken cancellation)
    {
        Live();
        return definitions.Approvals.AskAsync(request, revision, cancellation);
    }

    public ValueTask<bool> ChangeAsync(Approval request, ApprovalStatus from, CancellationToken cancellation)
    {
        Live();
        return definitions.Approvals.ChangeAsync(request, from, cancellation);
    }

    public ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation)
    {
        Live();
        return definitions.SetStateAsync(kind, key, state, cancellation);
    }

    public ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation)
    {
        Live();
        return definitions.DeleteAsync(kind, key, cancellation);
    }

    public ValueTask<Acknowledgement> RecordAsync(IReadOnlyList<WorkspaceFact> facts, CancellationToken cancellation = default)
    {
        Live();
        return engine.RecordAsync(facts, cancellation);
    }

    public ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<ContactEvent> events, CancellationToken cancellation = default) =>
        engine.SubmitAsync(events, cancellation);

    public ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default) =>
        engine.SubmitAsync(stimuli, cancellation);

    public ValueTask<Acknowledgement> SubmitAsync(long contact, Stimulus stimulus, CancellationToken cancellation = default) =>
        engine.SubmitAsync(contact, stimulus, cancellation);

    public ValueTask<Acknowledgement> AskAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default) =>
        engine.AskAsync(stimuli, cancellation);

    public ValueTask<IReadOnlySet<Guid>> ClaimIntentsAsync(IReadOnlyList<SendIntent> intents, CancellationToken cancellation = default) =>
        engine.ClaimIntentsAsync(intents, cancellation);

    private void Live()
    {
        if (--_left < 0)
        {
            throw new ProcessDiedException();
        }
    }
}

internal sealed class ProcessDiedException : Exception;
