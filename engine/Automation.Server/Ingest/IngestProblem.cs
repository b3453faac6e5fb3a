namespace Automation.Server.Ingest;

/// <summary>Why an event, or a whole request, was not taken in.</summary>
/// <param name="Code">One of <see cref="IngestCodes"/>.</param>
/// <param name="Pointer">JSON pointer into the request's body; empty for the whole of it.</param>
/// <param name="Message">"Expected …, but …", without the value found there: it may be somebody's phone number.</param>
/// <param name="MessageId">The event's own id, where it could be read.</param>
public sealed record IngestProblem(string Code, string Pointer, string Message, string? MessageId = null);

/// <summary>Stable codes of refusals at the door.</summary>
public static class IngestCodes
{
    public const string MalformedJson = "malformed_json";
    public const string WrongType = "wrong_type";
    public const string MissingProperty = "missing_property";
    public const string UnknownType = "unknown_type";
    public const string TooLong = "too_long";
    public const string BadTime = "bad_time";
    public const string BadNumber = "bad_number";
    public const string TooDeep = "too_deep";
    public const string TooMany = "too_many";
    public const string BadPhone = "bad_phone";
    public const string NoIdentity = "no_identity";
    public const string EventTooLarge = "event_too_large";
    public const string BatchTooLarge = "batch_too_large";
    public const string MalformedEncoding = "malformed_encoding";
    public const string UnsupportedEncoding = "unsupported_encoding";
}

/// <summary>Limits of the tracking API; the sizes are Segment's own.</summary>
public static class IngestLimits
{
    public const int EventBytesMax = 32 * 1024;
    public const int BatchBytesMax = 500 * 1024;

    /// <summary>An event has at least ten bytes, so a batch could hold fifty thousand; nobody means that.</summary>
    public const int BatchEventsMax = 5_000;

    public const int NameLengthMax = 200;
    public const int IdentityLengthMax = 200;
    public const int MessageIdLengthMax = 100;

    /// <summary>Problems that one answer names; the ledger counts the others too.</summary>
    public const int ProblemsShownMax = 100;
}
