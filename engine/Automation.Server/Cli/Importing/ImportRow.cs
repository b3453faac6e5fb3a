using Automation.Server.Ingest;

namespace Automation.Server.Cli.Importing;

/// <summary>What a file of rows is about.</summary>
internal enum ImportKind
{
    /// <summary>Who people are: each row becomes an <c>identify</c>.</summary>
    Contacts,

    /// <summary>What people did: each row becomes a <c>track</c>.</summary>
    Events,
}

/// <summary>One row of a file, as a call of the tracking API, or with the reason why it is none.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Raw">As it stands in the file, for the file of rejects.</param>
/// <param name="Json">The call; null where <paramref name="Problem"/> is not.</param>
internal sealed record ImportRow(long Line, string Raw, byte[]? Json, IngestProblem? Problem)
{
    /// <summary>Its message id when the row names none.</summary>
    public required string FallbackId { get; init; }
}
