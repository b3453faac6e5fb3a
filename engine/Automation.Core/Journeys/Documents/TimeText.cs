using NodaTime;
using NodaTime.Text;

namespace Automation.Core.Journeys.Documents;

/// <summary>Times of day as <c>HH:mm</c>, days of the week as <c>mon</c> to <c>sun</c>.</summary>
internal static class TimeText
{
    public static readonly (string Word, IsoDayOfWeek Day)[] Days =
    [
        ("mon", IsoDayOfWeek.Monday), ("tue", IsoDayOfWeek.Tuesday), ("wed", IsoDayOfWeek.Wednesday), ("thu", IsoDayOfWeek.Thursday),
        ("fri", IsoDayOfWeek.Friday), ("sat", IsoDayOfWeek.Saturday), ("sun", IsoDayOfWeek.Sunday),
    ];

    private static readonly LocalTimePattern Pattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static bool TryParse(string text, out LocalTime time)
    {
        var result = Pattern.Parse(text);
        time = result.Success ? result.Value : default;
        return result.Success;
    }

    public static string Write(LocalTime time) => Pattern.Format(time);
}
