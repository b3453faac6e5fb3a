using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>
/// What letting people in has to remember: users, sessions, links that work once, counts of wrong guesses. Small documents under a kind
/// and an id. Unlike definitions they have no history: what is deleted, or written over, is gone.
/// </summary>
public interface IAccessStore
{
    ValueTask<AccessRecord?> FindAsync(string kind, string id, CancellationToken cancellation);

    /// <summary>By id.</summary>
    /// <param name="owner">Only those of this owner; null for all.</param>
    ValueTask<IReadOnlyList<AccessRecord>> ListAsync(string kind, string? owner, CancellationToken cancellation);

    /// <summary>
    /// Writes it over the revision that it carries, 0 for a new one; false when there is another one by now. What is written has the
    /// next revision.
    /// </summary>
    ValueTask<bool> PutAsync(AccessRecord record, CancellationToken cancellation);

    /// <returns>Whether there was one: of several who delete the same record at once, one is told so.</returns>
    ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation);

    /// <summary>Deletes what an owner has of a kind, all but one.</summary>
    /// <returns>How many.</returns>
    ValueTask<int> DeleteOwnedAsync(string kind, string owner, string? exceptId, CancellationToken cancellation);

    /// <summary>Deletes what expired at this time or before. Nobody else looks at the time: a record that is there may have expired.</summary>
    ValueTask<int> DeleteExpiredAsync(Instant at, CancellationToken cancellation);
}

/// <param name="Owner">Whose it is; empty for nobody's.</param>
/// <param name="Revision">Counts its writings.</param>
/// <param name="ExpiresAt">When it may be forgotten, in whole milliseconds; null for never.</param>
public sealed record AccessRecord(string Kind, string Id, string Owner, int Revision, string Document, Instant? ExpiresAt);
