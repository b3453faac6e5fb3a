using System.Text.Json;
using NodaTime;

namespace Automation.Server.Ingest;

/// <summary>A time as the SDKs write it, ISO 8601. One without an offset is UTC, on whatever machine it is read.</summary>
internal static class SegmentTime
{
    public static bool TryRead(ref Utf8JsonReader json, out Instant time)
    {
        // The reader takes a time without an offset for this machine's, so it is asked for the bare one.
        if (json.TryGetDateTime(out var bare) && bare.Kind == DateTimeKind.Unspecified)
        {
            time = Instant.FromDateTimeUtc(DateTime.SpecifyKind(bare, DateTimeKind.Utc));
            return true;
        }
        if (json.TryGetDateTimeOffset(out var withOffset))
        {
            time = Instant.FromDateTimeOffset(withOffset);
            return true;
        }
        time = default;
        return false;
    }
}
