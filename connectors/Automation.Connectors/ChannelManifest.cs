using System.Text.Json;

namespace Automation.Connectors;

/// <summary>One channel of a connector: which address it needs, what a message looks like, and how much of it fits.</summary>
public sealed record ChannelManifest
{
    /// <summary>Stable key: <c>sms</c>, <c>wecom</c>, <c>mini_program</c>, <c>official_account</c>, <c>webhook</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name on screen.</summary>
    public required DisplayName Name { get; init; }

    /// <summary>
    /// The <see cref="Address.Type"/> the channel sends to: <c>phone</c>, <c>external_user_id</c>. A type that has an
    /// application in it is given as its prefix, <c>open_id</c> for <c>open_id:wx123</c>. Null when no address is needed.
    /// </summary>
    public string? AddressType { get; init; }

    /// <summary>
    /// JSON Schema (2020-12) of <see cref="OutgoingMessage.Content"/>, an object. The designer draws the template's form from
    /// it. It accepts an object with just a <c>text</c>.
    /// </summary>
    public required JsonElement MessageSchema { get; init; }

    /// <summary>How much fits.</summary>
    public required ChannelLimits Limits { get; init; }

    /// <summary>
    /// Whether an employee must confirm each message before it goes to the contact (WeCom mass messages). Receipts may then
    /// take days, and some never come.
    /// </summary>
    public bool NeedsConfirmation { get; init; }
}

/// <summary>The limits of a channel, by the vendor's published figures. The engine keeps to them before it calls.</summary>
public sealed record ChannelLimits
{
    /// <summary>Messages per second for one account, greater than 0. Null: no limit known.</summary>
    public double? MessagesPerSecond { get; init; }

    /// <summary>The most messages in one call of <see cref="IConnector.SendAsync"/>, at least 1.</summary>
    public required int BatchSizeMax { get; init; }

    /// <summary>The most bytes of one message's content as UTF-8 JSON, at least 1.</summary>
    public required int BodyBytesMax { get; init; }

    /// <summary>The most characters (UTF-16 units, as vendors count them) of <c>text</c>. Null: only the bytes count.</summary>
    public int? TextCharactersMax { get; init; }

    /// <summary>The most bytes of <c>text</c> as UTF-8, for vendors that count those (WeCom: 4000). Null: no such limit.</summary>
    public int? TextBytesMax { get; init; }

    /// <summary>What one contact may be sent at most. Empty: no limit known. All of them hold at once.</summary>
    public IReadOnlyList<ContactLimit> PerContact { get; init; } = [];
}

/// <summary>At most so many messages to one contact in a span of time.</summary>
/// <param name="AtMost">The number, at least 1.</param>
/// <param name="Per">The span, greater than zero, counted back from the moment of sending.</param>
/// <example><code>new ContactLimit(1, TimeSpan.FromDays(1)) // WeCom: one mass message a day</code></example>
public sealed record ContactLimit(int AtMost, TimeSpan Per);
