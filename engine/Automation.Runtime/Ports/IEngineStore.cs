using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>
/// What the batch loop needs of a database: one load, one commit, and the next due contacts. One writer per partition; the loop
/// never calls <see cref="CommitAsync"/> twice at a time. Implementations: SQLite, and PostgreSQL beside it.
/// </summary>
public interface IEngineStore
{
    /// <summary>Whether others write contacts beside this loop, so that what it has in its cache may be old.</summary>
    bool IsShared => false;

    /// <summary>Everything a batch looks at, in one go.</summary>
    ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation);

    /// <summary>
    /// Writes everything of a batch in one transaction with one flush, seals its records, and claims its intents.
    /// Throws <see cref="StoreFullException"/> when the disk is full, <see cref="StoreConflictException"/> when somebody else wrote what
    /// the batch was decided on, <see cref="PartitionLostException"/> when the partition has another owner; then nothing was written.
    /// </summary>
    ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation);

    /// <summary>Ids of contacts with <c>next_due_at &lt;= now</c>, earliest first. Costs nothing measurable when nothing is due.</summary>
    ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation);

    /// <summary>Where this partition's sequence, contact ids and seal chain stand; asked once, at start.</summary>
    ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation);
}

public readonly record struct DueContact(long Id, Instant DueAt);

/// <summary>Next numbers to give out, and the last seal.</summary>
/// <param name="NextSequence">Events and facts of a partition share one sequence, so that merging them by it gives the order in which things happened.</param>
/// <param name="LastCommit"><see cref="CommitBatch.Id"/> of the last commit, for stores that keep it.</param>
/// <param name="Revision"><see cref="CommitBatch.Revision"/> of the last commit.</param>
public sealed record PartitionHead(long NextSequence, long NextContactId, byte[] LastSeal, Guid? LastCommit = null, long Revision = 0);

/// <param name="MessageIds">Which of these event message ids are known already?</param>
/// <param name="Identities">Which contacts do these belong to?</param>
/// <param name="ContactIds">Load these as well.</param>
public sealed record LoadRequest(
    IReadOnlyList<string> MessageIds,
    IReadOnlyList<Identity> Identities,
    IReadOnlyList<long> ContactIds)
{
    /// <summary>
    /// Contacts the loop has already, with their revision: those that somebody else wrote meanwhile are loaded again. Only for a shared
    /// store, and there only for contacts of other partitions and those that are looked at without being written.
    /// </summary>
    public IReadOnlyList<KnownContact> Known { get; init; } = [];
}

public readonly record struct KnownContact(long Id, long Revision);

/// <param name="KnownMessageIds">The duplicates among the asked.</param>
/// <param name="Owners">Contact id by identity, for those that belong to someone.</param>
/// <param name="Contacts">Every contact asked for by id or found by identity, and the known ones that are newer in the store.</param>
public sealed record LoadResult(
    IReadOnlySet<string> KnownMessageIds,
    IReadOnlyDictionary<Identity, long> Owners,
    IReadOnlyDictionary<long, Contact> Contacts)
{
    /// <summary>Revision by contact id, from a shared store; others count none.</summary>
    public IReadOnlyDictionary<long, long>? Revisions { get; init; }

    /// <summary>
    /// Contacts of this partition that others wrote since the load before, as far as the store knows it yet: what it misses,
    /// <see cref="IEngineStore.CommitAsync"/> refuses.
    /// </summary>
    public IReadOnlyList<long> WrittenElsewhere { get; init; } = [];
}
