using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Cli.Importing;

/// <summary>Times as people's files have them: with an offset, or without one and then in the zone.</summary>
internal sealed class RowTimes(DateTimeZone zone)
{
    private static readonly IPattern<LocalDateTime>[] Local =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.FFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu/M/d H:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu/M/d H:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu/M/d"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMddHHmmss"),
    ];

    /// <summary>The time in ISO 8601 with its offset; null for what is no time.</summary>
    public string? Iso(string text)
    {
        text = text.Trim();
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true })
        {
            return text;
        }
        foreach (var pattern in Local)
        {
            if (pattern.Parse(text) is { Success: true } local)
            {
                return OffsetDateTimePattern.ExtendedIso.Format(zone.AtLeniently(local.Value).ToOffsetDateTime());
            }
        }
        return null;
    }
}
