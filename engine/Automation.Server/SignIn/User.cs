using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Server.Security;

namespace Automation.Server.SignIn;

/// <summary>A person who may come in. No password stands here, only its hash; and no secret of a second factor in clear.</summary>
/// <param name="PasswordHash">Null while the invitation, or the reset, is not used.</param>
/// <param name="CodeSecret">Hidden; null without a second factor.</param>
/// <param name="RecoveryCodes">Hashes of those that are left.</param>
internal sealed record User(
    string Name, Role Role, string? PasswordHash, string? CodeSecret, ImmutableArray<string> RecoveryCodes, bool IsLocked,
    DateTimeOffset CreatedAt, string CreatedBy)
{
    public const string Kind = "user";

    /// <summary>Stands in facts as the actor.</summary>
    [JsonIgnore]
    public string Actor => $"user:{Name}";

    [JsonIgnore]
    public bool HasSecondFactor => CodeSecret is not null;

    /// <summary>Whether somebody can sign in as this user.</summary>
    [JsonIgnore]
    public bool IsActive => !IsLocked && PasswordHash is not null;

    public string ToDocument() => JsonSerializer.Serialize(this);

    public static User OfDocument(string document) =>
        JsonSerializer.Deserialize<User>(document) ?? throw new JsonException("Expected a user, but found null.");
}
