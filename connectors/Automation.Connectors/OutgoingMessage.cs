using System.Text.Json;

namespace Automation.Connectors;

/// <summary>What the sender of a message expects back.</summary>
public enum MessageKind
{
    /// <summary>A message for a person: the interesting answer is whether it arrived.</summary>
    Message,

    /// <summary>
    /// A call to a service: the interesting answer is its response, which the journey can use later as
    /// <c>steps.&lt;id&gt;.*</c>. See <see cref="SendResult.Response"/>.
    /// </summary>
    Call,
}

/// <summary>The place in a journey that a message comes from. For traces and for vendors that echo a reference.</summary>
/// <param name="Journey">Key of the journey, for example <c>newcomer-benefit</c>.</param>
/// <param name="Step">Id of the step, for example <c>offer</c>.</param>
public readonly record struct MessageOrigin(string Journey, string Step);

/// <summary>
/// One rendered content for one contact on one channel. It is final: a connector formats it for its vendor and changes
/// nothing in it.
/// </summary>
/// <example>
/// <code>
/// new OutgoingMessage
/// {
///     Id = id,
///     Channel = "sms",
///     To = new Address("phone", "+8613900000001"),
///     Content = JsonElement.Parse("""{ "text": "您的优惠券已到账" }"""),
///     ContactId = "c-1",
///     Origin = new MessageOrigin("newcomer-benefit", "offer"),
/// }
/// </code>
/// </example>
public sealed record OutgoingMessage
{
    /// <summary>
    /// The stable id: the same for every attempt, also after a crash, and different for every other message. Vendors
    /// are given <see cref="IdText"/>.
    /// </summary>
    public required Guid Id { get; init; }

    /// <summary>One of the channels of the connector's manifest, for example <c>sms</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Whether a person is written to or a service is called. Default: <see cref="MessageKind.Message"/>.</summary>
    public MessageKind Kind { get; init; } = MessageKind.Message;

    /// <summary>The address of the contact on the channel.</summary>
    public required Address To { get; init; }

    /// <summary>
    /// The rendered fields: a JSON object that satisfies the channel's <see cref="ChannelManifest.MessageSchema"/>.
    /// Every channel accepts a plain <c>text</c>. The element stays valid after the call.
    /// </summary>
    public required JsonElement Content { get; init; }

    /// <summary>The contact, as an opaque id that is safe to log. Never derived from a phone number or a name.</summary>
    public required string ContactId { get; init; }

    /// <summary>Which attempt this is, from 1. All attempts carry the same <see cref="Id"/>.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The journey and step that sent it.</summary>
    public MessageOrigin Origin { get; init; }

    /// <summary>
    /// <see cref="Id"/> as vendors see it: 32 lower-case hexadecimal digits without hyphens. Short enough for every
    /// vendor's reference field (Aliyun <c>OutId</c>: 255 characters, Tencent <c>SessionContext</c>: 511 bytes).
    /// </summary>
    public string IdText => Id.ToString("N");

    /// <summary>Names the message without its address and content, so that it is safe to log.</summary>
    public override string ToString() => $"message {IdText} on {Channel}, attempt {Attempt}";
}
