using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>Journeys, templates, segments, settings, accounts and keys, as the documents people wrote.</summary>
public interface IDefinitionStore
{
    /// <summary>What publishing a journey may have to stand on.</summary>
    IApprovalStore Approvals { get; }

    ValueTask<IReadOnlyList<Definition>> ListAsync(string kind, CancellationToken cancellation);

    ValueTask<Definition?> FindAsync(string kind, string key, CancellationToken cancellation);

    /// <summary>
    /// Writes the draft. <paramref name="expectedRevision"/> is the revision the editor started from (0 for a new one);
    /// false when someone saved in between.
    /// </summary>
    ValueTask<bool> SaveDraftAsync(string kind, string key, string document, int expectedRevision, Instant at, string actor, CancellationToken cancellation);

    /// <summary>
    /// Makes the document an immutable version and the published one. Returns its number; for a journey 0, and nothing is written,
    /// where the workspace asks for approval.
    /// </summary>
    ValueTask<int> PublishAsync(string kind, string key, string document, Instant at, string actor, CancellationToken cancellation);

    /// <summary>
    /// The same for a journey that was looked at: 0, and nothing is written, when somebody saved it since, or when the workspace asks for
    /// approval and <paramref name="terms"/> name none that covers the document. All of it is looked at in the transaction that publishes.
    /// </summary>
    ValueTask<int> PublishJourneyAsync(string key, string document, PublishTerms terms, Instant at, string actor, CancellationToken cancellation);

    ValueTask<IReadOnlyList<DefinitionVersion>> VersionsAsync(string kind, string key, CancellationToken cancellation);

    /// <summary>Free-form state of a definition, e.g. a journey's pause (JSON).</summary>
    ValueTask SetStateAsync(string kind, string key, string? state, CancellationToken cancellation);

    ValueTask DeleteAsync(string kind, string key, CancellationToken cancellation);
}

/// <param name="Kind"><c>journey</c>, <c>template</c>, <c>segment</c>, <c>settings</c>, <c>account</c>, <c>key</c>, <c>approval</c>.</param>
/// <param name="Draft">The document being edited; null when it equals the published one.</param>
/// <param name="Revision">Counts saves; for optimistic locking.</param>
/// <param name="PublishedVersion">0 when never published.</param>
public sealed record Definition(
    string Kind, string Key, string? Draft, int Revision, int PublishedVersion, string? Published, string? State,
    Instant UpdatedAt, string UpdatedBy);

public sealed record DefinitionVersion(int Version, string Document, Instant PublishedAt, string PublishedBy);
