using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Server.Api;
using Automation.Server.Security;

namespace Automation.Server.SignIn;

/// <summary>
/// What admins do about users. Whoever loses rights loses the sessions that had them, and somebody who may administer always stays:
/// an installation that nobody can administer is one that somebody opens with a database tool.
/// </summary>
internal sealed class UserDesk(Users users, OneTimeLinks links, Sessions sessions, IEngine engine, TimeProvider time)
{
    public async Task<(User User, string Link, OneTimeLink Terms)> InviteAsync(string name, Role role, string actor, CancellationToken cancellation)
    {
        var known = UserName.Require(name);
        RequirePersonal(role);
        var user = new User(known, role, null, null, [], false, time.GetUtcNow(), actor);
        await users.AddAsync(user, "invited", actor, cancellation);
        var (link, terms) = await links.CreateAsync(LinkPurpose.Invitation, known, role, cancellation);
        return (user, link, terms);
    }

    public async Task<User> LockAsync(string name, string actor, CancellationToken cancellation)
    {
        var user = await FindAsync(name, cancellation);
        if (user.IsLocked)
        {
            return user;
        }
        await RequireAnotherAdminAsync(user, cancellation);
        user = await users.ChangeAsync(user.Name, "locked", one => (one with { IsLocked = true }, null, null), actor, cancellation);
        await links.ForgetAsync(user.Name, cancellation);
        await EndSessionsAsync(user.Name, null, "locked", actor, cancellation);
        return user;
    }

    public async Task<User> UnlockAsync(string name, string actor, CancellationToken cancellation)
    {
        var user = await FindAsync(name, cancellation);
        return user.IsLocked
            ? await users.ChangeAsync(user.Name, "unlocked", one => (one with { IsLocked = false }, null, null), actor, cancellation)
            : user;
    }

    public async Task<User> SetRoleAsync(string name, Role role, string actor, CancellationToken cancellation)
    {
        RequirePersonal(role);
        var user = await FindAsync(name, cancellation);
        if (user.Role == role)
        {
            return user;
        }
        await RequireAnotherAdminAsync(user, cancellation);
        user = await users.ChangeAsync(
            user.Name, "role", one => (one with { Role = role }, Permissions.NameOf(one.Role), Permissions.NameOf(role)), actor, cancellation);
        await EndSessionsAsync(user.Name, null, "role", actor, cancellation);
        return user;
    }

    /// <summary>Takes away password and second factor; the link is the only way in, until somebody has used it.</summary>
    public async Task<(User User, string Link, OneTimeLink Terms)> ResetAsync(string name, string actor, CancellationToken cancellation)
    {
        var user = await FindAsync(name, cancellation);
        await RequireAnotherAdminAsync(user, cancellation);
        user = await users.ChangeAsync(
            user.Name, "reset", one => (one with { PasswordHash = null, CodeSecret = null, RecoveryCodes = [] }, null, null), actor, cancellation);
        await EndSessionsAsync(user.Name, null, "reset", actor, cancellation);
        await links.ForgetAsync(user.Name, cancellation);
        var (link, terms) = await links.CreateAsync(LinkPurpose.Reset, user.Name, user.Role, cancellation);
        return (user, link, terms);
    }

    /// <summary>The link at which the first admin chooses a name and a password. Those made before lose their worth.</summary>
    /// <returns>Null where there is an admin already.</returns>
    public async Task<(string Link, OneTimeLink Terms)?> SetUpAsync(bool forgetEarlier, CancellationToken cancellation)
    {
        if (!await users.NeedsSetUpAsync(cancellation))
        {
            return null;
        }
        if (forgetEarlier)
        {
            await links.ForgetSetUpAsync(cancellation);
        }
        return await links.CreateAsync(LinkPurpose.SetUp, "", Role.Admin, cancellation);
    }

    public async Task<User> FindAsync(string name, CancellationToken cancellation) =>
        await users.FindAsync(UserName.Of(name) ?? name, cancellation) ?? throw ApiException.NotFound("user", name);

    public async Task EndSessionsAsync(string user, string? exceptId, string reason, string actor, CancellationToken cancellation)
    {
        var ended = await sessions.EndAllAsync(user, exceptId, cancellation);
        if (ended > 0)
        {
            await engine.RecordAsync([new WorkspaceFact.SessionsEnded(user, ended) { Reason = reason, Actor = actor }], CancellationToken.None);
        }
    }

    public async Task EndSessionAsync(string user, string publicId, string reason, string actor, CancellationToken cancellation)
    {
        if (!await sessions.EndAsync(user, publicId, cancellation))
        {
            throw ApiException.NotFound("session", publicId);
        }
        await engine.RecordAsync([new WorkspaceFact.SessionsEnded(user, 1) { Reason = reason, Actor = actor }], CancellationToken.None);
    }

    /// <summary>Ends the session that a browser has, because whoever sits before it said so.</summary>
    public async Task SignOutAsync(string user, string secret, string actor)
    {
        if (await sessions.EndAsync(secret, CancellationToken.None))
        {
            await engine.RecordAsync([new WorkspaceFact.SessionsEnded(user, 1) { Reason = "signed_out", Actor = actor }], CancellationToken.None);
        }
    }

    private async Task RequireAnotherAdminAsync(User user, CancellationToken cancellation)
    {
        if (user is { Role: Role.Admin, IsActive: true }
            && !(await users.ListAsync(cancellation)).Any(other => other is { Role: Role.Admin, IsActive: true } && other.Name != user.Name))
        {
            throw ApiException.Conflict("last_admin", $"Expected another admin who can sign in beside '{user.Name}', but there is none.");
        }
    }

    private static void RequirePersonal(Role role)
    {
        if (role == Role.Write)
        {
            throw ApiException.BadRequest("bad_role", "Expected a role for people, but 'write' is for keys.", "/role");
        }
    }
}
