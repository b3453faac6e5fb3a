using Automation.Server.Api;
using Automation.Server.SignIn;

namespace Automation.Server.Security;

/// <summary>Finds out who asks. A key in the header comes before the browser's session: whoever sends one means it.</summary>
internal sealed class Callers(KeyRing keys, Sessions sessions, Users users)
{
    /// <exception cref="ApiException">Nobody who is known here.</exception>
    public async ValueTask<Caller> FindAsync(HttpContext context)
    {
        if (PresentedKey.Of(context.Request) is { } presented)
        {
            return await keys.FindAsync(presented) is { } key ? Caller.Of(key) : throw ApiException.NoKey(wasGiven: true);
        }
        var secret = SessionCookie.Secret(context.Request);
        if (secret.Length == 0)
        {
            throw ApiException.NoKey(wasGiven: false);
        }
        // The user is read each time: a role that was taken away is gone with the next request.
        return await sessions.FindAsync(secret, context.RequestAborted) is { } session
            && await users.FindAsync(session.User, context.RequestAborted) is { IsActive: true } user
            ? Caller.Of(user, session)
            : throw new ApiException(StatusCodes.Status401Unauthorized, "session_over", "Expected a session that goes on, but it has ended: sign in again.");
    }

    /// <summary>Whether an answer that lasts may go on: the key is not revoked, the session not ended, the role still that one.</summary>
    public async ValueTask<bool> StillMayAsync(HttpContext context, CancellationToken cancellation)
    {
        var caller = context.Caller();
        if (caller.SessionId is not { } id)
        {
            return PresentedKey.Of(context.Request) is { } presented && await keys.FindAsync(presented) is not null;
        }
        return await sessions.GoesOnAsync(id, cancellation)
            && await users.FindAsync(caller.User!.Name, cancellation) is { IsActive: true } user && user.Role == caller.Role;
    }
}
