using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// A contact's state as the store keeps it. Binary, because the hot path loads and writes a contact for nearly every event and
/// JSON costs several times more of both; the first byte is the format's version, and every released version stays readable.
/// Times count from the contact's first-seen time. They are whole milliseconds wherever they came through the door of the
/// system; finer ones are kept to 100 ns, so that what is read back is what the fold of the facts gives.
/// </summary>
public static class ContactBytes
{
    private const byte Version = 3;

    /// <summary>Without evidence of consents. It is still written where there is none, so that nothing changes for who has none.</summary>
    private const byte WithoutEvidence = 2;

    /// <summary>The same with the failed messages that were replayed, which few contacts have.</summary>
    private const byte WithReplays = 4;

    public static void Write(ByteBuffer to, Contact contact)
    {
        var proven = 0;
        foreach (var consent in contact.Consents)
        {
            proven += consent.Evidence is null ? 0 : 1;
        }
        var hasReplays = !contact.Replayed.IsDefaultOrEmpty;
        to.Append(hasReplays ? WithReplays : proven > 0 ? Version : WithoutEvidence);
        to.AppendZigzag(contact.Id);
        AppendTime(to, contact.FirstSeen, 0);
        new Writer(to, contact.FirstSeen.ToUnixTimeMilliseconds()).Contact(contact);
        if (hasReplays || proven > 0)
        {
            AppendEvidence(to, contact, proven);
        }
    }

    /// <summary>Throws <see cref="FormatException"/> where the bytes are no contact.</summary>
    public static Contact Read(ReadOnlySpan<byte> bytes, NamePool names)
    {
        var cursor = new ByteCursor(bytes, names);
        var version = cursor.Byte();
        if (version is not (Version or WithoutEvidence or WithReplays))
        {
            throw new FormatException($"Expected a contact of format {WithReplays} or before, but found format {version}: another version of the engine wrote it.");
        }
        var contact = ContactCursor.Read(ref cursor, hasReplays: version == WithReplays);
        if (version != WithoutEvidence)
        {
            contact = contact with { Consents = ReadEvidence(ref cursor, contact.Consents) };
        }
        return cursor.AtEnd ? contact : throw new FormatException("Expected the contact to end here, but more bytes follow.");
    }

    private static void AppendEvidence(ByteBuffer to, Contact contact, int proven)
    {
        to.AppendVarint((ulong)proven);
        for (var i = 0; i < contact.Consents.Length; i++)
        {
            if (contact.Consents[i].Evidence is { } evidence)
            {
                to.AppendVarint((ulong)i);
                PropertyBytes.Append(to, evidence);
            }
        }
    }

    private static ImmutableArray<ChannelConsent> ReadEvidence(ref ByteCursor cursor, ImmutableArray<ChannelConsent> consents)
    {
        var proven = cursor.Count();
        for (var i = 0; i < proven; i++)
        {
            var place = checked((int)cursor.Varint());
            if (place >= consents.Length)
            {
                throw new FormatException($"Expected evidence of one of {consents.Length} consents, but it is of another.");
            }
            consents = consents.SetItem(place, consents[place] with { Evidence = PropertyBytes.ReadBag(ref cursor) });
        }
        return consents;
    }

    /// <param name="origin">Milliseconds since 1970 from which to count.</param>
    internal static void AppendTime(ByteBuffer to, Instant time, long origin)
    {
        var ticks = time.ToUnixTimeTicks();
        var milliseconds = ticks / NodaConstants.TicksPerMillisecond;
        var fraction = ticks - (milliseconds * NodaConstants.TicksPerMillisecond);
        if (fraction == 0)
        {
            to.AppendZigzag((milliseconds - origin) << 1);
            return;
        }
        to.AppendZigzag(((milliseconds - origin) << 1) | 1);
        to.AppendZigzag(fraction);
    }

    internal static Instant ReadTime(ref ByteCursor cursor, long origin)
    {
        var coded = cursor.Zigzag();
        var whole = Instant.FromUnixTimeMilliseconds(origin + (coded >> 1));
        return (coded & 1) == 0 ? whole : whole.PlusTicks(cursor.Zigzag());
    }

    /// <summary>Writes field after field, in the order in which <see cref="ContactCursor"/> reads them.</summary>
    private readonly struct Writer(ByteBuffer to, long origin)
    {
        public void Contact(Contact contact)
        {
            Time(contact.LastActivity);
            foreach (var history in Counted(contact.Histories))
            {
                History(history);
            }
            PropertyBytes.Append(to, contact.Attributes);
            Texts(contact.Tags);
            Texts(contact.Segments);
            Texts(contact.Lists);
            to.AppendZigzag(contact.NextEnrollment);
            to.AppendZigzag(contact.MergedInto ?? -1);
            foreach (var identity in Counted(contact.Identities))
            {
                to.AppendText(identity.Type);
                to.AppendText(identity.Value);
            }
            foreach (var consent in Counted(contact.Consents))
            {
                to.AppendText(consent.Channel);
                Flag(consent.Granted);
                Time(consent.Since);
                to.AppendText(consent.Source);
            }
            foreach (var quota in Counted(contact.Quotas))
            {
                to.AppendText(quota.Name);
                to.AppendZigzag(quota.Balance);
                to.AppendZigzag(quota.Reserved);
            }
            foreach (var send in Counted(contact.RecentSends))
            {
                Time(send.At);
                to.AppendText(send.Channel);
                Id(send.Message);
            }
            Passages(contact);
        }

        private void Passages(Contact contact)
        {
            foreach (var enrollment in Counted(contact.Enrollments))
            {
                Enrollment(enrollment);
            }
            foreach (var memory in Counted(contact.Memories))
            {
                to.AppendText(memory.Journey);
                to.AppendZigzag(memory.Enrolled);
                Time(memory.LastEnrolledAt);
                Texts(memory.Keys);
                Time(memory.FiredFor);
            }
            foreach (var goal in Counted(contact.Goals))
            {
                to.AppendText(goal.Journey);
                to.AppendZigzag(goal.Version);
                to.AppendZigzag(goal.Ordinal);
                Time(goal.EnrolledAt);
                Time(goal.Until);
                Text(goal.EventId);
            }
            foreach (var armed in Counted(contact.Armed))
            {
                to.AppendText(armed.Journey);
                to.AppendZigzag(armed.Version);
                Time(armed.Due);
                Time(armed.Since);
                to.AppendText(armed.EventName);
                to.AppendText(armed.EventId);
                PropertyBytes.Append(to, armed.Event);
            }
            foreach (var message in Counted(contact.Messages))
            {
                Message(message);
            }
            foreach (var failed in contact.Replayed.IsDefaultOrEmpty ? [] : Counted(contact.Replayed))
            {
                Id(failed);
            }
        }

        private void History(EventHistory history)
        {
            to.AppendText(history.Name);
            to.AppendVarint((ulong)history.Packed.Length);
            to.Append(history.Packed);
        }

        private void Enrollment(Enrollment enrollment)
        {
            to.AppendZigzag(enrollment.Ordinal);
            to.AppendText(enrollment.Journey);
            to.AppendZigzag(enrollment.Version);
            Text(enrollment.Key);
            Time(enrollment.EnrolledAt);
            to.AppendText(enrollment.Step);
            to.Append((byte)enrollment.Status);
            Time(enrollment.Since);
            Time(enrollment.WakeAt);
            to.AppendZigzag(enrollment.Visit);
            PropertyBytes.Append(to, enrollment.Event);
            Text(enrollment.EventName);
            Text(enrollment.EventId);
            foreach (var result in Counted(enrollment.Results))
            {
                to.AppendText(result.Step);
                PropertyBytes.Append(to, result.Values);
            }
            Flag(enrollment.HeldOut);
            to.AppendZigzag(enrollment.ChainIndex);
            Text(enrollment.StuckReason);
            Time(enrollment.HeldSince);
        }

        private void Message(MessageInFlight message)
        {
            Id(message.Id);
            to.AppendZigzag(message.Enrollment);
            to.AppendText(message.Journey);
            to.AppendZigzag(message.Version);
            to.AppendText(message.Step);
            to.AppendZigzag(message.Visit);
            to.AppendZigzag(message.ChainIndex);
            to.AppendText(message.Channel);
            to.AppendText(message.Account);
            to.AppendText(message.Template);
            Flag(message.IsCall);
            to.AppendZigzag(message.Attempt);
            to.Append((byte)message.Status);
            Time(message.QueuedAt);
            Time(message.DueAt);
            Text(message.Quota);
        }

        private void Texts(ImmutableArray<string> texts)
        {
            foreach (var text in Counted(texts))
            {
                to.AppendText(text);
            }
        }

        private void Text(string? text)
        {
            Flag(text is not null);
            if (text is not null)
            {
                to.AppendText(text);
            }
        }

        private void Time(Instant time) => AppendTime(to, time, origin);

        private void Time(Instant? time)
        {
            Flag(time is not null);
            if (time is { } known)
            {
                AppendTime(to, known, origin);
            }
        }

        private void Flag(bool flag) => to.Append(flag ? (byte)1 : (byte)0);

        private void Id(Guid id)
        {
            id.TryWriteBytes(to.GetSpan(16), bigEndian: true, out _);
            to.Advance(16);
        }

        private ReadOnlySpan<T> Counted<T>(ImmutableArray<T> items)
        {
            to.AppendVarint(items.IsDefault ? 0UL : (ulong)items.Length);
            return items.AsSpan();
        }
    }
}
