using System.Globalization;

namespace Automation.Connectors.Sms;

/// <summary>Times as vendors in China write them: <c>2017-01-01 00:00:00</c>, eight hours before Greenwich, without saying so.</summary>
public static class ChinaTime
{
    /// <summary>The zone's offset. It has no summer time.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>Reads such a time.</summary>
    /// <param name="text">The time, or null.</param>
    /// <param name="otherwise">What it is when there is none, or it cannot be read.</param>
    public static DateTimeOffset Read(string? text, DateTimeOffset otherwise) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, Offset)
            : otherwise;

    /// <summary>The day, as <c>20170101</c>.</summary>
    /// <param name="time">A moment.</param>
    public static string Day(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
