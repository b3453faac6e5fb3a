using System.CommandLine;
using System.Globalization;
using Automation.Server.Telling;

namespace Automation.Server.Cli;

/// <summary>The language that commands answer in: <c>--language</c>, or else the one of the terminal.</summary>
internal static class SpokenLanguage
{
    // In the order in which programs of a terminal look at them.
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static Option<string> Option() => new("--language")
    {
        Description = "en or zh. Default: the terminal's own.", HelpName = "en|zh", DefaultValueFactory = _ => Of(Environment.GetEnvironmentVariable, CultureInfo.CurrentUICulture),
    };

    /// <exception cref="CannotRunException">It is none that the program speaks.</exception>
    public static string Known(string language) => Wording.IsLanguage(language)
        ? language
        : throw new CannotRunException("bad_language", $"Expected the language en or zh, but found '{language}'.");

    internal static string Of(Func<string, string?> environment, CultureInfo culture)
    {
        var set = Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? culture.Name;
        return set.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh" : "en";
    }
}
