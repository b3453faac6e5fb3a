using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime.Text;

namespace Automation.Runtime.Simulation;

/// <summary>Facts as lines of JSON, in the order in which they come.</summary>
public sealed class FactLines(Stream to) : IDisposable
{
    private const int FlushAt = 1 << 16;

    private readonly ArrayBufferWriter<byte> _bytes = new(FlushAt * 2);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(in RecordedFact recorded)
    {
        _writer.Reset(_bytes);
        _writer.WriteStartObject();
        _writer.WriteNumber("sequence", recorded.Sequence);
        _writer.WriteString("at", InstantPattern.ExtendedIso.Format(recorded.At));
        _writer.WriteNumber("contact", recorded.Contact);
        _writer.WriteString("cause", recorded.Cause);
        _writer.WritePropertyName("fact");
        FactJson.Write(_writer, recorded.Fact);
        _writer.WriteEndObject();
        _writer.Flush();
        _bytes.Write("\n"u8);
        if (_bytes.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    public void Dispose()
    {
        Flush();
        _writer.Dispose();
    }

    private void Flush()
    {
        to.Write(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
    }
}
