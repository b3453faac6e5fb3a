using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bench.Storage;

/// <summary>Contacts and batches as a shop has them: five histories, three journeys remembered, two under way, four recent sends.</summary>
internal static class TypicalBatch
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 8, 0);

    private static readonly string[] Events = ["page", "product_viewed", "cart_updated", "order_paid", "group_joined"];

    public static Contact Contact(long id)
    {
        var seen = Start - Duration.FromDays(30);
        return new Contact(id, seen)
        {
            LastActivity = Start,
            Attributes = PropertyBag.Of(("name", "王小明"), ("city", "上海"), ("level", "vip"), ("birthday", "1990-05-17"), ("points", 1280L)),
            Tags = ["newsletter", "vip"],
            Identities = [new(Identity.UserId, $"u-{id}"), new(Identity.Phone, $"+86138{id:00000000}")],
            Histories = [.. Events.Select(name => History(name, seen))],
            Consents = [new("sms", true, seen, "identify")],
            Quotas = [new("offer", 3, 1)],
            RecentSends = [.. Enumerable.Range(0, 4).Select(i => new RecentSend(Start - Duration.FromDays(i), "sms", StableHash.Id("send", $"{id}.{i}")))],
            Enrollments = [Enrollment(1, "welcome"), Enrollment(2, "win-back")],
            Memories = [.. new[] { "welcome", "win-back", "birthday" }.Select(j => new JourneyMemory(j, 1, Start, [], null))],
            NextEnrollment = 3,
        };
    }

    /// <summary>One event a contact, each with its own contact; with facts and a message when asked for.</summary>
    public static CommitBatch Make(long firstSequence, int number, int size, int contacts, bool withFacts)
    {
        var events = new List<RecordedEvent>(size);
        var facts = new List<RecordedFact>(4 * size);
        var messages = new List<OutboxMessage>(size);
        var changes = new List<ContactChange>(size);
        var at = Start + Duration.FromMilliseconds(number);
        var sequence = firstSequence;
        foreach (var id in Touched(number, size, contacts))
        {
            var messageId = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_000 + number)).ToString();
            events.Add(new RecordedEvent(sequence++, id, new ContactEvent(
                messageId, EventType.Track, Events[number % Events.Length], at, at,
                PropertyBag.Of(("order_id", $"o-{sequence}"), ("amount", 199.90m), ("currency", "CNY"), ("items", 3L), ("商品", "龙井茶 250 克")),
                [new(Identity.UserId, $"u-{id}")])));
            var contact = Contact(id);
            changes.Add(new ContactChange(contact, contact with { LastActivity = at }, Start + Duration.FromDays(3)));
            if (withFacts)
            {
                var cause = "event:" + messageId;
                var message = StableHash.Id("message", $"{id}.{number}");
                facts.AddRange(Facts(sequence, id, at, cause, message));
                sequence += 4;
                messages.Add(Message(id, at, message));
            }
        }
        return new CommitBatch { Partition = 0, At = at, Events = events, Facts = facts, Contacts = changes, Messages = messages };
    }

    private static SortedSet<long> Touched(int number, int size, int contacts)
    {
        // Spread over the whole table in an order that looks random, then sorted, as the loop does.
        var ids = new SortedSet<long>();
        for (var i = 0; ids.Count < size; i++)
        {
            ids.Add(1 + (long)(StableHash.Share("touch", number.ToString(System.Globalization.CultureInfo.InvariantCulture), i.ToString(System.Globalization.CultureInfo.InvariantCulture)) * contacts));
        }
        return ids;
    }

    private static IEnumerable<RecordedFact> Facts(long sequence, long id, Instant at, string cause, Guid message)
    {
        yield return new(sequence, id, at, cause, new JourneyFact.Enrolled("welcome", 3, 3, null, at, null, null)
        {
            Looked = [new EvaluatedValue("contact.city", "=", "上海", "上海", true)],
        });
        yield return new(sequence + 1, id, at, cause, new StepFact.BranchTaken("welcome", 3, 3, "gate", 1, "VIP")
        {
            Looked = [new EvaluatedValue("contact.level", "=", "vip", "vip", true)],
        });
        yield return new(sequence + 2, id, at, cause, new StepFact.MessageQueued(
            "welcome", 3, 3, "offer", 2, message, 0, "sms", "sandbox", "newcomer-offer", 1, false, null, null));
        yield return new(sequence + 3, id, at, cause, new JourneyFact.NotEnrolled("birthday", 1)
        {
            Reason = Reasons.TriggerNotMatched,
            Looked = [new EvaluatedValue("event.amount", ">", 500L, 199.90m, false)],
        });
    }

    private static OutboxMessage Message(long id, Instant at, Guid message) => new(id, at, new Effect.SendMessage(
        message, 3, "welcome", 3, "offer", "sms", "sandbox", "newcomer-offer", false, Identity.Phone, $"+86138{id:00000000}",
        PropertyBag.Of(("text", "王小明，您好！新人专享：龙井茶 250 克立减 50 元，24 小时内有效。回复 TD 退订。")), null));

    // Twelve occurrences with an amount: what a customer of some months did.
    private static EventHistory History(string name, Instant seen)
    {
        var events = Enumerable.Range(0, 12).Select(i => new ContactEvent(
            $"{name}-{i}", EventType.Track, name, seen + (Duration.FromHours(30) * i), Start, PropertyBag.Of(("amount", 99.90m)), []));
        return events.Skip(1).Aggregate(EventHistory.Of(events.First()), (history, more) => history.Add(more));
    }

    private static Enrollment Enrollment(int ordinal, string journey) => new(ordinal, journey, 3, null, Start)
    {
        Step = "day-1",
        Status = EnrollmentStatus.Waiting,
        Since = Start,
        WakeAt = Start + Duration.FromDays(3),
        Visit = 1,
        Event = PropertyBag.Of(("group_id", "g-42"), ("source", "qr")),
        EventName = "group_joined",
        EventId = "0195a0a0-0000-7000-8000-000000000001",
        Results = ImmutableArray<StepResult>.Empty,
    };
}
