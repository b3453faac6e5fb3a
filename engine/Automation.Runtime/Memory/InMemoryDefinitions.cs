using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Memory;

/// <summary>Definitions of a process that keeps nothing.</summary>
public sealed class InMemoryDefinitions : IDefinitionStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Kind, string Key), Definition> _definitions = new(
        Comparer<(string Kind, string Key)>.Create((left, right) =>
            string.CompareOrdinal(left.Kind, right.Kind) is var kind and not 0 ? kind : string.CompareOrdinal(left.Key, right.Key)));

    private readonly Dictionary<(string Kind, string Key), List<DefinitionVersion>> _versions = [];

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
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation)
    {
        lock (_gate)
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
            return ValueTask.FromResult(version);
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
            return ValueTask.CompletedTask;
        }
    }

    private Definition Known(string kind, string key, Instant at, string actor) =>
        _definitions.GetValueOrDefault((kind, key)) ?? new Definition(kind, key, null, 0, 0, null, null, at, actor);
}
