using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.Core.Primitives;

/// <summary>Reads and writes <see cref="PropertyBag"/>s as JSON. Numbers stay exact: whole ones as long, others as decimal.</summary>
public sealed class PropertyJson : JsonConverter<PropertyBag>
{
    public override PropertyBag Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadBag(ref reader);

    public override void Write(Utf8JsonWriter writer, PropertyBag value, JsonSerializerOptions options) => Write(writer, value);

    public static PropertyBag Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        return ReadBag(ref reader);
    }

    /// <summary>Reads the object the reader stands on. Throws <see cref="JsonException"/> where there is none.</summary>
    public static PropertyBag ReadBag(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"Expected a JSON object, but found {reader.TokenType}.");
        }
        var keys = new List<string>(8);
        var values = new List<object?>(8);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = ReadText(ref reader);
            reader.Read();
            var value = ReadValue(ref reader);
            var known = keys.IndexOf(key);
            if (known >= 0)
            {
                values[known] = value; // JSON lets a key stand twice; the last one wins, as everywhere.
                continue;
            }
            keys.Add(key);
            values.Add(value);
        }
        return keys.Count == 0 ? PropertyBag.Empty : new PropertyBag([.. keys], [.. values]);
    }

    public static object? ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => ReadText(ref reader),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => ReadBag(ref reader),
    };

    public static void Write(Utf8JsonWriter writer, PropertyBag bag)
    {
        writer.WriteStartObject();
        for (var i = 0; i < bag.Count; i++)
        {
            var (key, value) = bag.At(i);
            writer.WritePropertyName(key);
            WriteValue(writer, value);
        }
        writer.WriteEndObject();
    }

    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case string text: writer.WriteStringValue(text); break;
            case long whole: writer.WriteNumberValue(whole); break;
            case int whole: writer.WriteNumberValue(whole); break;
            case decimal exact: writer.WriteNumberValue(exact); break;
            case double wide: writer.WriteNumberValue(wide); break;
            case PropertyBag bag: Write(writer, bag); break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    WriteValue(writer, item);
                }
                writer.WriteEndArray();
                break;
            default: writer.WriteStringValue(PropertyValues.Text(value)); break;
        }
    }

    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
        {
            return whole;
        }
        if (reader.TryGetDecimal(out var exact))
        {
            return exact;
        }
        // What a double cannot hold either becomes infinity, which no JSON writer takes.
        return reader.TryGetDouble(out var wide) && double.IsFinite(wide)
            ? wide
            : throw new JsonException("Expected a number between ±1.8e308, but found a larger one.");
    }

    // JSON can write half a character (\ud800) that no string can hold; people sent it, so it is their mistake and not ours.
    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException wrong)
        {
            throw new JsonException("Expected text in valid Unicode, but it holds half a character.", wrong);
        }
    }

    private static List<object?> ReadList(ref Utf8JsonReader reader)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }
        return items;
    }
}
