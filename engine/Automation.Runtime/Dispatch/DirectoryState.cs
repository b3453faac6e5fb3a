using System.Text.Json;
using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>How far the reading of a vendor's list has come. It is kept with the account, so that another process goes on with it.</summary>
/// <param name="OrderedAt">When somebody asked for it, until it has begun.</param>
/// <param name="BegunAt">When the last one began.</param>
/// <param name="EndedAt">When it ended; null while it is under way.</param>
/// <param name="Place">Where the next page begins; null at the beginning.</param>
/// <param name="Pages">Pages read since it began.</param>
/// <param name="Events">Events in them.</param>
/// <param name="News">Events that were not known.</param>
/// <param name="Problem">Why the last page could not be read, "Expected …, but …"; null when it could.</param>
/// <param name="NotBefore">When it is tried again.</param>
public sealed record DirectoryState(
    Instant? OrderedAt = null, Instant? BegunAt = null, Instant? EndedAt = null, string? Place = null, long Pages = 0, long Events = 0, long News = 0,
    string? Problem = null, Instant? NotBefore = null, int Failures = 0)
{
    /// <summary>Whether there are pages left to read.</summary>
    public bool IsUnderWay => BegunAt is not null && EndedAt is null;

    public bool IsDue(Instant now, Duration? every) => (NotBefore is not { } later || later <= now)
        && (IsUnderWay || OrderedAt is not null || (every is { } pause && (EndedAt is not { } ended || now - ended >= pause)));

    public static DirectoryState Read(string? json)
    {
        if (json is null)
        {
            return new DirectoryState();
        }
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new DirectoryState(
            At(root, "ordered_at"), At(root, "begun_at"), At(root, "ended_at"), Text(root, "place"), Count(root, "pages"), Count(root, "events"),
            Count(root, "news"), Text(root, "problem"), At(root, "not_before"), (int)Count(root, "failures"));
    }

    public string Write() => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["ordered_at"] = OrderedAt?.ToUnixTimeMilliseconds(), ["begun_at"] = BegunAt?.ToUnixTimeMilliseconds(),
        ["ended_at"] = EndedAt?.ToUnixTimeMilliseconds(), ["place"] = Place, ["pages"] = Pages, ["events"] = Events, ["news"] = News,
        ["problem"] = Problem, ["not_before"] = NotBefore?.ToUnixTimeMilliseconds(), ["failures"] = Failures,
    });

    private static Instant? At(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? Instant.FromUnixTimeMilliseconds(value.GetInt64())
            : null;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long Count(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
}
