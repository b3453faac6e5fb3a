using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Cli.Audit;

/// <summary>A row of the ledger as JSON, the same in <c>query --json</c> and <c>export</c>.</summary>
internal static class RowJson
{
    public static void Write(Utf8JsonWriter to, LedgerRow row)
    {
        to.WriteStartObject();
        to.WriteNumber("sequence", row.Sequence);
        to.WriteString("at", Time(row.At));
        to.WriteNumber("contact", row.Contact);
        Text(to, "journey", row.Journey);
        Number(to, "version", row.Version);
        Number(to, "ordinal", row.Ordinal);
        Text(to, "step", row.Step);
        to.WriteString("kind", row.Kind);
        Text(to, "reason", row.Reason);
        to.WriteString("cause", row.Cause);
        Text(to, "actor", row.Actor);
        to.WritePropertyName("details");
        using var document = JsonDocument.Parse(row.Details);
        var details = document.RootElement.TryGetProperty("kind", out _) && document.RootElement.TryGetProperty("details", out var inner)
            ? inner : document.RootElement;
        details.WriteTo(to);
        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, in RecordedFact recorded)
    {
        var header = FactJson.Header(recorded.Fact);
        to.WriteStartObject();
        to.WriteNumber("sequence", recorded.Sequence);
        to.WriteString("at", Time(recorded.At));
        to.WriteNumber("contact", recorded.Contact);
        Text(to, "journey", header.Journey);
        Number(to, "version", header.Version);
        Number(to, "ordinal", header.Ordinal);
        Text(to, "step", header.Step);
        to.WriteString("kind", header.Kind);
        Text(to, "reason", header.Reason);
        to.WriteString("cause", recorded.Cause);
        Text(to, "actor", header.Actor);
        to.WritePropertyName("details");
        FactJson.WriteDetails(to, recorded.Fact);
        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, in RecordedEvent recorded)
    {
        to.WriteStartObject();
        to.WriteNumber("sequence", recorded.Sequence);
        to.WriteString("at", Time(recorded.Event.ReceivedAt));
        to.WriteNumber("contact", recorded.Contact);
        to.WriteString("kind", "event");
        to.WritePropertyName("event");
        EventJson.Write(to, recorded.Event);
        to.WriteEndObject();
    }

    public static string Time(Instant at) => InstantPattern.ExtendedIso.Format(at);

    private static void Text(Utf8JsonWriter to, string name, string? value)
    {
        if (value is not null)
        {
            to.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter to, string name, int? value)
    {
        if (value is { } number)
        {
            to.WriteNumber(name, number);
        }
    }
}
