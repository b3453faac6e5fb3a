using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Automation.Core.Primitives;

namespace Automation.Storage.Ledger;

/// <summary>The names in a fact's columns.</summary>
internal readonly record struct FactNames(StoredName Kind, StoredName? Journey, StoredName? Step, StoredName? Reason, StoredName? Actor);

/// <summary>
/// The canonical line of an event or a fact: one JSON object with its columns in fixed order and its details last, as stored.
/// Seals cover these bytes and exports write them, so whoever has an export can recompute a seal; see docs/ledger.md.
/// </summary>
internal static class RecordLine
{
    // From the year 1 to the year 9999, in milliseconds since 1970.
    private const long TimeMin = -62_135_596_800_000;
    private const long TimeMax = 253_402_300_799_999;

    // What a JSON string holds as it is: ASCII from the blank to the tilde, but for the quote and the backslash.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(letter => (char)letter).Where(letter => letter is not ('"' or '\\'))]);

    public static void AppendFact(
        ByteBuffer to, long sequence, long contact, long at, StoredCause cause, in FactNames names, long? version, long? ordinal,
        ReadOnlySpan<byte> details)
    {
        Start(to, sequence, contact);
        to.Append(",\"at\":"u8);
        AppendTime(to, at);
        to.Append(",\"cause\":"u8);
        cause.AppendJson(to);
        Name(to, ",\"kind\":"u8, names.Kind);
        Name(to, ",\"journey\":"u8, names.Journey);
        Number(to, ",\"version\":"u8, version);
        Number(to, ",\"ordinal\":"u8, ordinal);
        Name(to, ",\"step\":"u8, names.Step);
        Name(to, ",\"reason\":"u8, names.Reason);
        Name(to, ",\"actor\":"u8, names.Actor);
        End(to, details);
    }

    public static void AppendEvent(
        ByteBuffer to, long sequence, long contact, Guid id, string type, StoredName name, long occurredAt, long receivedAt,
        ReadOnlySpan<byte> details)
    {
        Start(to, sequence, contact);
        to.Append(",\"id\":\""u8);
        AppendId(to, id);
        to.Append("\",\"type\":\""u8);
        AppendAscii(to, type);
        to.Append("\""u8);
        Name(to, ",\"name\":"u8, name);
        to.Append(",\"occurred_at\":"u8);
        AppendTime(to, occurredAt);
        to.Append(",\"received_at\":"u8);
        AppendTime(to, receivedAt);
        End(to, details);
    }

    /// <summary>What precedes the records of a commit: its revision in a store of several partitions, and its time where the seal covers it.</summary>
    public static void AppendCommit(ByteBuffer to, long? revision, long? at)
    {
        to.Append("{"u8);
        if (revision is { } order)
        {
            to.Append("\"revision\":"u8);
            AppendNumber(to, order);
        }
        if (at is { } time)
        {
            to.Append(revision is null ? "\"at\":"u8 : ",\"at\":"u8);
            AppendTime(to, time);
        }
        to.Append("}\n"u8);
    }

    /// <summary>A text as a JSON string. Nearly all are plain ASCII and are copied; the rest goes through the one encoder facts use.</summary>
    public static void AppendJson(ByteBuffer to, string text)
    {
        to.Append((byte)'"');
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            AppendAscii(to, text);
        }
        else
        {
            to.Append(JsonEncodedText.Encode(text, JsonFields.Options.Encoder).EncodedUtf8Bytes);
        }
        to.Append((byte)'"');
    }

    public static void AppendId(ByteBuffer to, Guid id)
    {
        id.TryFormat(to.GetSpan(36), out var written);
        to.Advance(written);
    }

    /// <summary>Milliseconds since 1970 as <c>"2026-03-01T12:00:00.000Z"</c>, always with three digits.</summary>
    private static void AppendTime(ByteBuffer to, long milliseconds)
    {
        if (milliseconds is < TimeMin or > TimeMax)
        {
            // No time at all: the row was damaged, and verification is to name it, not to fail on it.
            AppendNumber(to, milliseconds);
            return;
        }
        var room = to.GetSpan(26);
        var time = DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond);
        room[0] = (byte)'"';
        Utf8Formatter.TryFormat(time, room[1..], out _, new('O'));
        room[24] = (byte)'Z'; // The round-trip format has seven digits; a whole millisecond needs three.
        room[25] = (byte)'"';
        to.Advance(26);
    }

    private static void Start(ByteBuffer to, long sequence, long contact)
    {
        to.Append("{\"sequence\":"u8);
        AppendNumber(to, sequence);
        to.Append(",\"contact\":"u8);
        AppendNumber(to, contact);
    }

    private static void End(ByteBuffer to, ReadOnlySpan<byte> details)
    {
        to.Append(",\"details\":"u8);
        to.Append(details);
        to.Append("}\n"u8);
    }

    private static void Name(ByteBuffer to, ReadOnlySpan<byte> label, StoredName? name)
    {
        if (name is not null)
        {
            to.Append(label);
            to.Append(name.Json);
        }
    }

    private static void Number(ByteBuffer to, ReadOnlySpan<byte> label, long? number)
    {
        if (number is { } known)
        {
            to.Append(label);
            AppendNumber(to, known);
        }
    }

    private static void AppendNumber(ByteBuffer to, long number)
    {
        Utf8Formatter.TryFormat(number, to.GetSpan(20), out var written);
        to.Advance(written);
    }

    private static void AppendAscii(ByteBuffer to, ReadOnlySpan<char> text)
    {
        Encoding.ASCII.GetBytes(text, to.GetSpan(text.Length));
        to.Advance(text.Length);
    }
}
