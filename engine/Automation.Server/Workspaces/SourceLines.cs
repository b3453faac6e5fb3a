using System.Text.Json;
using Automation.Core.Journeys.Documents;

namespace Automation.Server.Workspaces;

/// <summary>Where each value of a file stands, so that a finding's pointer becomes a line to jump to.</summary>
internal sealed class SourceLines(IReadOnlyDictionary<string, int> lines)
{
    public static readonly SourceLines None = new(new Dictionary<string, int>());

    /// <summary>The line of the value, or of the nearest value around it when it is missing; null for what is no file.</summary>
    public int? Find(string pointer)
    {
        while (true)
        {
            if (lines.TryGetValue(pointer, out var line))
            {
                return line;
            }
            if (pointer.Length == 0)
            {
                return null;
            }
            pointer = pointer[..pointer.LastIndexOf('/')];
        }
    }

    /// <summary>The lines of a JSON text; those before the fault where it is malformed.</summary>
    public static SourceLines OfJson(ReadOnlySpan<byte> utf8)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 200 });
        var path = new Stack<Place>();
        var (pointer, line, counted) = ("", 1, 0);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    path.Pop();
                    continue;
                }
                var start = (int)reader.TokenStartIndex;
                line += utf8[counted..start].Count((byte)'\n');
                counted = start;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    pointer = JsonPointer.Child(path.Peek().Pointer, reader.GetString()!);
                    continue;
                }
                if (path.TryPeek(out var list) && list.IsList)
                {
                    pointer = JsonPointer.Child(list.Pointer, list.Items++);
                }
                lines.TryAdd(pointer, line);
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    path.Push(new Place(pointer, reader.TokenType == JsonTokenType.StartArray));
                }
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // The reader of the document has said so already.
        }
        return new SourceLines(lines);
    }

    private sealed class Place(string pointer, bool isList)
    {
        public string Pointer { get; } = pointer;

        public bool IsList { get; } = isList;

        public int Items { get; set; }
    }
}
