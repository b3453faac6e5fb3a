using Automation.Core.Journeys.Documents;
using Xunit;

namespace Automation.Core.Tests.Journeys.Documents;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("15m", 900, "15m")]
    [InlineData("24h", 86_400, "1d")]
    [InlineData("36h", 129_600, "36h")]
    [InlineData("30d", 2_592_000, "30d")]
    [InlineData("2w", 1_209_600, "14d")]
    [InlineData("1d12h", 129_600, "36h")]
    [InlineData("1w2d3h4m5s", 788_645, "788645s")]
    [InlineData("-3d", -259_200, "-3d")]
    [InlineData("-90m", -5_400, "-90m")]
    [InlineData("0d", 0, "0s")]
    [InlineData("3660d", 316_224_000, "3660d")]
    public void A_duration_is_read_and_written_in_its_largest_unit(string text, double seconds, string written)
    {
        Assert.True(DurationText.TryParse(text, out var duration));

        Assert.Equal(seconds, duration.TotalSeconds);
        Assert.Equal(written, DurationText.Write(duration));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5")]
    [InlineData("d")]
    [InlineData("1.5h")]
    [InlineData("1h1h")]
    [InlineData("1m1h")]
    [InlineData("1 d")]
    [InlineData("1D")]
    [InlineData("+1d")]
    [InlineData("١d")]
    [InlineData("3661d")]
    [InlineData("9999999999s")]
    [InlineData("1d-2h")]
    public void Anything_else_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));
}
