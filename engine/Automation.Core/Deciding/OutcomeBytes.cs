using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>Outcomes of messages in binary. A byte of flags says which of the fields are there.</summary>
internal static class OutcomeBytes
{
    private const int HasVendorId = 1;
    private const int HasReason = 2;
    private const int HasCode = 4;
    private const int HasText = 8;
    private const int HasRetryAfter = 16;
    private const int HasResponse = 32;
    private const int HasActor = 64;
    private const int HasAttempt = 128;

    public static void Append(ByteBuffer to, MessageOutcome outcome)
    {
        Span<byte> id = stackalloc byte[16];
        outcome.Message.TryWriteBytes(id, bigEndian: true, out _);
        to.Append(id);
        to.Append((byte)outcome.Kind);
        ContactBytes.AppendTime(to, outcome.At, 0);
        to.Append((byte)(
            Flag(outcome.VendorId, HasVendorId) | Flag(outcome.Reason, HasReason) | Flag(outcome.Code, HasCode) | Flag(outcome.Text, HasText)
            | Flag(outcome.RetryAfter, HasRetryAfter) | Flag(outcome.Response, HasResponse) | Flag(outcome.Actor, HasActor)
            | Flag(outcome.Attempt, HasAttempt)));
        AppendText(to, outcome.VendorId);
        AppendText(to, outcome.Reason);
        AppendText(to, outcome.Code);
        AppendText(to, outcome.Text);
        if (outcome.RetryAfter is { } after)
        {
            to.AppendZigzag(after.BclCompatibleTicks);
        }
        if (outcome.Response is { } response)
        {
            PropertyBytes.Append(to, response);
        }
        AppendText(to, outcome.Actor);
        if (outcome.Attempt is { } attempt)
        {
            to.AppendVarint((ulong)attempt);
        }
    }

    public static MessageOutcome Read(ref ByteCursor from)
    {
        var message = from.Id();
        var kind = (OutcomeKind)from.Byte();
        if (!Enum.IsDefined(kind))
        {
            throw new FormatException($"Expected a known outcome, but found {(byte)kind}: a newer engine wrote it.");
        }
        var at = ContactBytes.ReadTime(ref from, 0);
        var flags = from.Byte();
        return new MessageOutcome(
            message, kind, at,
            (flags & HasVendorId) != 0 ? from.Text() : null,
            (flags & HasReason) != 0 ? from.Name() : null,
            (flags & HasCode) != 0 ? from.Name() : null,
            (flags & HasText) != 0 ? from.Text() : null,
            (flags & HasRetryAfter) != 0 ? Duration.FromTicks(from.Zigzag()) : null,
            (flags & HasResponse) != 0 ? PropertyBytes.ReadBag(ref from) : null,
            (flags & HasActor) != 0 ? from.Name() : null,
            (flags & HasAttempt) != 0 ? checked((int)from.Varint()) : null);
    }

    private static int Flag(object? value, int flag) => value is null ? 0 : flag;

    private static void AppendText(ByteBuffer to, string? text)
    {
        if (text is not null)
        {
            to.AppendText(text);
        }
    }
}
