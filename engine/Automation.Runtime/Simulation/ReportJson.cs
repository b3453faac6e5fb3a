using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;

namespace Automation.Runtime.Simulation;

/// <summary>The report as JSON. Keys are sorted, so that two runs give the same bytes, and two reports can be compared line by line.</summary>
public static class ReportJson
{
    public static void Write(Utf8JsonWriter to, SimulationReport report)
    {
        to.WriteStartObject();
        to.WriteNumber("contacts", report.Contacts);
        to.WriteStartObject("events");
        to.WriteNumber("duplicates", report.Duplicates);
        to.WriteNumber("rejected", report.Rejected);
        to.WriteNumber("total", report.Total);
        to.WriteEndObject();
        to.WriteStartObject("journeys");
        foreach (var (key, journey) in report.Journeys)
        {
            to.WriteStartObject(key);
            Write(to, journey);
            to.WriteEndObject();
        }
        to.WriteEndObject();
        to.WriteStartObject("messages");
        foreach (var (key, channel) in report.Channels)
        {
            to.WriteStartObject(key);
            Write(to, channel);
            to.WriteEndObject();
        }
        to.WriteEndObject();
        to.WriteEndObject();
    }

    /// <summary>Indented, for a file.</summary>
    public static byte[] Write(SimulationReport report)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Write(writer, report);
        writer.Flush();
        return [.. bytes.WrittenSpan, (byte)'\n'];
    }

    private static void Write(Utf8JsonWriter to, JourneyFigures journey)
    {
        to.WriteNumber("active", journey.Active);
        to.WriteNumber("completed", journey.Completed);
        to.WriteNumber("enrolled", journey.Enrolled);
        to.WriteNumber("exited", journey.Exited);
        to.WriteStartObject("goal");
        to.WriteNumber("converted", journey.Converted);
        // 180.00 and 180 are one amount; dividing takes the zeros that adding carried along.
        to.WriteNumber("value", journey.Value / 1.0000000000000000000000000000m);
        to.WriteEndObject();
        Write(to, "not_enrolled", journey.NotEnrolled);
        to.WriteStartObject("steps");
        foreach (var step in journey.Steps)
        {
            to.WriteStartObject(step.Id);
            to.WriteNumber("entered", step.Entered);
            to.WriteNumber("left", step.Left);
            to.WriteNumber("waiting", step.Waiting);
            to.WriteEndObject();
        }
        to.WriteEndObject();
        to.WriteNumber("version", journey.Version);
    }

    private static void Write(Utf8JsonWriter to, ChannelFigures channel)
    {
        to.WriteStartObject("by_day");
        foreach (var (day, sent) in channel.ByDay)
        {
            to.WriteNumber(LocalDatePattern.Iso.Format(day), sent);
        }
        to.WriteEndObject();
        to.WriteNumber("sent", channel.Sent);
        Write(to, "suppressed", channel.Suppressed);
    }

    private static void Write(Utf8JsonWriter to, string name, IReadOnlyDictionary<string, long> counts)
    {
        to.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            to.WriteNumber(key, count);
        }
        to.WriteEndObject();
    }
}
