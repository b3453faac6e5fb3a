using System.Text.Json;
using System.Text.RegularExpressions;

namespace Automation.Server.Cli.Importing;

/// <summary>What a cell of text stands for.</summary>
internal static partial class CellValue
{
    private static readonly JsonElement True = JsonElement.Parse("true");
    private static readonly JsonElement False = JsonElement.Parse("false");

    /// <summary>A number where it is written as one (not 007, not +86…), true and false, and else text.</summary>
    public static JsonElement Guess(string text)
    {
        if (Number().IsMatch(text))
        {
            return JsonElement.Parse(text);
        }
        return text switch
        {
            "true" or "TRUE" or "True" => True,
            "false" or "FALSE" or "False" => False,
            _ => Text(text),
        };
    }

    public static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    /// <summary>Words between commas, semicolons or bars.</summary>
    public static JsonElement List(string text) => JsonSerializer.SerializeToElement(
        text.Split([',', ';', '|', '，', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static bool? TruthOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "Y" or "1" or "是" => true,
        "FALSE" or "NO" or "N" or "0" or "否" => false,
        _ => null,
    };

    // Fifteen digits are exact everywhere; longer ones are numbers of cards and orders, which nobody adds up.
    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
