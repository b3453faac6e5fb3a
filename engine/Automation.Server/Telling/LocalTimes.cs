using System.Globalization;
using Automation.Core.Workspaces;
using Automation.Server.Cli;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Telling;

/// <summary>Moments as people read and write them: in the workspace's zone, to the second.</summary>
internal sealed class LocalTimes(DateTimeZone zone)
{
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private static readonly IPattern<LocalDateTime>[] Patterns =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
    ];

    public static LocalTimes Default { get; } = Of(null);

    /// <param name="zone">An IANA name; the default zone where it is null or nobody knows it.</param>
    public static LocalTimes Of(string? zone) =>
        new((zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? DateTimeZoneProviders.Tzdb[WorkspaceSettings.DefaultZone]);

    public DateTimeZone Zone => zone;

    public string Show(Instant at) => Seconds.Format(at.InZone(zone).LocalDateTime);

    public string? Show(Instant? at) => at is { } moment ? Show(moment) : null;

    /// <summary>Reads a moment with an offset (<c>2026-03-01T10:00:00+08:00</c>, <c>…Z</c>), or a date and time in the zone.</summary>
    /// <exception cref="CannotRunException">It is neither.</exception>
    public Instant Read(string option, string text) => TryRead(text) ?? throw new CannotRunException("bad_time", string.Create(
        CultureInfo.InvariantCulture,
        $"Expected a time such as 2026-03-01T10:00:00+08:00 or 2026-03-01 after {option}, but found '{text}'."));

    /// <summary>The same; null where it is neither.</summary>
    public Instant? TryRead(string text)
    {
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } exact)
        {
            return exact.Value.ToInstant();
        }
        if (OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<G>").Parse(text) is { Success: true } minutes)
        {
            return minutes.Value.ToInstant();
        }
        foreach (var pattern in Patterns)
        {
            if (pattern.Parse(text) is { Success: true } local)
            {
                return zone.AtLeniently(local.Value).ToInstant();
            }
        }
        return null;
    }
}
