using System.Globalization;
using System.Security.Cryptography;
using Automation.Connectors.Callbacks;

namespace Automation.Sandbox;

/// <summary>Closes callbacks as WeCom and WeChat do: encrypted, and signed over time and nonce.</summary>
internal sealed class Envelope(string receiver, TimeProvider time)
{
    private readonly EncryptedCallback _cipher = new(SandboxAccounts.EnvelopeToken, SandboxAccounts.EnvelopeKey, receiver);

    /// <returns>The query and the encrypted text.</returns>
    public (string Query, string Encrypted) Close(string message)
    {
        var encrypted = _cipher.Close(message);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetInt32(100_000_000, 999_999_999).ToString(CultureInfo.InvariantCulture);
        var plain = EncryptedCallback.Signature(SandboxAccounts.EnvelopeToken, timestamp, nonce);
        var whole = EncryptedCallback.Signature(SandboxAccounts.EnvelopeToken, timestamp, nonce, encrypted);
        return ($"timestamp={timestamp}&nonce={nonce}&signature={plain}&encrypt_type=aes&msg_signature={whole}", encrypted);
    }
}
