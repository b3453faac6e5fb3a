using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.Connectors;

/// <summary>What a receipt says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReceiptStatus>))]
public enum ReceiptStatus
{
    /// <summary>It arrived on the contact's device.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>It will not arrive; <see cref="Receipt.Reason"/> says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The contact opened it. It implies delivered.</summary>
    [JsonStringEnumMemberName("read")]
    Read,
}

/// <summary>
/// What became of an accepted message. Receipts may come twice, late, out of order or never; the engine takes the first
/// final one. It is matched by <see cref="MessageId"/> if there is one, else by <see cref="VendorMessageId"/> and,
/// because a batch may share one vendor id, <see cref="To"/>.
/// </summary>
public sealed record Receipt
{
    /// <summary>Our message id, when the vendor echoes it (Aliyun <c>out_id</c>). Null when it does not.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The vendor's id, as in <see cref="SendResult.VendorMessageId"/>. At least one of the two ids is set.</summary>
    public string? VendorMessageId { get; init; }

    /// <summary>
    /// The address, when the vendor names it, in the form in which the message had it. Needed where a batch shares one vendor id:
    /// without it such a receipt is for none of them.
    /// </summary>
    public Address? To { get; init; }

    /// <summary>What it says.</summary>
    public required ReceiptStatus Status { get; init; }

    /// <summary>When it happened, by the vendor's clock; the time of arrival when the vendor gives none.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Why it failed. Set exactly when the status is failed.</summary>
    public FailureReason? Reason { get; init; }

    /// <summary>The vendor's or carrier's own code, unchanged, as <c>MK:0001</c>.</summary>
    public string? VendorCode { get; init; }

    /// <summary>One sentence without personal data, or null.</summary>
    public string? Text { get; init; }

    /// <summary>What it costs, when the vendor says so only here. Null when it does not, or said it in its answer.</summary>
    public Charge? Charge { get; init; }
}

/// <summary>
/// Something a contact did at the vendor: answered, opted out, subscribed, joined a group. It enters the engine like every
/// other event, and a repeated <see cref="MessageId"/> is dropped there.
/// </summary>
public sealed record InboundEvent
{
    /// <summary>Name of the event for a message from a contact; property <c>text</c> holds it. Keyword triggers listen to it.</summary>
    public const string MessageReceived = "message_received";

    /// <summary>Name of the event by which a contact agrees to a channel; property <c>channel</c>, and <c>template</c> if it is for one.</summary>
    public const string ConsentGranted = "consent_granted";

    /// <summary>Name of the event by which a contact opts out of a channel; properties as in <see cref="ConsentGranted"/>.</summary>
    public const string ConsentRevoked = "consent_revoked";

    /// <summary>Name of the event by which a contact may be sent <c>amount</c> more messages; properties <c>quota</c>, <c>amount</c>.</summary>
    public const string QuotaAdded = "quota_added";

    /// <summary>
    /// Name of what is no behaviour but knowledge of the contact: its properties become attributes, and <c>union_id</c>, <c>phone</c> and
    /// <c>user_id</c> become identities.
    /// </summary>
    public const string Identify = "identify";

    /// <summary>Name of the event by which nothing is left of a contact's allowance; property <c>quota</c>.</summary>
    public const string QuotaEmptied = "quota_emptied";

    /// <summary>Name of the event for joining a group; property <c>group_id</c>.</summary>
    public const string GroupJoined = "group_joined";

    /// <summary>Who, by an identity that finds the contact.</summary>
    public required Address Identity { get; init; }

    /// <summary>One of the names above, or the connector's own in snake case.</summary>
    public required string Name { get; init; }

    /// <summary>The properties: a JSON object, possibly empty.</summary>
    public required JsonElement Properties { get; init; }

    /// <summary>When it happened, by the vendor's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>
    /// An id that is the same when the vendor sends the event again, at most 100 characters: the vendor's, or one derived from
    /// sender and time (WeChat: <c>FromUserName</c> and <c>CreateTime</c>).
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>Whether it happened long ago and is only told now: then it counts in the contact's history and starts nothing. Default: false.</summary>
    public bool IsHistory { get; init; }
}
