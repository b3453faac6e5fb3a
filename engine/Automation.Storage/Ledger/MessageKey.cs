using System.Security.Cryptography;
using System.Text;

namespace Automation.Storage.Ledger;

/// <summary>
/// The 16 bytes that stand for an event's message id in the unique index: a GUID's own bytes, or the first half of the SHA-256 of any
/// other text. Short keys of one length keep the index small; time-ordered GUIDs keep its writes in one place.
/// </summary>
internal static class MessageKey
{
    public static Guid Of(string messageId)
    {
        if (TryGuid(messageId, out var id))
        {
            return id;
        }
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(messageId), hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Only the one spelling that a GUID's bytes give back: lower case with hyphens.</summary>
    public static bool TryGuid(ReadOnlySpan<char> text, out Guid id) =>
        Guid.TryParseExact(text, "D", out id) && !text.ContainsAnyInRange('A', 'F');
}
