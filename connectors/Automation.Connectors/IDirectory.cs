namespace Automation.Connectors;

/// <summary>
/// What a connector adds whose vendor can list everybody it knows. Callbacks get lost; the list, read from time to time from beginning
/// to end, brings back what they did not.
/// </summary>
public interface IDirectory
{
    /// <summary>
    /// Reads one page. The engine stores its events, then the place, and only then asks for the next page: after a crash a page may be
    /// read twice. So the same page of an unchanged list has events of the same <see cref="InboundEvent.MessageId"/>.
    /// </summary>
    /// <param name="place">Where the last page ended, as <see cref="DirectoryPage.Next"/> said; null for the beginning.</param>
    /// <param name="cancellation">Cancelled after 100 seconds, and when the engine stops.</param>
    /// <returns>The page. It may hold no events and still have a next one.</returns>
    /// <exception cref="ConnectorNotSentException">
    /// The vendor did not answer, or refused. With <see cref="ConnectorNotSentException.RetryAfter"/> the engine waits so long and asks for
    /// the same page again, otherwise as long as its own back-off says.
    /// </exception>
    ValueTask<DirectoryPage> ReadAsync(string? place, CancellationToken cancellation);
}

/// <summary>A page of a vendor's list.</summary>
/// <param name="Events">
/// Who is there, as <see cref="InboundEvent.Identify"/> with traits, and what happened to them, as <see cref="InboundEvent.GroupJoined"/>.
/// </param>
/// <param name="Next">Where the next page begins, up to 2,000 characters of the connector's own; null after the last.</param>
public sealed record DirectoryPage(IReadOnlyList<InboundEvent> Events, string? Next);
