using Automation.Core.Journeys;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Automation.Core.Tests.Journeys;

public sealed class CronTests
{
    [Theory]
    [InlineData("* * * * *", "2026-03-01T10:00", "2026-03-01T10:01")]
    [InlineData("* * * * *", "2026-12-31T23:59", "2027-01-01T00:00")]
    [InlineData("0 9 * * 1", "2026-03-01T10:00", "2026-03-02T09:00")]
    [InlineData("0 9 * * 1", "2026-03-02T09:00", "2026-03-09T09:00")]
    [InlineData("0 9 * * 1", "2026-03-02T08:59", "2026-03-02T09:00")]
    [InlineData("0 9 * * mon", "2026-03-02T08:59:30", "2026-03-02T09:00")]
    [InlineData("0 9 * * 0", "2026-03-01T08:00", "2026-03-01T09:00")]
    [InlineData("0 9 * * 7", "2026-03-01T08:00", "2026-03-01T09:00")]
    [InlineData("0 9 * * 5-7", "2026-03-02T08:00", "2026-03-06T09:00")]
    [InlineData("0 9 * * SAT,sun", "2026-03-02T08:00", "2026-03-07T09:00")]
    [InlineData("30 7 1,15 * ?", "2026-03-01T07:30", "2026-03-15T07:30")]
    [InlineData("*/15 8-20/4 * * *", "2026-03-01T08:46", "2026-03-01T12:00")]
    [InlineData("5/20 * * * *", "2026-03-01T08:45", "2026-03-01T09:05")]
    [InlineData("0 0 29 2 *", "2026-03-01T00:00", "2028-02-29T00:00")]
    [InlineData("0 0 29 2 *", "2096-02-29T00:00", "2104-02-29T00:00")]
    [InlineData("0 0 31 * *", "2026-03-31T00:00", "2026-05-31T00:00")]
    [InlineData("0 0 1 jan-mar *", "2026-03-01T00:00", "2027-01-01T00:00")]
    [InlineData("  0\t9 * * ?  ", "2026-03-01T10:00", "2026-03-02T09:00")]
    public void The_next_local_time_is_found(string cron, string after, string expected)
    {
        var pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

        var next = Cron.Parse(cron).Next(LocalDateTimePattern.ExtendedIso.Parse(after.Length == 16 ? after + ":00" : after).Value);

        Assert.Equal(expected, pattern.Format(next!.Value));
    }

    [Theory]
    [InlineData("Asia/Shanghai", "0 9 * * *", "2026-03-01T00:59Z", "2026-03-01T01:00Z")]
    // New York, 8 March 2026: 02:00 to 03:00 is skipped; what falls into it comes at 03:00, once.
    [InlineData("America/New_York", "30 2 * * *", "2026-03-08T06:00Z", "2026-03-08T07:00Z")]
    [InlineData("America/New_York", "30 2 * * *", "2026-03-08T07:00Z", "2026-03-09T06:30Z")]
    [InlineData("America/New_York", "*/20 * * * *", "2026-03-08T06:40Z", "2026-03-08T07:00Z")]
    [InlineData("America/New_York", "*/20 * * * *", "2026-03-08T07:00Z", "2026-03-08T07:20Z")]
    // New York, 1 November 2026: 01:00 to 02:00 comes twice, and counts the first time.
    [InlineData("America/New_York", "30 1 * * *", "2026-11-01T05:00Z", "2026-11-01T05:30Z")]
    [InlineData("America/New_York", "30 1 * * *", "2026-11-01T05:30Z", "2026-11-02T06:30Z")]
    [InlineData("America/New_York", "30 1 * * *", "2026-11-01T06:10Z", "2026-11-02T06:30Z")]
    [InlineData("America/New_York", "*/20 * * * *", "2026-11-01T05:40Z", "2026-11-01T07:00Z")]
    public void Clock_changes_neither_skip_nor_repeat(string zone, string cron, string after, string expected)
    {
        var pattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'");

        var next = Cron.Parse(cron).Next(pattern.Parse(after).Value, DateTimeZoneProviders.Tzdb[zone]);

        Assert.Equal(expected, pattern.Format(next!.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * 32 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("? * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("*/x * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("1- * * * *")]
    [InlineData("* * * * L")]
    [InlineData("* * * foo *")]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6 *")]
    [InlineData("0 9 1 * 1")]
    [InlineData("99999999999 * * * *")]
    public void What_is_no_calendar_is_told(string cron) =>
        Assert.StartsWith("Expected ", Cron.Validate(cron), StringComparison.Ordinal);

    [Theory]
    [InlineData("0 9 * * 1", "0 0 9 ? * MON")]
    [InlineData("0 9 * * *", "0 0 9 * * ?")]
    [InlineData("0 9 ? * 0,6", "0 0 9 ? * SUN,SAT")]
    [InlineData("30 7 1,15 * ?", "0 30 7 1,15 * ?")]
    [InlineData("*/20 8-10 * 1-2 mon-wed", "0 0,20,40 8,9,10 ? 1,2 MON,TUE,WED")]
    public void A_calendar_is_translated_for_quartz(string cron, string quartz) => Assert.Equal(quartz, Cron.Parse(cron).ToQuartz());

    [Fact]
    public void Every_step_forward_is_a_step_forward()
    {
        var zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"]; // Half an hour of summer time.
        var cron = Cron.Parse("*/7 0-4 * * *");
        var now = Instant.FromUtc(2026, 1, 1, 0, 0);
        var locals = new HashSet<LocalDateTime>();

        for (var i = 0; i < 20_000; i++)
        {
            var next = cron.Next(now, zone)!.Value;
            Assert.True(next > now);
            Assert.True(locals.Add(next.InZone(zone).LocalDateTime));
            now = next;
        }
    }
}
