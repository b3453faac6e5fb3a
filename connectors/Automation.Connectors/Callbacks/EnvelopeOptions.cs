using System.Globalization;
using System.Text;

namespace Automation.Connectors.Callbacks;

/// <summary>
/// An account's side of the callbacks of the WeChat family: secrets <c>callback_token</c> and <c>encoding_aes_key</c>, and how old a
/// callback may be.
/// </summary>
/// <param name="Token">Null when the account takes no callbacks.</param>
/// <param name="Envelope">Null when the account takes none, or takes them in clear.</param>
/// <param name="AgeMax">Older ones, by their signed timestamp, are refused.</param>
public sealed record EnvelopeOptions(string? Token, EncryptedCallback? Envelope, TimeSpan AgeMax)
{
    /// <summary>Reads them.</summary>
    /// <param name="account">For the secrets.</param>
    /// <param name="read">For <c>callback_age_max_minutes</c>, 60 when it is missing.</param>
    /// <param name="receiver">The corp id or app id.</param>
    /// <exception cref="ConnectorConfigurationException">The key is not of 43 characters, or stands without a token.</exception>
    public static EnvelopeOptions Read(ConnectorAccount account, ConfigurationReader read, string receiver)
    {
        var age = TimeSpan.FromMinutes(read.Number("callback_age_max_minutes", otherwise: 60, min: 1, max: 10_080));
        var token = account.Secrets.GetValueOrDefault("callback_token");
        var key = account.Secrets.GetValueOrDefault("encoding_aes_key");
        token = string.IsNullOrEmpty(token) ? null : token;
        if (string.IsNullOrEmpty(key))
        {
            return new EnvelopeOptions(token, null, age);
        }

        try
        {
            return new EnvelopeOptions(token, new EncryptedCallback(token ?? account.Secret("callback_token"), key, receiver), age);
        }
        catch (FormatException)
        {
            throw new ConnectorConfigurationException("/secrets/encoding_aes_key", "Expected the 43 letters and digits of EncodingAESKey, but got others.");
        }
    }

    /// <summary>
    /// Opens a callback: answers the vendor's check of the address, refuses strangers, and gives the fields of everything else.
    /// </summary>
    /// <param name="callback">The request.</param>
    /// <param name="fields">What it says, when the result is null.</param>
    /// <returns>Null, or the reply that ends the matter.</returns>
    public CallbackReply? Open(VendorCallback callback, out CallbackFields fields)
    {
        fields = null!;
        var query = callback.Query;
        var timestamp = query.GetValueOrDefault("timestamp") ?? "";
        var nonce = query.GetValueOrDefault("nonce") ?? "";
        if (Token is null || !IsRecent(timestamp, callback.ReceivedAt))
        {
            return Status(401);
        }

        var echo = callback.Method == "GET" ? query.GetValueOrDefault("echostr") : null;
        if (callback.Method == "GET" && echo is null)
        {
            return Status(400);
        }

        if (query.TryGetValue("msg_signature", out var signature) && Envelope is not null)
        {
            var encrypted = echo ?? EncryptedPart(callback.Body);
            if (encrypted is null)
            {
                return Status(400);
            }

            if (Envelope.Open(signature, timestamp, nonce, encrypted, out var message) != CallbackProof.Genuine)
            {
                return Status(401);
            }

            return echo is not null ? new CallbackReply(200, message, "text/plain") : Fields(message, out fields);
        }

        // In clear there is only a signature over time and nonce: whoever has the key gets callbacks in clear refused.
        var isSigned = EncryptedCallback.IsSame(EncryptedCallback.Signature(Token, timestamp, nonce), query.GetValueOrDefault("signature") ?? "");
        if (!isSigned || (Envelope is not null && echo is null))
        {
            return Status(401);
        }

        return echo is not null ? new CallbackReply(200, echo, "text/plain") : Fields(Encoding.UTF8.GetString(callback.Body.Span), out fields);
    }

    private bool IsRecent(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253_402_300_800
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= AgeMax;

    private static string? EncryptedPart(ReadOnlyMemory<byte> body) => CallbackFields.Read(Encoding.UTF8.GetString(body.Span))?.Text("Encrypt");

    private static CallbackReply? Fields(string message, out CallbackFields fields)
    {
        fields = CallbackFields.Read(message)!;
        return fields is null ? Status(400) : null;
    }

    private static CallbackReply Status(int status) => new(status, "", "text/plain");
}
