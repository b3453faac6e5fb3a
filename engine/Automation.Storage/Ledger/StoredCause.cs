using System.Text;
using Automation.Core.Primitives;

namespace Automation.Storage.Ledger;

/// <summary>
/// A fact's cause as it is stored. Nearly all are <c>event:</c> or <c>outcome:</c> and a GUID: those take 17 bytes instead of
/// the 40 to 50 that their text would; others are the text.
/// </summary>
internal readonly struct StoredCause
{
    private const string Event = "event:";
    private const string Outcome = "outcome:";
    private const string Timer = "timer";
    private const int TaggedLength = 17;
    private const byte EventTag = 1;
    private const byte OutcomeTag = 2;

    private readonly string? _text;
    private readonly byte _tag;
    private readonly Guid _id;

    private StoredCause(byte tag, Guid id, string? text)
    {
        _tag = tag;
        _id = id;
        _text = text;
    }

    /// <summary>Null where 17 bytes say it.</summary>
    public string? PlainText => _text;

    public static StoredCause Of(string cause)
    {
        if (cause.StartsWith(Event, StringComparison.Ordinal) && MessageKey.TryGuid(cause.AsSpan(Event.Length), out var id))
        {
            return new StoredCause(EventTag, id, null);
        }
        return cause.StartsWith(Outcome, StringComparison.Ordinal) && MessageKey.TryGuid(cause.AsSpan(Outcome.Length), out id)
            ? new StoredCause(OutcomeTag, id, null)
            : new StoredCause(0, default, cause);
    }

    public static StoredCause FromText(ReadOnlySpan<byte> utf8) => new(0, default, utf8.SequenceEqual("timer"u8) ? Timer : Encoding.UTF8.GetString(utf8));

    /// <summary>Bytes that are no cause, which only a damaged row has, become a text that no seal fits.</summary>
    public static StoredCause FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == TaggedLength && bytes[0] is EventTag or OutcomeTag
            ? new StoredCause(bytes[0], new Guid(bytes[1..], bigEndian: true), null)
            : new StoredCause(0, default, "?" + Convert.ToHexStringLower(bytes));

    /// <summary>From a column that holds bytes of either sort: a text never begins with the bytes that tag an id.</summary>
    public static StoredCause FromEither(ReadOnlySpan<byte> bytes) =>
        bytes.Length == TaggedLength && bytes[0] is EventTag or OutcomeTag ? FromBytes(bytes) : FromText(bytes);

    public void CopyTo(Span<byte> seventeen)
    {
        seventeen[0] = _tag;
        _id.TryWriteBytes(seventeen[1..], bigEndian: true, out _);
    }

    public void AppendJson(ByteBuffer to)
    {
        if (_text is not null)
        {
            RecordLine.AppendJson(to, _text);
            return;
        }
        to.Append(_tag == EventTag ? "\"event:"u8 : "\"outcome:"u8);
        RecordLine.AppendId(to, _id);
        to.Append((byte)'"');
    }

    public override string ToString() => _text ?? (_tag == EventTag ? Event : Outcome) + _id.ToString();
}
