using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Automation.Core.Contacts;

namespace Automation.Server.Cli.Importing;

/// <summary>
/// Makes a call of the tracking API of the fields of a row, so that a row means exactly what the same call over HTTP would.
/// </summary>
internal sealed class CallBuilder(ImportKind kind, RowTimes times)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, JsonElement> _identities = new(StringComparer.Ordinal);
    private readonly List<(string Name, JsonElement Value)> _others = [];
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);
    private readonly List<(string Channel, bool Granted)> _consents = [];
    private readonly List<(string Name, string Text)> _evidence = [];

    /// <summary>The first thing that is wrong, "Expected …, but …"; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>A cell of text: numbers and truth values are taken for what they look like, ids are not.</summary>
    public void Add(string field, string text)
    {
        if (text.Length == 0 || field is FieldMap.Ignored or "")
        {
            return; // An empty cell says nothing; it does not erase.
        }
        if (IsOwn(field))
        {
            AddOwn(field, text);
        }
        else if (Identity.IsIdentityTrait(field))
        {
            _identities[field] = CellValue.Text(text);
        }
        else if (kind == ImportKind.Contacts && field == FieldMap.Tags)
        {
            _others.Add((FieldMap.Tags, CellValue.List(text)));
        }
        else if (kind == ImportKind.Contacts && field.StartsWith(FieldMap.ConsentPrefix, StringComparison.Ordinal))
        {
            AddConsent(field[FieldMap.ConsentPrefix.Length..], text);
        }
        else if (kind == ImportKind.Contacts && field.StartsWith(FieldMap.EvidencePrefix, StringComparison.Ordinal))
        {
            _evidence.Add((field[FieldMap.EvidencePrefix.Length..], text));
        }
        else
        {
            _others.Add((field, CellValue.Guess(text)));
        }
    }

    /// <summary>A value of JSON, which knows its own type.</summary>
    public void Add(string field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || field is FieldMap.Ignored or "")
        {
            return;
        }
        if (IsOwn(field) || Identity.IsIdentityTrait(field) || field.StartsWith(FieldMap.ConsentPrefix, StringComparison.Ordinal)
            || field.StartsWith(FieldMap.EvidencePrefix, StringComparison.Ordinal))
        {
            Add(field, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
            return;
        }
        _others.Add((field, value.Clone()));
    }

    public byte[] Build()
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var to = new Utf8JsonWriter(bytes, Relaxed))
        {
            to.WriteStartObject();
            to.WriteString("type", kind == ImportKind.Contacts ? "identify" : "track");
            WriteOwn(to, "userId", FieldMap.UserId);
            WriteOwn(to, "anonymousId", FieldMap.AnonymousId);
            WriteOwn(to, "messageId", FieldMap.MessageId);
            WriteOwn(to, "timestamp", FieldMap.Timestamp);
            if (kind == ImportKind.Events)
            {
                WriteOwn(to, "event", FieldMap.Event);
                WriteIdentitiesBeside(to);
            }
            to.WriteStartObject(kind == ImportKind.Contacts ? "traits" : "properties");
            WriteValues(to);
            to.WriteEndObject();
            to.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private bool IsOwn(string field) =>
        field is FieldMap.UserId or FieldMap.AnonymousId or FieldMap.MessageId or FieldMap.Timestamp
        || (kind == ImportKind.Events && field == FieldMap.Event);

    private void AddOwn(string field, string text)
    {
        if (field == FieldMap.Timestamp)
        {
            if (times.Iso(text) is { } iso)
            {
                _own[field] = iso;
            }
            else
            {
                Problem ??= $"Expected a time such as 2026-03-01 10:00:00 or 2026-03-01T10:00:00+08:00, but found '{text}'.";
            }
            return;
        }
        _own[field] = text;
    }

    private void AddConsent(string channel, string text)
    {
        if (CellValue.TruthOf(text) is { } granted)
        {
            _consents.Add((channel, granted));
            return;
        }
        Problem ??= $"Expected yes or no for consent.{channel}, but found '{text}'.";
    }

    private void WriteOwn(Utf8JsonWriter to, string name, string field)
    {
        if (_own.TryGetValue(field, out var value))
        {
            to.WriteString(name, value);
        }
    }

    // Who did it, where the event is not about the user id: the tracking API takes it from the context's traits.
    private void WriteIdentitiesBeside(Utf8JsonWriter to)
    {
        if (_identities.Count == 0)
        {
            return;
        }
        to.WriteStartObject("context");
        to.WriteStartObject("traits");
        WriteIdentities(to);
        to.WriteEndObject();
        to.WriteEndObject();
    }

    private void WriteIdentities(Utf8JsonWriter to)
    {
        foreach (var (type, value) in _identities)
        {
            to.WritePropertyName(type);
            value.WriteTo(to);
        }
    }

    private void WriteValues(Utf8JsonWriter to)
    {
        if (kind == ImportKind.Contacts)
        {
            WriteIdentities(to);
        }
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in _others.Where(other => written.Add(other.Name)))
        {
            to.WritePropertyName(name);
            value.WriteTo(to);
        }
        if (_consents.Count == 0)
        {
            return;
        }
        to.WriteStartObject("consent");
        foreach (var (channel, granted) in _consents)
        {
            if (_evidence.Count == 0)
            {
                to.WriteBoolean(channel, granted);
                continue;
            }
            to.WriteStartObject(channel);
            to.WriteBoolean("granted", granted);
            to.WriteString("source", "import");
            to.WriteStartObject("evidence");
            foreach (var (name, text) in _evidence)
            {
                to.WriteString(name, text);
            }
            to.WriteEndObject();
            to.WriteEndObject();
        }
        to.WriteEndObject();
    }
}
