using System.Globalization;
using System.Text.Json;

namespace Automation.Connectors.Testing;

/// <summary>
/// What a connector's author writes, once: which connector it is, how its account points to the vendor's double, and how the
/// vendor answers. The kit does the rest.
/// </summary>
/// <example>
/// <code>
/// public sealed class PostcardRig : ConnectorRig
/// {
///     public override IConnectorFactory Factory { get; } = new PostcardConnectorFactory();
///     public override string Channel => "postcard";
///     public override ConnectorAccount Account(Uri vendor) => Account($$"""{ "url": "{{vendor}}" }""", ("token", "a-long-secret"));
///     public override VendorReply Answer(VendorRequest request, VendorMemory memory)
///     {
///         var to = request.Json.GetProperty("to").GetString()!;
///         if (memory.Refuses(to)) { return VendorReply.Json(new { code = "no_such_person" }); }
///         memory.Take(to, request.Json.GetProperty("text").GetString()!);
///         return VendorReply.Json(new { code = "ok", id = "v-1" });
///     }
/// }
/// </code>
/// </example>
public abstract class ConnectorRig
{
    /// <summary>The connector under test.</summary>
    public abstract IConnectorFactory Factory { get; }

    /// <summary>The channel under test. A connector with several has a rig for each.</summary>
    public abstract string Channel { get; }

    /// <summary>Whether it reaches its vendor by HTTP. One that does not is asked only what holds without a network.</summary>
    public virtual bool SpeaksHttp => true;

    /// <summary>Whether the vendor says of one message in a batch that its address is wrong. False where it cannot tell.</summary>
    public virtual bool RefusesSingly => SpeaksHttp;

    /// <summary>Whether the vendor's requests carry a token that expires.</summary>
    public virtual bool UsesTokens => false;

    /// <summary>Whether the vendor refuses requests whose time is far from its own.</summary>
    public virtual bool ChecksTime => false;

    /// <summary>Messages in one batch of the kit. Default: 40, or what the channel takes at most.</summary>
    public virtual int BatchSize => Math.Min(40, Factory.Manifest.Channel(Channel)!.Limits.BatchSizeMax);

    /// <summary>The longest that a call of the connector may take by its own clock, retries included. Default: 5 minutes.</summary>
    public virtual TimeSpan CallTimeMax => TimeSpan.FromMinutes(5);

    /// <summary>How long the kit waits, by the wall, for what should happen at once. Default: 10 seconds.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(10);

    /// <summary>A complete account whose requests go to the double.</summary>
    /// <param name="vendor">The double's address, without a path.</param>
    public abstract ConnectorAccount Account(Uri vendor);

    /// <summary>
    /// Plays the vendor, with its own checks: the signature, the token (<see cref="VendorMemory.IsCurrent"/>), the time
    /// (<see cref="VendorMemory.Now"/>), the addresses (<see cref="VendorMemory.Refuses"/>). What it takes it notes with
    /// <see cref="VendorMemory.Take"/>.
    /// </summary>
    /// <param name="request">What the connector sent.</param>
    /// <param name="memory">What the vendor knows.</param>
    public abstract VendorReply Answer(VendorRequest request, VendorMemory memory);

    /// <summary>Whether a request is there to send messages, and not to get a token or to ask. Default: every one.</summary>
    /// <param name="request">The request.</param>
    public virtual bool IsSend(VendorRequest request) => true;

    /// <summary>How the vendor says that it is too much. Default: status 429.</summary>
    /// <param name="retryAfter">The wait it asks for; null for none.</param>
    public virtual VendorReply Busy(TimeSpan? retryAfter) => VendorReply.Empty(429) with
    {
        RetryAfter = retryAfter?.TotalSeconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Whether <see cref="Busy"/> can name a wait. False for vendors that never do.</summary>
    public virtual bool BusyNamesWait => true;

    /// <summary>How the vendor says that something broke. Default: status 500.</summary>
    public virtual VendorReply InnerError() => VendorReply.Empty(500);

    /// <summary>Message number <paramref name="number"/>, from 1, each to a person of its own.</summary>
    /// <param name="number">The number.</param>
    /// <param name="text">What the person should read.</param>
    public virtual OutgoingMessage Message(int number, string text) => new()
    {
        Id = new Guid(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]),
        Channel = Channel,
        To = AddressOf(number),
        Content = ContentOf(text),
        ContactId = $"c-{number.ToString(CultureInfo.InvariantCulture)}",
        Origin = new MessageOrigin("newcomer-benefit", "offer"),
    };

    /// <summary>The address of a person. Default: a mobile number.</summary>
    /// <param name="number">From 1.</param>
    public virtual Address AddressOf(int number) => new("phone", string.Create(CultureInfo.InvariantCulture, $"+86139{number:D8}"));

    /// <summary>The content by which a person reads <paramref name="text"/>. Default: <c>{ "text": … }</c>.</summary>
    /// <param name="text">The text.</param>
    public virtual JsonElement ContentOf(string text) => JsonSerializer.SerializeToElement(new { text });

    /// <summary>By what <see cref="VendorMemory.Take"/> knows the message. Default: its address.</summary>
    /// <param name="message">The message.</param>
    public virtual string ArrivalKey(OutgoingMessage message) => message.To.Value;

    /// <summary>What arrived. Only a connector that speaks no HTTP says it by itself.</summary>
    /// <param name="memory">What the double knows.</param>
    public virtual IReadOnlyCollection<(string Key, string Text)> Arrivals(VendorMemory memory) => memory.Arrivals;

    /// <summary>The callback with receipts of these messages, in this order. Null where receipts do not come by callback.</summary>
    /// <param name="receipts">At least one.</param>
    /// <param name="now">When the vendor calls.</param>
    public virtual VendorCallback? ReceiptCallback(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now) => null;

    /// <summary>
    /// The callbacks that bring these receipts, in this order: one for all, or one each where the vendor tells them one by one. Default:
    /// <see cref="ReceiptCallback"/> for all. Null where receipts do not come by callback.
    /// </summary>
    /// <param name="receipts">At least one.</param>
    /// <param name="now">When the vendor calls.</param>
    public virtual IReadOnlyList<VendorCallback>? ReceiptCallbacks(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now) =>
        ReceiptCallback(receipts, now) is { } one ? [one] : null;

    /// <summary>
    /// A callback with this body that carries the vendor's proof, so that reading it is tried and not only its proof. Default: without one.
    /// </summary>
    /// <param name="body">Any bytes.</param>
    /// <param name="now">When the vendor calls.</param>
    public virtual VendorCallback ProvenCallback(byte[] body, DateTimeOffset now) => new()
    {
        Method = "POST",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
        Query = new Dictionary<string, string>(StringComparer.Ordinal),
        Body = body,
        ReceivedAt = now,
    };

    /// <summary>The same callback as a stranger would fake it. Null where the vendor proves nothing.</summary>
    /// <param name="callback">A genuine one.</param>
    public virtual VendorCallback? Forged(VendorCallback callback) => null;

    /// <summary>Makes an account.</summary>
    /// <param name="configuration">The configuration as JSON.</param>
    /// <param name="secrets">Names and values.</param>
    protected ConnectorAccount Account(string configuration, params ReadOnlySpan<(string Name, string Value)> secrets)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in secrets)
        {
            all[name] = value;
        }

        return new ConnectorAccount
        {
            Key = "account",
            ConnectorKey = Factory.Manifest.Key,
            Configuration = JsonElement.Parse(configuration),
            Secrets = all,
        };
    }
}

/// <summary>A receipt that the vendor is about to bring.</summary>
/// <param name="Message">The message it is for.</param>
/// <param name="VendorMessageId">The vendor's id, as the connector reported it.</param>
/// <param name="Delivered">Whether it arrived; otherwise the person could not be reached.</param>
public sealed record ReceiptSample(OutgoingMessage Message, string? VendorMessageId, bool Delivered);
