using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>Values as JSON text and back.</summary>
internal static class Json
{
    public static string Write(Rendering r, Value value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(r, writer, bytes, value, 0);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static Value Read(Rendering r, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Value.Null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            r.StepForText(text.Length);
            return Read(r, document.RootElement);
        }
        catch (JsonException failed)
        {
            throw new Fault($"Expected text in JSON, but {failed.Message}");
        }
    }

    private static Value Read(Rendering r, JsonElement element)
    {
        r.Step();
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var record = new ScriptObject();
                foreach (var member in element.EnumerateObject())
                {
                    record.Add(member.Name, Read(r, member.Value));
                }

                return new Value(record);
            case JsonValueKind.Array:
                var list = new ScriptArray();
                foreach (var item in element.EnumerateArray())
                {
                    list.Add(Read(r, item));
                }

                return new Value(list);
            case JsonValueKind.String:
                return new Value(element.GetString());
            case JsonValueKind.Number:
                return element.TryGetInt64(out var whole) ? Value.Shrink(whole) : new Value(element.GetDouble());
            case JsonValueKind.True or JsonValueKind.False:
                return new Value(element.GetBoolean());
            default:
                return Value.Null;
        }
    }

    private static void Write(Rendering r, Utf8JsonWriter writer, ArrayBufferWriter<byte> bytes, Value value, int depth)
    {
        r.Step();
        switch (value.Kind)
        {
            case ValueKind.Bool:
                writer.WriteBooleanValue(value.Bool);
                break;
            case ValueKind.Int or ValueKind.Long:
                writer.WriteNumberValue(value.Long);
                break;
            case ValueKind.BigInteger:
                writer.WriteRawValue(r.ToText(value)!);
                break;
            case ValueKind.Decimal:
                writer.WriteNumberValue(value.Decimal);
                break;
            case ValueKind.Float when float.IsFinite(value.Float):
                writer.WriteNumberValue(value.Float);
                break;
            case ValueKind.Double when double.IsFinite(value.Double):
                writer.WriteNumberValue(value.Double);
                break;
            case ValueKind.Date:
                writer.WriteStringValue(value.Date.UtcDateTime);
                break;
            case ValueKind.List or ValueKind.Object:
                WriteNested(r, writer, bytes, value, depth);
                break;
            case ValueKind.Null or ValueKind.Missing or ValueKind.Function or ValueKind.Empty:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(r.ToText(value));
                break;
        }
    }

    private static void WriteNested(Rendering r, Utf8JsonWriter writer, ArrayBufferWriter<byte> bytes, Value value, int depth)
    {
        if (depth >= r.Limits.ObjectRecursion || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new Fault("Expected values that end, but they nest too deeply or contain themselves.");
        }

        if (value.List is { } list)
        {
            list = r.Current(list);
            writer.WriteStartArray();
            for (var i = 0; i < list.Count; i++)
            {
                Write(r, writer, bytes, list[i], depth + 1);
            }

            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, member) in r.Current(value.Object!).Members())
        {
            writer.WritePropertyName(name);
            Write(r, writer, bytes, member, depth + 1);
        }

        writer.WriteEndObject();
        Operators.CheckLength(r, writer.BytesCommitted + writer.BytesPending, null);
    }
}
