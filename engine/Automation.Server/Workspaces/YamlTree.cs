using System.Buffers;
using System.Text.Json;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Automation.Server.Workspaces;

/// <summary>
/// YAML as the JSON text of the same tree, so that one reader serves both. Only what JSON can say gets through; aliases are
/// expanded within bounds, because a few lines of nested aliases can otherwise fill the memory.
/// </summary>
internal sealed class YamlTree
{
    private const int DepthMax = 100;
    private const int NodesMax = 100_000;

    private readonly List<ParsingEvent> _events = [];
    private readonly Dictionary<string, int> _anchors = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlTree()
    {
    }

    /// <summary>The tree as JSON with the line of every value, or a finding. Null JSON without a finding: the file is empty.</summary>
    public static (byte[]? Json, SourceLines Lines, Finding? Problem) Read(string text)
    {
        var tree = new YamlTree();
        try
        {
            var json = tree.Convert(text);
            return (json, new SourceLines(tree._lines), null);
        }
        catch (YamlException wrong)
        {
            return (null, SourceLines.None, wrong switch
            {
                TooLargeException => LintCodes.TooLarge.At("", wrong.Message) with { Line = Line(wrong.Start) },
                _ => LintCodes.MalformedYaml.At("", Sentence(wrong)) with { Line = Line(wrong.Start) },
            });
        }
    }

    private byte[]? Convert(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        var (documents, depth) = (0, 0);
        while (parser.MoveNext())
        {
            // Here and not only while writing, because the scanner's own effort grows with the square of the depth.
            depth += parser.Current!.NestingIncrease;
            if (depth > DepthMax + 2)
            {
                throw Unusable(parser.Current, $"values nested at most {DepthMax} deep", "they go on");
            }
            if (_events.Count > 4 * NodesMax)
            {
                throw new TooLargeException(parser.Current.Start, parser.Current.End, $"Expected at most {NodesMax} values, but there are more.");
            }
            documents += parser.Current is DocumentStart ? 1 : 0;
            if (documents > 1)
            {
                throw Unusable(parser.Current, "one document in a file", "a second one begins");
            }
            if (parser.Current is NodeEvent or MappingEnd or SequenceEnd or AnchorAlias)
            {
                _events.Add(parser.Current);
            }
        }
        if (_events.Count == 0 || _events is [Scalar { Style: ScalarStyle.Plain, Value: "", Tag.IsEmpty: true }])
        {
            return null;
        }
        using var writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { MaxDepth = DepthMax + 1 });
        Node(writer, 0, "", 1);
        writer.Flush();
        return _bytes.WrittenSpan.ToArray();
    }

    /// <summary>Writes the node that starts at the event, and answers where the next one starts.</summary>
    private int Node(Utf8JsonWriter writer, int at, string pointer, int depth)
    {
        var node = _events[at];
        if (++_nodes > NodesMax || _bytes.WrittenCount + writer.BytesPending > DocumentLimits.BytesMax)
        {
            throw new TooLargeException(node.Start, node.End,
                $"Expected at most {NodesMax} values and {DocumentLimits.BytesMax} bytes once aliases are expanded, but there are more.");
        }
        if (depth > DepthMax)
        {
            throw Unusable(node, $"values nested at most {DepthMax} deep", "they go on");
        }
        _lines.TryAdd(pointer, Line(node.Start));
        var end = node switch
        {
            Scalar scalar => Value(writer, scalar, at),
            SequenceStart => List(writer, at, pointer, depth),
            MappingStart => Map(writer, at, pointer, depth),
            AnchorAlias alias => Alias(writer, alias, at, pointer, depth),
            _ => throw Unusable(node, "a value", $"found {node.GetType().Name}"),
        };
        // Known only once it has ended, so that a value can't hold itself.
        if (node is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = at;
        }
        return end;
    }

    private static int Value(Utf8JsonWriter writer, Scalar scalar, int at) => YamlScalar.TryWrite(writer, scalar)
        ? at + 1
        : throw Unusable(scalar, "a value that JSON has too", $"found {scalar.Value} {scalar.Tag}".TrimEnd());

    private int List(Utf8JsonWriter writer, int at, string pointer, int depth)
    {
        RefuseTag((NodeEvent)_events[at], "tag:yaml.org,2002:seq");
        writer.WriteStartArray();
        at++;
        for (var index = 0; _events[at] is not SequenceEnd; index++)
        {
            at = Node(writer, at, JsonPointer.Child(pointer, index), depth + 1);
        }
        writer.WriteEndArray();
        return at + 1;
    }

    private int Map(Utf8JsonWriter writer, int at, string pointer, int depth)
    {
        RefuseTag((NodeEvent)_events[at], "tag:yaml.org,2002:map");
        writer.WriteStartObject();
        at++;
        while (_events[at] is not MappingEnd)
        {
            // Keys that stand twice are written twice: the reader of the document finds them, as it does in JSON.
            var key = _events[at] as Scalar ?? throw Unusable(_events[at], "plain text as a key", "found something else");
            writer.WritePropertyName(key.Value);
            at = Node(writer, at + 1, JsonPointer.Child(pointer, key.Value), depth + 1);
        }
        writer.WriteEndObject();
        return at + 1;
    }

    private int Alias(Utf8JsonWriter writer, AnchorAlias alias, int at, string pointer, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw Unusable(alias, $"an anchor &{alias.Value} before its alias", "there is none");
        }
        Node(writer, target, pointer, depth + 1);
        return at + 1;
    }

    private static void RefuseTag(NodeEvent node, string usual)
    {
        if (!node.Tag.IsEmpty && node.Tag.Value is var tag && tag != usual && tag != "!")
        {
            throw Unusable(node, "values without tags", $"found {tag}");
        }
    }

    private static SemanticErrorException Unusable(ParsingEvent at, string expected, string found) =>
        new(at.Start, at.End, $"Expected {expected}, but {found}.");

    private static string Sentence(YamlException wrong) => wrong.Message.StartsWith("Expected ", StringComparison.Ordinal)
        ? wrong.Message
        : $"Expected YAML, but it breaks at line {wrong.Start.Line}, column {wrong.Start.Column}: {wrong.Message.TrimEnd('.')}.";

    private static int Line(Mark mark) => (int)mark.Line;

    private sealed class TooLargeException(in Mark start, in Mark end, string message) : YamlException(start, end, message);
}
