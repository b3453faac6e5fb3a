using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.Server.Security;

/// <summary>
/// A key as it is kept: never the key itself, only its hash. The id is the hash's beginning, so it tells keys apart and gives
/// nothing away. A plain SHA-256 is enough, because the key is 32 random bytes and no password that could be guessed.
/// </summary>
/// <param name="Scopes">What of its role's rights it has; null for all of them.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null for never.</param>
public sealed record ApiKey(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("role")] Role Role,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("hash")] string Hash,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("scopes")] ImmutableArray<Permission>? Scopes = null,
    [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Longest text that is looked at as a key.</summary>
    internal const int LengthMax = 100;

    private const int SecretBytes = 32;

    /// <summary>Stands in facts as the actor.</summary>
    [JsonIgnore]
    public string Actor => $"key:{Id}";

    /// <summary>Makes a new key. The text is shown once and kept nowhere; its beginning tells what it is for: <c>am_write_…</c>.</summary>
    public static (string Text, ApiKey Key) Create(
        Role role, string name, DateTimeOffset at, ImmutableArray<Permission>? scopes = null, DateTimeOffset? expiresAt = null)
    {
        var text = $"am_{Permissions.NameOf(role)}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var hash = HashOf(text);
        return (text, new ApiKey(IdOf(hash), role, name, Convert.ToHexStringLower(hash), at, scopes, expiresAt));
    }

    public string ToDocument() => JsonSerializer.Serialize(this);

    public static ApiKey OfDocument(string document) =>
        JsonSerializer.Deserialize<ApiKey>(document) ?? throw new JsonException("Expected a key, but found null.");

    /// <summary>Whether its role may, and its scopes do not leave it out.</summary>
    public bool May(Permission permission) => Permissions.Allow(Role, permission) && (Scopes is not { } some || some.Contains(permission));

    internal bool Is(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(Convert.FromHexString(Hash), hash);

    internal static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    internal static string IdOf(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..6]);
}
