using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Steps;
using NodaTime;

namespace Automation.Core.Journeys.Documents;

/// <summary>
/// Writes canonical documents: the caller's key order, two spaces, line feeds, letters of every script as they are, and no
/// property that is null, false or empty. The same document always gives the same bytes, so that git shows only real changes.
/// </summary>
internal sealed class DocumentWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _json;

    private DocumentWriter() => _json = new Utf8JsonWriter(_bytes, Options);

    /// <summary>The bytes of one document, ended by a line feed.</summary>
    public static byte[] Document(Action<DocumentWriter> write)
    {
        using var writer = new DocumentWriter();
        write(writer);
        writer._json.Flush();
        return [.. JsonEscapes.TakeBack(writer._bytes.WrittenSpan), (byte)'\n'];
    }

    public void Dispose() => _json.Dispose();

    public void Open() => _json.WriteStartObject();

    public void Open(string key) => _json.WriteStartObject(key);

    public void Close() => _json.WriteEndObject();

    public void OpenList(string key) => _json.WriteStartArray(key);

    public void CloseList() => _json.WriteEndArray();

    public void Text(string key, string? text)
    {
        if (text is not null)
        {
            _json.WriteString(key, text);
        }
    }

    public void Texts(string key, ImmutableArray<string> texts)
    {
        if (!texts.IsEmpty)
        {
            OpenList(key);
            foreach (var text in texts)
            {
                _json.WriteStringValue(text);
            }
            CloseList();
        }
    }

    public void Flag(string key, bool flag)
    {
        if (flag)
        {
            _json.WriteBoolean(key, true);
        }
    }

    public void Number(string key, decimal number) => _json.WriteNumber(key, number);

    public void Span(string key, Duration? duration)
    {
        if (duration is { } span)
        {
            _json.WriteString(key, DurationText.Write(span));
        }
    }

    public void Time(string key, LocalTime? time)
    {
        if (time is { } moment)
        {
            _json.WriteString(key, TimeText.Write(moment));
        }
    }

    public void Word<T>(string key, (string Word, T Value)[] choices, T value) => _json.WriteString(key, WordOf(choices, value));

    public void Value(string key, object? value)
    {
        _json.WritePropertyName(key);
        PropertyJson.WriteValue(_json, value);
    }

    public void Bag(string key, PropertyBag bag, bool always = false)
    {
        if (always || bag.Count > 0)
        {
            Value(key, bag);
        }
    }

    public void Rule(string key, RuleGroup group, bool always = false)
    {
        if (always || !group.IsEmpty)
        {
            _json.WritePropertyName(key);
            RuleDocument.Write(this, group);
        }
    }

    public void OnFailure(FailurePolicy policy)
    {
        if (policy.Action == FailureAction.Branch)
        {
            Open("on_failure");
            Text("next", policy.Next);
            Close();
        }
        else if (policy.Action != FailureAction.Continue)
        {
            Word("on_failure", FailureWords.All, policy.Action);
        }
    }

    private static string WordOf<T>((string Word, T Value)[] choices, T value)
    {
        foreach (var choice in choices)
        {
            if (EqualityComparer<T>.Default.Equals(choice.Value, value))
            {
                return choice.Word;
            }
        }
        throw new InvariantBrokenException($"Expected a word for {value}, but there is none.");
    }
}
