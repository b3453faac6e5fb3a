namespace Automation.Connectors.Webhook;

/// <summary>An account's configuration, read and checked. The defaults and ranges are those of the manifest's schema.</summary>
internal sealed record WebhookOptions
{
    /// <summary>Headers the connector sets itself, or that change what a request is.</summary>
    private static readonly HashSet<string> HeadersTaken = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Expect", "Host", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    };

    public required Uri Url { get; init; }

    public string? SigningSecret { get; init; }

    public string? Authorization { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Whether the receiver drops a repeated message id, so that an unknown outcome may be repeated.</summary>
    public required bool ReceiverIsIdempotent { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int ResponseBytesMax { get; init; }

    public required int Concurrency { get; init; }

    public required bool PrivateNetworksAllowed { get; init; }

    public required IReadOnlyList<string> HostsAllowed { get; init; }

    public static WebhookOptions Read(ConnectorAccount account)
    {
        var read = new ConfigurationReader(account.Configuration);
        var options = new WebhookOptions
        {
            Url = ReadUrl(read),
            Headers = ReadHeaders(read),
            SigningSecret = ReadSecret(account, "signing_secret", lengthMin: 16),
            Authorization = ReadSecret(account, "authorization", lengthMin: 1),
            ReceiverIsIdempotent = read.Choice("idempotency", "none", "by_message_id") == "by_message_id",
            Timeout = TimeSpan.FromSeconds(read.Number("timeout_seconds", otherwise: 10, min: 0.1, max: 120)),
            ResponseBytesMax = read.Whole("response_bytes_max", otherwise: 65_536, min: 0, max: 1_048_576),
            Concurrency = read.Whole("concurrency", otherwise: 8, min: 1, max: 64),
            PrivateNetworksAllowed = read.Flag("allow_private_networks", otherwise: false),
            HostsAllowed = read.Texts("allow_hosts"),
        };
        read.RefuseOthers();
        return options;
    }

    private static Uri ReadUrl(ConfigurationReader read)
    {
        var text = read.Text("url") ?? throw read.Missing("url");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            throw read.Wrong("url", "Expected an address that starts with http:// or https://, but got another text.");
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            throw read.Wrong(
                "url", "Expected an address without user name, password and fragment, but it has one; use 'authorization'.");
        }

        return url;
    }

    private static List<KeyValuePair<string, string>> ReadHeaders(ConfigurationReader read)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (read.Inner("headers") is not { } inner)
        {
            return headers;
        }

        using var probe = new HttpRequestMessage();
        foreach (var name in inner.Names())
        {
            var value = inner.Text(name) ?? "";
            if (HeadersTaken.Contains(name)
                || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Automation-", StringComparison.OrdinalIgnoreCase))
            {
                throw inner.Wrong(name, $"Expected a header of your own, but '{name}' is set by the connector.");
            }

            if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0 || !probe.Headers.TryAddWithoutValidation(name, value))
            {
                throw inner.Wrong(name, $"Expected a header with visible ASCII characters, but '{name}' is none.");
            }

            headers.Add(new KeyValuePair<string, string>(name, value));
        }

        return headers;
    }

    private static string? ReadSecret(ConnectorAccount account, string name, int lengthMin)
    {
        if (!account.Secrets.TryGetValue(name, out var secret) || secret.Length == 0)
        {
            return null;
        }

        if (secret.Length < lengthMin)
        {
            throw new ConnectorConfigurationException(
                $"/secrets/{name}", $"Expected at least {lengthMin} characters, but got fewer.");
        }

        return name == "authorization" && secret.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0
            ? throw new ConnectorConfigurationException(
                $"/secrets/{name}", "Expected visible ASCII characters, but got others.")
            : secret;
    }
}
