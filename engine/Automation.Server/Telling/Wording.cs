using System.Globalization;
using NodaTime;

namespace Automation.Server.Telling;

/// <summary>The language that sentences are told in, and the zone of their times. Both languages of a sentence stand side by side where it is made.</summary>
internal sealed class Wording(LocalTimes times, bool isChinese)
{
    public LocalTimes Times => times;

    public bool IsChinese => isChinese;

    public string Say(string english, string chinese) => isChinese ? chinese : english;

    public string Say(FormattableString english, FormattableString chinese) =>
        (isChinese ? chinese : english).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same where a number with its noun is the English.</summary>
    public string Say(string english, FormattableString chinese) => isChinese ? chinese.ToString(CultureInfo.InvariantCulture) : english;

    public string Show(Instant at) => times.Show(at);

    public static bool IsLanguage(string name) => name is "en" or "zh";
}
