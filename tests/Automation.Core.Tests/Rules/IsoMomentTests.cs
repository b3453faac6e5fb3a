using Automation.Core.Rules;
using NodaTime.Text;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Rules;

public sealed class IsoMomentTests
{
    [Theory]
    [InlineData("2026-03-01", "2026-02-28T16:00:00Z")]
    [InlineData("2024-02-29", "2024-02-28T16:00:00Z")]
    [InlineData("2026-03-01T20:30", "2026-03-01T12:30:00Z")]
    [InlineData("2026-03-01 20:30:15", "2026-03-01T12:30:15Z")]
    [InlineData("2026-03-01T12:30:15.123Z", "2026-03-01T12:30:15.123Z")]
    [InlineData("2026-03-01T12:30:15.1234567899Z", "2026-03-01T12:30:15.123456789Z")]
    [InlineData("2026-03-01T12:30:15+0530", "2026-03-01T07:00:15Z")]
    [InlineData("2026-03-01T12:30-03:00", "2026-03-01T15:30:00Z")]
    [InlineData("2026-03-01T12:30:00+08", "2026-03-01T04:30:00Z")]
    [InlineData("0001-01-01T00:00:00+17:59", "0000-12-31T06:01:00Z")]
    [InlineData("9998-12-31T23:59:59-17:59", "9999-01-01T17:58:59Z")]
    public void An_iso_date_or_time_is_a_moment(string text, string utc)
    {
        Assert.True(IsoMoment.TryParse(text, out var moment));

        Assert.Equal(InstantPattern.ExtendedIso.Parse(utc).Value, moment.In(Given.Shanghai));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-3-1")]
    [InlineData("20260301")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29")]
    [InlineData("2026-00-10")]
    [InlineData("0000-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2026-03-01T")]
    [InlineData("2026-03-01T24:00")]
    [InlineData("2026-03-01T12")]
    [InlineData("2026-03-01T12:60")]
    [InlineData("2026-03-01T12:30:60")]
    [InlineData("2026-03-01T12:30:15.")]
    [InlineData("2026-03-01T12:30:15.Z")]
    [InlineData("2026-03-01T12:30+18:00")]
    [InlineData("2026-03-01T12:30Zulu")]
    [InlineData("2026-03-01x")]
    [InlineData("２０２６-03-01")]
    public void Everything_else_is_a_text(string text) => Assert.False(IsoMoment.TryParse(text, out _));

    [Theory]
    [InlineData("2026-03-28T12:00")]
    [InlineData("2026-03-29T02:30")]
    [InlineData("2026-03-29T12:00")]
    [InlineData("2026-10-25T02:30")]
    [InlineData("2026-10-24T23:00")]
    public void Where_clocks_change_the_zone_decides(string text)
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        Assert.True(IsoMoment.TryParse(text, out var moment));

        Assert.Equal(moment.Local.InZoneLeniently(berlin).ToInstant(), moment.In(berlin));
    }

    [Theory]
    [InlineData("30d ago", -30 * 86_400)]
    [InlineData("-30d", -30 * 86_400)]
    [InlineData("- 0d", null)]
    [InlineData("90m ago", -5400)]
    [InlineData("1d12h ago", -129_600)]
    [InlineData("2w  AGO", -14 * 86_400)]
    [InlineData("in 45s", 45)]
    [InlineData("+7d", 7 * 86_400)]
    [InlineData("7d", null)]
    [InlineData("ago", null)]
    [InlineData("-", null)]
    [InlineData("-30", null)]
    [InlineData("-30y", null)]
    [InlineData("d ago", null)]
    [InlineData("chicago", null)]
    [InlineData("99999999999999999999999d ago", null)]
    [InlineData("-40000d", null)]
    public void A_distance_from_now_has_amounts_and_units(string text, int? seconds)
    {
        Assert.Equal(seconds is not null, RelativeTime.TryParse(text, out var fromNow));
        Assert.Equal(Duration.FromSeconds(seconds ?? 0), fromNow);
    }

    [Theory]
    [InlineData(30 * 24, "30d")]
    [InlineData(36, "36h")]
    [InlineData(1, "1h")]
    public void A_duration_is_written_in_its_largest_unit(int hours, string text) =>
        Assert.Equal(text, RelativeTime.Text(Duration.FromHours(hours)));
}
