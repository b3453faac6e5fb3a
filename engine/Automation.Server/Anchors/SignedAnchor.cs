using System.Security.Cryptography;
using System.Text;

namespace Automation.Server.Anchors;

/// <summary>An anchor with its signature: ECDSA over P-256 and SHA-256, of exactly the UTF-8 bytes of <paramref name="Anchor"/>.</summary>
/// <param name="Signature">r and s, 32 bytes each, in base 64.</param>
/// <param name="PublicKey">Who says to have signed it, as PEM. A check takes the key from elsewhere.</param>
internal sealed record SignedAnchor(string Anchor, string Signature, string PublicKey)
{
    public static SignedAnchor Sign(LedgerAnchor anchor, ECDsa key)
    {
        var text = anchor.Write();
        return new SignedAnchor(
            text, Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256)), key.ExportSubjectPublicKeyInfoPem());
    }

    /// <param name="publicKey">As PEM, from where the anchors' keeper got it.</param>
    public bool IsSignedBy(string publicKey)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKey);
            return key.VerifyData(Encoding.UTF8.GetBytes(Anchor), Convert.FromBase64String(Signature), HashAlgorithmName.SHA256);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException or FormatException)
        {
            return false;
        }
    }
}
