using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Tests.Contracts;

/// <summary>Small pieces of a batch, each as plain as the tests allow.</summary>
internal static class Sample
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 8, 0);

    public static Instant At(int seconds) => Start + Duration.FromSeconds(seconds);

    public static string MessageId(int number) => new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();

    public static ContactEvent Event(string messageId, string name = "order_paid", int second = 0) => new(
        messageId, EventType.Track, name, At(second), At(second) + Duration.FromMilliseconds(7),
        PropertyBag.Of(("amount", 80.50m), ("商品", "茶")), [new Identity(Identity.UserId, "u-1")]);

    public static RecordedEvent Recorded(long sequence, long contact, string messageId, string name = "order_paid", int second = 0) =>
        new(sequence, contact, Event(messageId, name, second));

    public static RecordedFact NotEnrolled(
        long sequence, long contact, string journey = "welcome", int second = 0, string cause = "timer", string reason = Reasons.TriggerNotMatched) =>
        new(sequence, contact, At(second), cause, new JourneyFact.NotEnrolled(journey, 1)
        {
            Reason = reason,
            Looked = [new EvaluatedValue("contact.city", "=", "上海", "北京", false)],
        });

    public static RecordedFact Completed(long sequence, long contact, int ordinal, string journey = "welcome", int second = 0) =>
        new(sequence, contact, At(second), "timer", new StepFact.Completed(journey, 2, ordinal, "last", 3));

    public static Contact Contact(long id, params Enrollment[] enrollments) => new(id, Start) { Enrollments = [.. enrollments] };

    public static Enrollment Enrollment(int ordinal, string step, string journey = "welcome", EnrollmentStatus status = EnrollmentStatus.Waiting) =>
        new(ordinal, journey, 1, null, Start) { Step = step, Status = status, Since = Start, WakeAt = At(60) };

    public static ContactChange New(long id, Instant? due = null, params Enrollment[] enrollments) => new(null, Contact(id, enrollments), due);

    public static Guid Message(int number) => StableHash.Id("message", number.ToString(CultureInfo.InvariantCulture));

    public static OutboxMessage Outgoing(int number, long contact = 1, string channel = "sms", string journey = "welcome", int second = 0) =>
        new(contact, At(second), new Effect.SendMessage(
            Message(number), 1, journey, 2, "offer", channel, "sandbox", "newcomer", false, Identity.Phone, "+8613800138000",
            PropertyBag.Of(("text", "您好 😀")), null));

    public static MessageChange Change(int number, OutboxStatus status, int? attempt = null, string? vendorId = null, string? reason = null) =>
        new(Message(number), status, At(5), attempt, null, vendorId, reason, null, null);

    /// <summary>A batch whose records begin at a sequence: events first, then facts, as given.</summary>
    public static CommitBatch Batch(int second = 0, int partition = 0) => new() { Partition = partition, At = At(second) };
}
