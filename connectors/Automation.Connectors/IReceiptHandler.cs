namespace Automation.Connectors;

/// <summary>
/// The optional second face of a connector: understands its vendor's HTTP callbacks at <c>/hooks/{account}</c>. The server
/// stores what the answer carries, and only then gives the reply, so a crash makes the vendor send again.
/// </summary>
public interface IReceiptHandler
{
    /// <summary>
    /// Verifies and parses one callback. It must be quick (Aliyun waits 700 ms, WeCom's URL check 1 s, WeChat 5 s) and without
    /// effects: it may be called twice for one callback. It never throws for what a stranger sent: a bad signature is a reply with 401,
    /// a body that makes no sense one with 400.
    /// </summary>
    /// <param name="callback">The request. The server limits its body to 1 MiB.</param>
    /// <param name="cancellation">Ends waiting.</param>
    ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation);
}

/// <summary>One HTTP request of a vendor.</summary>
public sealed record VendorCallback
{
    /// <summary>Upper case: <c>GET</c> for address checks, <c>POST</c> for everything else.</summary>
    public required string Method { get; init; }

    /// <summary>The headers; names compare without case, several values are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The query, URL-decoded; the first value where a name repeats.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>The body's bytes, exactly as they came: signatures are computed over them. Empty for GET.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When the request arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>The HTTP reply a vendor expects.</summary>
/// <param name="Status">HTTP status, 200 to 599.</param>
/// <param name="Body">The whole body, sent as UTF-8 without a byte order mark or a line end. May be empty.</param>
/// <param name="ContentType">For example <c>application/json</c>.</param>
public sealed record CallbackReply(int Status, string Body, string ContentType)
{
    /// <summary>200 with an empty body, which most vendors accept.</summary>
    public static CallbackReply Empty { get; } = new(200, "", "text/plain");
}

/// <summary>What a callback meant: the reply for the vendor and the news for the engine.</summary>
public sealed record CallbackAnswer
{
    /// <summary>The reply. Given after <see cref="Receipts"/> and <see cref="Events"/> are stored; 503 instead if they cannot be.</summary>
    public required CallbackReply Reply { get; init; }

    /// <summary>The receipts it carried. Default: none.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>The events it carried. Default: none.</summary>
    public IReadOnlyList<InboundEvent> Events { get; init; } = [];
}
