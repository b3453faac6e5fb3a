using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;

namespace Automation.Server.Api;

/// <summary>A fact as the API says it.</summary>
/// <param name="Sequence">Its place in the ledger, for paging.</param>
/// <param name="Contact">0 for facts about definitions.</param>
/// <param name="Cause">What caused it, e.g. <c>event:&lt;message id&gt;</c>, <c>timer</c>, <c>command:&lt;name&gt;</c>.</param>
/// <param name="Details">The fact's own fields, with the values it looked at.</param>
internal sealed record FactAnswer(
    long Sequence, DateTimeOffset At, long Contact, string? Journey, int? Version, int? Ordinal, string? Step, string Kind,
    string? Reason, string Cause, string? Actor, JsonElement Details)
{
    public static FactAnswer Of(LedgerRow row) => new(
        row.Place, row.At.ToDateTimeOffset(), row.Contact, row.Journey, row.Version, row.Ordinal, row.Step, row.Kind, row.Reason,
        row.Cause, row.Actor, JsonElement.Parse(row.Details));

    public static FactAnswer Of(RecordedFact recorded)
    {
        var whole = JsonElement.Parse(FactJson.Write(recorded.Fact));
        var header = FactJson.Header(recorded.Fact);
        return new FactAnswer(
            recorded.Sequence, recorded.At.ToDateTimeOffset(), recorded.Contact, header.Journey, header.Version, header.Ordinal, header.Step,
            header.Kind, header.Reason, recorded.Cause, header.Actor, whole.GetProperty("details"));
    }

    /// <summary>The same as a line of an export, without the detour over objects.</summary>
    public static void Write(Utf8JsonWriter to, LedgerRow row)
    {
        to.WriteStartObject();
        to.WriteNumber("sequence"u8, row.Place);
        to.WriteString("at"u8, row.At.ToDateTimeUtc());
        to.WriteNumber("contact"u8, row.Contact);
        Text(to, "journey"u8, row.Journey);
        Whole(to, "version"u8, row.Version);
        Whole(to, "ordinal"u8, row.Ordinal);
        Text(to, "step"u8, row.Step);
        Text(to, "kind"u8, row.Kind);
        Text(to, "reason"u8, row.Reason);
        Text(to, "cause"u8, row.Cause);
        Text(to, "actor"u8, row.Actor);
        to.WritePropertyName("details"u8);
        to.WriteRawValue(row.Details, skipInputValidation: true);
        to.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter to, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            to.WriteString(name, value);
        }
    }

    private static void Whole(Utf8JsonWriter to, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            to.WriteNumber(name, number);
        }
    }
}
