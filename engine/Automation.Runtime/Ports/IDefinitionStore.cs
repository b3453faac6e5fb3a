using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>Journeys, templates, segments, settings, accounts and keys, as the documents people wrote.</summary>
public interface IDefinitionStore
{
    ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation);

    ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation);

    /// <summary>
    /// Writes the draft. <paramref name="expectedRevision"/> is the revision the editor started from (0 for a new one);
    /// false when someone saved in between.
    /// </summary>
    ValueTask<bool> SaveDraftAsync(string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation);

    /// <summary>Makes the document an immutable version and the published one. Returns its number.</summary>
    ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation);

    ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation);

    /// <summary>Free-form state of a definition, e.g. a journey's pause (JSON).</summary>
    ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation);

    ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation);
}

/// <param name="Kind"><c>journey</c>, <c>template</c>, <c>segment</c>, <c>settings</c>, <c>account</c>, <c>key</c>.</param>
/// <param name="Draft">The document being edited; null when it equals the published one.</param>
/// <param name="Revision">Counts saves; for optimistic locking.</param>
/// <param name="PublishedVersion">0 when never published.</param>
public sealed record Definition(
    string Kind, string Key, string? Draft, int Revision, int PublishedVersion, string? Published, string? State,
    Instant UpdatedAt, string UpdatedBy);

public sealed record DefinitionVersion(int Version, string Document, Instant PublishedAt, string PublishedBy);
