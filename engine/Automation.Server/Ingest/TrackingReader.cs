using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Server.Ingest;

/// <summary>
/// Reads one call, token by token, without a tree: this is the hot path. Its syntax was checked when the body was scanned, so
/// only types, lengths and times can be wrong here.
/// </summary>
internal ref struct TrackingReader
{
    private const int DepthMax = 64;

    // Two hundred years around now, so that no correction of a clock leads out of time.
    private static readonly Instant TimeMin = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant TimeMax = Instant.FromUtc(2200, 1, 1, 0, 0);

    [ThreadStatic]
    private static NamePool? Names;

    private readonly string _pointer;
    private Utf8JsonReader _json;

    private TrackingReader(ReadOnlySpan<byte> json, string pointer)
    {
        _pointer = pointer;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        Problem = null;
    }

    private IngestProblem? Problem { get; set; }

    /// <summary>Null, or what is wrong; then the call holds what was read before it.</summary>
    public static IngestProblem? Read(ReadOnlySpan<byte> json, string pointer, out TrackingCall call)
    {
        call = new TrackingCall();
        var reader = new TrackingReader(json, pointer);
        try
        {
            reader.ReadCall(ref call);
        }
        catch (JsonException wrong)
        {
            // The syntax is sound, so it is a number beyond all numbers, or more depth than anybody means.
            var isDeep = wrong.Message.Contains("depth", StringComparison.OrdinalIgnoreCase);
            reader.Problem = isDeep
                ? new IngestProblem(IngestCodes.TooDeep, pointer, $"Expected at most {DepthMax} levels of nesting, but found more.")
                : new IngestProblem(IngestCodes.BadNumber, pointer, "Expected numbers below 1.8e308, but one of the event's is beyond.");
        }
        return reader.Problem is { } problem ? problem with { MessageId = call.MessageId } : null;
    }

    /// <summary>The identities that a <c>context</c> object tells of, for those that stand beside a batch.</summary>
    public static List<Identity>? ReadContext(ReadOnlySpan<byte> json)
    {
        var reader = new TrackingReader(json, "/context");
        try
        {
            reader._json.Read();
            return reader.Context("/context");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void ReadCall(ref TrackingCall call)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Wrong("", "an object");
            return;
        }
        while (Problem is null && _json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            ReadProperty(ref call);
        }
    }

    private void ReadProperty(ref TrackingCall call)
    {
        if (_json.ValueTextEquals("type"u8))
        {
            call.Type = ReadType();
        }
        else if (_json.ValueTextEquals("messageId"u8))
        {
            call.MessageId = Text("/messageId", IngestLimits.MessageIdLengthMax);
        }
        else if (_json.ValueTextEquals("userId"u8))
        {
            call.UserId = Text("/userId", IngestLimits.IdentityLengthMax);
        }
        else if (_json.ValueTextEquals("anonymousId"u8))
        {
            call.AnonymousId = Text("/anonymousId", IngestLimits.IdentityLengthMax);
        }
        else if (_json.ValueTextEquals("event"u8))
        {
            call.Event = Name("/event");
        }
        else if (_json.ValueTextEquals("properties"u8))
        {
            call.Properties = Bag("/properties");
        }
        else if (_json.ValueTextEquals("traits"u8))
        {
            call.Traits = Bag("/traits");
        }
        else if (_json.ValueTextEquals("timestamp"u8))
        {
            call.Timestamp = Time("/timestamp");
        }
        else if (_json.ValueTextEquals("sentAt"u8))
        {
            call.SentAt = Time("/sentAt");
        }
        else if (_json.ValueTextEquals("context"u8))
        {
            _json.Read();
            call.ContextIdentities = Context(_pointer + "/context");
        }
        else
        {
            ReadRareProperty(ref call);
        }
    }

    private void ReadRareProperty(ref TrackingCall call)
    {
        if (_json.ValueTextEquals("originalTimestamp"u8))
        {
            call.Timestamp = Time("/originalTimestamp") ?? call.Timestamp;
        }
        else if (_json.ValueTextEquals("groupId"u8))
        {
            call.GroupId = Text("/groupId", IngestLimits.IdentityLengthMax);
        }
        else if (_json.ValueTextEquals("previousId"u8))
        {
            call.PreviousId = Text("/previousId", IngestLimits.IdentityLengthMax);
        }
        else if (_json.ValueTextEquals("name"u8))
        {
            call.Name = Text("/name", IngestLimits.NameLengthMax);
        }
        else if (_json.ValueTextEquals("category"u8))
        {
            call.Category = Text("/category", IngestLimits.NameLengthMax);
        }
        else
        {
            // Segment's libraries send much that is for Segment itself, such as integrations and _metadata.
            _json.Read();
            _json.Skip();
        }
    }

    private EventType? ReadType()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
        {
            Wrong("/type", "a text");
            return null;
        }
        EventType? type =
            _json.ValueTextEquals("track"u8) ? EventType.Track
            : _json.ValueTextEquals("identify"u8) ? EventType.Identify
            : _json.ValueTextEquals("page"u8) ? EventType.Page
            : _json.ValueTextEquals("screen"u8) ? EventType.Screen
            : _json.ValueTextEquals("group"u8) ? EventType.Group
            : _json.ValueTextEquals("alias"u8) ? EventType.Alias
            : null;
        if (type is null)
        {
            Refuse(IngestCodes.UnknownType, "/type", "Expected track, identify, page, screen, group or alias, but found another type.");
        }
        return type;
    }

    /// <summary>A text; null and the empty text are no text.</summary>
    private string? Text(string property, int lengthMax)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        if (_json.TokenType != JsonTokenType.String)
        {
            Wrong(property, "a text");
            return null;
        }
        var text = _json.GetString()!;
        if (text.Length > lengthMax)
        {
            Refuse(IngestCodes.TooLong, property, $"Expected at most {lengthMax} characters, but found {text.Length}.");
            return null;
        }
        return text.Length == 0 ? null : text;
    }

    // Journeys speak of few names and events come in millions: each name is kept once.
    private string? Name(string property)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
        {
            Wrong(property, "a text");
            return null;
        }
        if (_json.ValueIsEscaped || _json.HasValueSequence)
        {
            var text = _json.GetString()!;
            return text.Length <= IngestLimits.NameLengthMax ? text : TooLong(property, text.Length);
        }
        var name = (Names ??= new NamePool()).Get(_json.ValueSpan);
        return name.Length <= IngestLimits.NameLengthMax ? name : TooLong(property, name.Length);
    }

    private string? TooLong(string property, int length)
    {
        Refuse(IngestCodes.TooLong, property, $"Expected at most {IngestLimits.NameLengthMax} characters, but found {length}.");
        return null;
    }

    private PropertyBag Bag(string property)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartObject)
        {
            return PropertyJson.ReadBag(ref _json);
        }
        if (_json.TokenType != JsonTokenType.Null)
        {
            Wrong(property, "an object");
        }
        return PropertyBag.Empty;
    }

    private Instant? Time(string property)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        if (_json.TokenType != JsonTokenType.String)
        {
            Wrong(property, "a time as text");
            return null;
        }
        if (!SegmentTime.TryRead(ref _json, out var time))
        {
            Refuse(IngestCodes.BadTime, property, "Expected a time such as 2026-03-01T10:00:00+08:00, but found another text.");
            return null;
        }
        if (time < TimeMin || time >= TimeMax)
        {
            Refuse(IngestCodes.BadTime, property, "Expected a time from 1970 to 2199, but found one outside.");
            return null;
        }
        return time;
    }

    private List<Identity>? Context(string pointer)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            return null;
        }
        List<Identity>? found = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("traits"u8))
            {
                _json.Read();
                if (_json.TokenType == JsonTokenType.StartObject)
                {
                    TrackingIdentities.AddTraits(ref found, PropertyJson.ReadBag(ref _json));
                }
            }
            else if (_json.ValueTextEquals("externalIds"u8))
            {
                _json.Read();
                if (PropertyJson.ReadValue(ref _json) is IReadOnlyList<object?> ids)
                {
                    TrackingIdentities.AddExternal(ref found, ids);
                }
            }
            else
            {
                _json.Read();
                _json.Skip();
            }
        }
        return found;
    }

    private void Wrong(string property, string expected) =>
        Refuse(IngestCodes.WrongType, property, $"Expected {expected}, but found {Found(_json.TokenType)}.");

    private void Refuse(string code, string property, string message) =>
        Problem ??= new IngestProblem(code, _pointer + property, message);

    private static string Found(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a text",
        JsonTokenType.StartArray => "a list",
        _ => "an object",
    };
}
