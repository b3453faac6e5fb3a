using Automation.Runtime.Approvals;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Memory;

/// <summary>Definitions of a process that keeps nothing.</summary>
public sealed class InMemoryDefinitions : IDefinitionStore
{
    private readonly Lock _gate = new();
    private readonly InMemoryApprovals _approvals;
    private readonly SortedDictionary<(string Kind, string Key), Definition> _definitions = new(
        Comparer<(string Kind, string Key)>.Create((left, right) =>
            string.CompareOrdinal(left.Kind, right.Kind) is var kind and not 0 ? kind : string.CompareOrdinal(left.Key, right.Key)));

    private readonly Dictionary<(string Kind, string Key), List<DefinitionVersion>> _versions = [];

    public InMemoryDefinitions() => _approvals = new InMemoryApprovals(_gate, RevisionOf);

    public IApprovalStore Approvals => _approvals;

    public ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Definition>>([.. _definitions.Values.Where(one => one.Kind == kind)]);
        }
    }

    public ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_definitions.GetValueOrDefault((kind, key)));
        }
    }

    public ValueTask<bool> SaveDraftAsync(
        string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var known = Known(kind, key, at, actor);
            if (known.Revision != expectedRevision)
            {
                return ValueTask.FromResult(false);
            }
            _definitions[(kind, key)] = known with { Draft = document, Revision = known.Revision + 1, UpdatedAt = at, UpdatedBy = actor };
            if (kind == DefinitionKinds.Journey && (known.Draft ?? known.Published) != document)
            {
                _approvals.DraftChanged(key, document, at, actor);
            }
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(kind == DefinitionKinds.Journey && !Admits(key, document, 0) ? 0 : Publish(kind, key, document, 0, at, actor));
        }
    }

    public ValueTask<int> PublishJourneyAsync(
        string key, string document, PublishTerms terms, Instant at, string actor, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(
                RevisionOf(key) == terms.Revision && Admits(key, document, terms.Approval)
                    ? Publish(DefinitionKinds.Journey, key, document, terms.Approval, at, actor)
                    : 0);
        }
    }

    public ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<DefinitionVersion>>([.. _versions.GetValueOrDefault((kind, key), [])]);
        }
    }

    public ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_definitions.TryGetValue((kind, key), out var known))
            {
                _definitions[(kind, key)] = known with { State = state };
            }
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _definitions.Remove((kind, key));
            _versions.Remove((kind, key));
            if (kind == DefinitionKinds.Journey)
            {
                _approvals.ForgetEdits(key);
            }
            return ValueTask.CompletedTask;
        }
    }

    private bool Admits(string journey, string document, int approval) => ApprovalSetting.Admits(
        _definitions.GetValueOrDefault((ApprovalSetting.Kind, ApprovalSetting.Key)), _approvals.Find(journey), document, approval);

    private int RevisionOf(string journey) => _definitions.GetValueOrDefault((DefinitionKinds.Journey, journey))?.Revision ?? 0;

    private int Publish(string kind, string key, string document, int approval, Instant at, string actor)
    {
        if (!_versions.TryGetValue((kind, key), out var versions))
        {
            _versions[(kind, key)] = versions = [];
        }
        var version = versions.Count + 1;
        versions.Add(new DefinitionVersion(version, document, at, actor));
        var known = Known(kind, key, at, actor);
        _definitions[(kind, key)] = known with
        {
            Draft = null, Revision = known.Revision + 1, PublishedVersion = version, Published = document, UpdatedAt = at, UpdatedBy = actor,
        };
        if (kind == DefinitionKinds.Journey)
        {
            _approvals.Published(key, approval, at, actor);
        }
        return version;
    }

    private Definition Known(string kind, string key, Instant at, string actor) =>
        _definitions.GetValueOrDefault((kind, key)) ?? new Definition(kind, key, null, 0, 0, null, null, at, actor);
}
