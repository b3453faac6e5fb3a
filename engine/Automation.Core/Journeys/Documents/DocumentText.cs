using System.Text.Json;
using System.Text.Unicode;
using Automation.Core.Journeys.Linting;

namespace Automation.Core.Journeys.Documents;

/// <summary>From bytes to a JSON tree: size, UTF-8 and syntax, each with a finding instead of an exception.</summary>
internal static class DocumentText
{
    // Deeper than any document can be, so that a deep one meets the reader's own limits first.
    private const int DepthMax = 128;

    public static Reading<T> Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, Reading<T>> read)
        where T : class
    {
        var findings = new FindingList();
        if (utf8.Length > DocumentLimits.BytesMax)
        {
            findings.Add(LintCodes.TooLarge, "", $"Expected at most {DocumentLimits.BytesMax} bytes, but found {utf8.Length}.");
            return Reading<T>.Of(null, findings);
        }
        if (utf8.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            utf8 = utf8[3..];
        }
        if (!Utf8.IsValid(utf8.Span))
        {
            findings.Add(LintCodes.MalformedJson, "", "Expected text in UTF-8, but the bytes are of another encoding: save the file as UTF-8.");
            return Reading<T>.Of(null, findings);
        }
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = DepthMax });
            return read(document.RootElement);
        }
        catch (JsonException wrong)
        {
            findings.Add(LintCodes.MalformedJson, "",
                $"Expected JSON, but it breaks at line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}: {Reason(wrong)}",
                (int?)wrong.LineNumber + 1);
            return Reading<T>.Of(null, findings);
        }
    }

    // The exception's message ends with the position, which ours has already, counted from 1.
    private static string Reason(JsonException wrong)
    {
        var position = wrong.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? wrong.Message : wrong.Message[..position];
    }
}
