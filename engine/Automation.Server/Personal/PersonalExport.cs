using System.IO.Pipelines;
using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using NodaTime;

namespace Automation.Server.Personal;

/// <summary>
/// Everything that is kept of one person as one JSON document, written page by page: <c>profile</c> with identities and consents with
/// their evidence, <c>events</c>, <c>messages</c> with their texts, <c>facts</c>; of the contacts that became part of them as well.
/// </summary>
internal sealed class PersonalExport(ILedgerStore ledger)
{
    private const int Page = 500;
    private const int EventsMax = 1_000_000;

    private PipeWriter? _to;

    /// <summary>Those who became part of the contact, and of whom the ledger has records under their own number.</summary>
    public async ValueTask<IReadOnlyList<long>> PartsAsync(long contact, CancellationToken cancellation)
    {
        var parts = new List<long> { contact };
        for (var i = 0; i < parts.Count; i++)
        {
            var absorbed = await ledger.FactsAsync(new FactQuery(Contact: parts[i], Kind: "contact_absorbed", Limit: Page), cancellation);
            parts.AddRange(absorbed.Select(static row => JsonElement.Parse(row.Details).GetProperty("other").GetInt64()).Where(other => !parts.Contains(other)));
        }
        return parts;
    }

    public async Task WriteAsync(Contact contact, string by, Instant at, PipeWriter to, CancellationToken cancellation)
    {
        var parts = await PartsAsync(contact.Id, cancellation);
        await using var json = new Utf8JsonWriter(to, JsonFields.Options);
        _to = to;
        json.WriteStartObject();
        json.WriteNumber("personal_data_export"u8, 1);
        json.WriteString("exported_at"u8, at.ToDateTimeUtc());
        json.WriteString("exported_by"u8, by);
        json.WriteStartArray("contacts"u8);
        foreach (var part in parts)
        {
            json.WriteNumberValue(part);
        }
        json.WriteEndArray();
        json.WritePropertyName("profile"u8);
        JsonSerializer.Serialize(json, ContactAnswer.Of(contact), ApiJson.Options);
        await WriteEventsAsync(json, parts, cancellation);
        await WriteMessagesAsync(json, parts, cancellation);
        await WriteFactsAsync(json, parts, cancellation);
        json.WriteEndObject();
        await FlushAsync(json, cancellation);
    }

    private async ValueTask FlushAsync(Utf8JsonWriter json, CancellationToken cancellation)
    {
        json.Flush();
        await _to!.FlushAsync(cancellation);
    }

    private async Task WriteEventsAsync(Utf8JsonWriter json, IReadOnlyList<long> parts, CancellationToken cancellation)
    {
        json.WriteStartArray("events"u8);
        foreach (var part in parts)
        {
            foreach (var happened in await ledger.EventsAsync(part, EventsMax, cancellation))
            {
                EventJson.Write(json, happened);
            }
            await FlushAsync(json, cancellation);
        }
        json.WriteEndArray();
    }

    private async Task WriteMessagesAsync(Utf8JsonWriter json, IReadOnlyList<long> parts, CancellationToken cancellation)
    {
        json.WriteStartArray("messages"u8);
        foreach (var part in parts)
        {
            var query = new MessageQuery(part, Limit: Page);
            while (await ledger.MessagesAsync(query, cancellation) is { Count: > 0 } rows)
            {
                foreach (var row in rows)
                {
                    JsonSerializer.Serialize(json, MessagesApi.MessageAnswer.Of(row), ApiJson.Options);
                }
                await FlushAsync(json, cancellation);
                if (rows.Count < Page)
                {
                    break;
                }
                query = query with { Before = rows[^1].Id };
            }
        }
        json.WriteEndArray();
    }

    private async Task WriteFactsAsync(Utf8JsonWriter json, IReadOnlyList<long> parts, CancellationToken cancellation)
    {
        json.WriteStartArray("facts"u8);
        foreach (var part in parts)
        {
            var query = new FactQuery(Contact: part, NewestFirst: false, Limit: Page);
            while (await ledger.FactsAsync(query, cancellation) is { Count: > 0 } rows)
            {
                foreach (var row in rows)
                {
                    FactAnswer.Write(json, row);
                }
                await FlushAsync(json, cancellation);
                if (rows.Count < Page)
                {
                    break;
                }
                query = query with { After = rows[^1].Place };
            }
        }
        json.WriteEndArray();
    }
}
