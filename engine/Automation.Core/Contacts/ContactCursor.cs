using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>Reads the fields of a contact in the order in which <see cref="ContactBytes"/> writes them.</summary>
internal static class ContactCursor
{
    private delegate T Item<T>(ref ByteCursor cursor, long origin);

    public static Contact Read(ref ByteCursor cursor, bool hasReplays)
    {
        var id = cursor.Zigzag();
        var firstSeen = ContactBytes.ReadTime(ref cursor, 0);
        var origin = firstSeen.ToUnixTimeMilliseconds();
        var lastActivity = OptionalTime(ref cursor, origin);
        var histories = Items(ref cursor, origin, History);
        var standing = new Standing
        {
            Attributes = PropertyBytes.ReadBag(ref cursor),
            Tags = Names(ref cursor),
            Segments = Names(ref cursor),
            Lists = Names(ref cursor),
            NextEnrollment = cursor.Int(),
            MergedInto = cursor.Zigzag() is >= 0 and var survivor ? survivor : null,
            Identities = Items(ref cursor, origin, static (ref c, _) => new Identity(c.Name(), c.Text())),
            Consents = Items(ref cursor, origin, static (ref c, o) => new ChannelConsent(c.Name(), Flag(ref c), Time(ref c, o), c.Name())),
            Quotas = Items(ref cursor, origin, static (ref c, _) => new Quota(c.Name(), c.Zigzag(), c.Zigzag())),
            RecentSends = Items(ref cursor, origin, static (ref c, o) => new RecentSend(Time(ref c, o), c.Name(), c.Id())),
            Enrollments = Items(ref cursor, origin, Enrollment),
            Memories = Items(ref cursor, origin, Memory),
            Goals = Items(ref cursor, origin, Goal),
            Armed = Items(ref cursor, origin, Armed),
            Messages = Items(ref cursor, origin, Message),
            Replayed = hasReplays ? Items(ref cursor, origin, static (ref c, _) => c.Id()) : [],
        };
        return new Contact(id, firstSeen, standing) { LastActivity = lastActivity, Histories = histories };
    }

    private static EventHistory History(ref ByteCursor c, long o) => new(c.Name(), HistoryBytes.Read(c.Bytes()));

    private static Enrollment Enrollment(ref ByteCursor c, long o) =>
        new(c.Int(), c.Name(), c.Int(), OptionalText(ref c), Time(ref c, o))
        {
            Step = c.Name(),
            Status = (EnrollmentStatus)c.Byte(),
            Since = Time(ref c, o),
            WakeAt = OptionalTime(ref c, o),
            Visit = c.Int(),
            Event = PropertyBytes.ReadBag(ref c),
            EventName = Flag(ref c) ? c.Name() : null,
            EventId = OptionalText(ref c),
            Results = Items(ref c, o, static (ref c, _) => new StepResult(c.Name(), PropertyBytes.ReadBag(ref c))),
            HeldOut = Flag(ref c),
            ChainIndex = c.Int(),
            StuckReason = Flag(ref c) ? c.Name() : null,
            HeldSince = OptionalTime(ref c, o),
        };

    private static JourneyMemory Memory(ref ByteCursor c, long o) => new(
        c.Name(), c.Int(), OptionalTime(ref c, o), Items(ref c, o, static (ref c, _) => c.Text()), OptionalTime(ref c, o));

    private static GoalWatch Goal(ref ByteCursor c, long o) => new(
        c.Name(), c.Int(), c.Int(), Time(ref c, o), OptionalTime(ref c, o), OptionalText(ref c));

    private static ArmedTrigger Armed(ref ByteCursor c, long o) => new(
        c.Name(), c.Int(), Time(ref c, o), Time(ref c, o), c.Name(), c.Text(), PropertyBytes.ReadBag(ref c));

    private static MessageInFlight Message(ref ByteCursor c, long o) => new(
        c.Id(), c.Int(), c.Name(), c.Int(), c.Name(), c.Int(), c.Int(), c.Name(), c.Name(), c.Name(),
        Flag(ref c), c.Int(), (MessageStatus)c.Byte(), Time(ref c, o), OptionalTime(ref c, o), Flag(ref c) ? c.Name() : null);

    private static ImmutableArray<string> Names(ref ByteCursor cursor) => Items(ref cursor, 0, static (ref c, _) => c.Name());

    private static ImmutableArray<T> Items<T>(ref ByteCursor cursor, long origin, Item<T> read)
    {
        var count = cursor.Count();
        if (count == 0)
        {
            return [];
        }
        var items = new T[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = read(ref cursor, origin);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private static Instant Time(ref ByteCursor cursor, long origin) => ContactBytes.ReadTime(ref cursor, origin);

    private static Instant? OptionalTime(ref ByteCursor cursor, long origin) => Flag(ref cursor) ? Time(ref cursor, origin) : null;

    private static string? OptionalText(ref ByteCursor cursor) => Flag(ref cursor) ? cursor.Text() : null;

    private static bool Flag(ref ByteCursor cursor) => cursor.Byte() != 0;
}
