using Automation.Server.SignIn;

namespace Automation.Server.Security;

/// <summary>Who asks: a key, or a person who signed in.</summary>
/// <param name="Actor">As facts name them: <c>key:1a2b…</c>, <c>user:li</c>.</param>
/// <param name="Key">Null for a person.</param>
/// <param name="User">Null for a key.</param>
/// <param name="SessionId">The session's hash; null for a key.</param>
internal sealed record Caller(Role Role, string Actor, ApiKey? Key = null, User? User = null, string? SessionId = null)
{
    public static Caller Of(ApiKey key) => new(key.Role, key.Actor, key);

    public static Caller Of(User user, Session session) => new(user.Role, user.Actor, User: user, SessionId: session.Id);

    public bool May(Permission permission) => Key?.May(permission) ?? Permissions.Allow(Role, permission);
}
