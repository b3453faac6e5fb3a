using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>The parts of <c>string</c> that hash and encode.</summary>
[SuppressMessage("Security", "CA5350", Justification = "Templates sign for whatever the receiver asks; nothing here protects a secret of ours.")]
[SuppressMessage("Security", "CA5351", Justification = "Templates sign for whatever the receiver asks; nothing here protects a secret of ours.")]
internal static class HashFunctions
{
    public static void AddTo(ScriptObject target)
    {
        target.Add("md5", "text", static (r, a) => Hash(r, a, MD5.HashData));
        target.Add("sha1", "text", static (r, a) => Hash(r, a, SHA1.HashData));
        target.Add("sha256", "text", static (r, a) => Hash(r, a, SHA256.HashData));
        target.Add("sha512", "text", static (r, a) => Hash(r, a, SHA512.HashData));
        target.Add("hmac_sha1", "text secretKey", static (r, a) => Sign(r, a, HMACSHA1.HashData));
        target.Add("hmac_sha256", "text secretKey", static (r, a) => Sign(r, a, HMACSHA256.HashData));
        target.Add("hmac_sha512", "text secretKey", static (r, a) => Sign(r, a, HMACSHA512.HashData));
    }

    public static void AddBase64(ScriptObject target)
    {
        target.Add("base64_encode", "text", static (r, a) => r.Built(Convert.ToBase64String(Bytes(r, a, 0))));
        target.Add("base64_decode", "text", static (r, a) => Decode(r, a));
    }

    private static Value Hash(Rendering r, ReadOnlySpan<Value> a, Func<byte[], byte[]> hash)
    {
        var bytes = Bytes(r, a, 0);
        r.StepForText(bytes.Length);
        return new Value(Convert.ToHexStringLower(hash(bytes)));
    }

    private static Value Sign(Rendering r, ReadOnlySpan<Value> a, Func<byte[], byte[], byte[]> sign)
    {
        var bytes = Bytes(r, a, 0);
        r.StepForText(bytes.Length);
        return new Value(Convert.ToHexStringLower(sign(Bytes(r, a, 1), bytes)));
    }

    private static byte[] Bytes(Rendering r, ReadOnlySpan<Value> a, int index) =>
        Encoding.UTF8.GetBytes(r.TextAt(a, index) ?? string.Empty);

    private static Value Decode(Rendering r, ReadOnlySpan<Value> a)
    {
        try
        {
            return new Value(Encoding.UTF8.GetString(Convert.FromBase64String(r.TextAt(a, 0) ?? string.Empty)));
        }
        catch (FormatException)
        {
            throw new Fault("Expected text in base64, but it is not.");
        }
    }
}
