using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Server.Api;

/// <summary>A contact as the API says it: what the aggregate holds, in words of the design.</summary>
internal sealed record ContactAnswer(
    long Id, DateTimeOffset FirstSeen, DateTimeOffset? LastActivity, JsonElement Attributes, IReadOnlyList<string> Tags,
    IReadOnlyList<IdentityAnswer> Identities, IReadOnlyList<string> Segments, IReadOnlyList<string> Lists,
    IReadOnlyList<ConsentAnswer> Consents, IReadOnlyList<QuotaAnswer> Quotas, IReadOnlyList<HistoryAnswer> Histories,
    IReadOnlyList<EnrollmentAnswer> Enrollments, IReadOnlyList<InFlightAnswer> Messages, long? MergedInto, bool Erased)
{
    public static ContactAnswer Of(Contact contact) => new(
        contact.Id, contact.FirstSeen.ToDateTimeOffset(), contact.LastActivity?.ToDateTimeOffset(), Bag(contact.Attributes), contact.Tags,
        [.. contact.Identities.Select(one => new IdentityAnswer(one.Type, one.Value))], contact.Segments, contact.Lists,
        [.. contact.Consents.Select(one => new ConsentAnswer(one.Channel, one.Granted, one.Since.ToDateTimeOffset(), one.Source, one.Evidence is { } proof ? Bag(proof) : null))],
        [.. contact.Quotas.Select(one => new QuotaAnswer(one.Name, one.Balance, one.Reserved))],
        [.. contact.Histories.Select(one => new HistoryAnswer(one.Name, one.Count, one.First.ToDateTimeOffset(), one.Last.ToDateTimeOffset()))],
        [.. contact.Enrollments.Select(one => EnrollmentAnswer.Of(contact.Id, one))],
        [.. contact.Messages.Select(InFlightAnswer.Of)], contact.IsErased ? null : contact.MergedInto, contact.IsErased);

    public static JsonElement Bag(PropertyBag bag)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var to = new Utf8JsonWriter(bytes, JsonFields.Options))
        {
            PropertyJson.Write(to, bag);
        }
        return JsonElement.Parse(bytes.WrittenSpan);
    }
}

internal sealed record IdentityAnswer(string Type, string Value);

/// <param name="Since">When it was given.</param>
/// <param name="Source">How: identify, form, reply, import, operator, a vendor.</param>
/// <param name="Evidence">What proves it; left out where nothing was recorded.</param>
internal sealed record ConsentAnswer(string Channel, bool Granted, DateTimeOffset Since, string Source, JsonElement? Evidence);

internal sealed record QuotaAnswer(string Quota, long Balance, long Reserved);

internal sealed record HistoryAnswer(string Event, long Count, DateTimeOffset First, DateTimeOffset Last);

internal sealed record EnrollmentAnswer(
    string Id, int Ordinal, string Journey, int Version, string? Key, DateTimeOffset EnrolledAt, string Step, EnrollmentStatus Status,
    DateTimeOffset Since, DateTimeOffset? WakeAt, string? StuckReason, bool Held, bool HeldOut)
{
    public static EnrollmentAnswer Of(long contact, Enrollment one) => new(
        one.Id(contact), one.Ordinal, one.Journey, one.Version, one.Key, one.EnrolledAt.ToDateTimeOffset(), one.Step, one.Status,
        one.Since.ToDateTimeOffset(), Time(one.WakeAt), one.StuckReason, one.HeldSince is not null, one.HeldOut);

    private static DateTimeOffset? Time(Instant? at) => at?.ToDateTimeOffset();
}

internal sealed record InFlightAnswer(
    Guid Id, string Journey, string Step, string Channel, string Account, string Template, MessageStatus Status, int Attempt,
    DateTimeOffset QueuedAt, DateTimeOffset? DueAt)
{
    public static InFlightAnswer Of(MessageInFlight one) => new(
        one.Id, one.Journey, one.Step, one.Channel, one.Account, one.Template, one.Status, one.Attempt, one.QueuedAt.ToDateTimeOffset(),
        one.DueAt?.ToDateTimeOffset());
}

/// <summary>An event as it was recorded.</summary>
internal sealed record EventAnswer(
    string MessageId, EventType Type, string Name, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, JsonElement Properties, bool History)
{
    public static EventAnswer Of(ContactEvent one) => new(
        one.MessageId, one.Type, one.Name, one.OccurredAt.ToDateTimeOffset(), one.ReceivedAt.ToDateTimeOffset(),
        ContactAnswer.Bag(one.Properties), one.History);
}
