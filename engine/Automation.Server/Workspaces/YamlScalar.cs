using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Automation.Server.Workspaces;

/// <summary>
/// What a scalar of YAML is in JSON, by the core schema of YAML 1.2: only true and false are truth values, so <c>on</c>,
/// <c>no</c> and <c>21:00</c> are plain text, and whatever stands in quotes is text.
/// </summary>
internal static partial class YamlScalar
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>Writes the value; false when JSON has none for it (<c>.inf</c>, <c>.nan</c>, a tag of somebody's own).</summary>
    public static bool TryWrite(Utf8JsonWriter writer, Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        if (tag is "!" or TagPrefix + "str" || (tag.Length == 0 && scalar.Style != ScalarStyle.Plain))
        {
            writer.WriteStringValue(scalar.Value);
            return true;
        }
        return tag.Length == 0 || tag is TagPrefix + "int" or TagPrefix + "float" or TagPrefix + "bool" or TagPrefix + "null"
            ? TryWritePlain(writer, scalar.Value)
            : false;
    }

    private static bool TryWritePlain(Utf8JsonWriter writer, string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                return true;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                return true;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                return true;
        }
        if (Special().IsMatch(text))
        {
            return false;
        }
        if (Number().Match(text) is { Success: true } number)
        {
            writer.WriteRawValue(AsJson(number));
        }
        else if (Based().Match(text) is { Success: true } based)
        {
            writer.WriteRawValue(Whole(based.Groups["digits"].Value, based.Groups["base"].Value == "x" ? 16 : 8));
        }
        else
        {
            writer.WriteStringValue(text);
        }
        return true;
    }

    // YAML allows +1, 007, .5 and 1. where JSON wants 1, 7, 0.5 and 1.0.
    private static string AsJson(Match number)
    {
        var whole = number.Groups["whole"].Value.TrimStart('0');
        var fraction = number.Groups["fraction"].Value;
        var sign = number.Groups["sign"].Value == "-" ? "-" : "";
        return $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length == 0 ? "" : "." + fraction)}{number.Groups["exponent"].Value}";
    }

    private static string Whole(string digits, int numberBase)
    {
        var value = System.Numerics.BigInteger.Zero;
        foreach (var digit in digits)
        {
            value = (value * numberBase) + Convert.ToInt32(digit.ToString(), 16);
        }
        return value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>[eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex("^0(?<base>[xo])(?<digits>(?<=x)[0-9a-fA-F]{1,32}|(?<=o)[0-7]{1,32})$")]
    private static partial Regex Based();

    [GeneratedRegex(@"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$")]
    private static partial Regex Special();
}
