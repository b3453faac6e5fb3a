using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Connectors.Http;

/// <summary>
/// JSON with every character as itself. The framework's most relaxed encoder still writes emoji and a few others as <c>\uXXXX</c>, which
/// WeCom refuses (40033) and other vendors count as six characters.
/// </summary>
public static class RawJson
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a node as UTF-8. Only control characters, quotes and backslashes stay escaped.</summary>
    /// <param name="node">The node.</param>
    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(Text(node));

    /// <summary>Writes a node as text, as <see cref="Bytes"/> does.</summary>
    /// <param name="node">The node.</param>
    public static string Text(JsonNode node)
    {
        var json = node.ToJsonString(Relaxed);
        if (!json.Contains("\\u", StringComparison.Ordinal))
        {
            return json;
        }

        var raw = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                raw.Append(json[i]);
                continue;
            }

            var isRaw = json[i + 1] == 'u'
                && ushort.TryParse(json.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter)
                && letter >= ' ' && letter is not ('"' or '\\');
            if (isRaw)
            {
                raw.Append((char)ushort.Parse(json.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 5;
            }
            else
            {
                raw.Append(json[i]).Append(json[++i]);
            }
        }

        return raw.ToString();
    }
}
