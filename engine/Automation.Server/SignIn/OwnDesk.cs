using System.Collections.Immutable;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.SignIn;

/// <summary>What people do about themselves: use a link, change the password, take or leave a second factor.</summary>
internal sealed class OwnDesk(
    Users users, UserDesk desk, OneTimeLinks links, Passwords passwords, SignInDesk signIns, SecretBox secrets, IAccessStore store, TimeProvider time)
{
    private const string PendingKind = "second_factor";

    private static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(10);

    public async Task<OneTimeLink> LookAsync(string secret, CancellationToken cancellation) =>
        await links.FindAsync(secret, cancellation) ?? throw UnknownLink();

    /// <summary>Everything is looked at before the link is used up, so that a weak password costs none.</summary>
    /// <returns>A session for who used it, at once.</returns>
    public async Task<(string Secret, User User)> UseLinkAsync(string secret, string? name, string password, Visitor visitor, CancellationToken cancellation)
    {
        var link = await LookAsync(secret, cancellation);
        var known = link.Purpose == LinkPurpose.SetUp ? UserName.Require(name ?? "") : link.User;
        Passwords.Require(password, known);
        if (link.Purpose == LinkPurpose.SetUp)
        {
            if (!await users.NeedsSetUpAsync(cancellation))
            {
                throw ApiException.Conflict("already_set_up", "Expected an installation without an admin, but there is one: ask for an invitation.");
            }
            if (await users.FindAsync(known, cancellation) is not null)
            {
                throw ApiException.Conflict("user_exists", $"Expected a name that nobody has, but there is a user '{known}'.");
            }
        }
        var hash = await passwords.HashAsync(password, cancellation);
        if (!await links.UseUpAsync(secret, cancellation))
        {
            throw UnknownLink();
        }
        var user = link.Purpose == LinkPurpose.SetUp
            ? await AddFirstAsync(new User(known, Role.Admin, hash, null, [], false, time.GetUtcNow(), "set-up link"))
            : await users.ChangeAsync(
                known, "password",
                one => one.IsLocked ? throw UnknownLink() : (one with { PasswordHash = hash }, null, Word(link.Purpose)), $"user:{known}", CancellationToken.None);
        return (await signIns.OpenAsync(user, "link", visitor, CancellationToken.None), user);
    }

    /// <summary>Ends all other sessions: who had the old password is out.</summary>
    public async Task ChangePasswordAsync(User user, string sessionId, string old, string fresh, Visitor visitor, CancellationToken cancellation)
    {
        Passwords.Require(fresh, user.Name, "/new_password");
        await signIns.RequirePasswordAsync(user, old, visitor, cancellation);
        var hash = await passwords.HashAsync(fresh, cancellation);
        await users.ChangeAsync(user.Name, "password", one => (one with { PasswordHash = hash }, null, "changed"), user.Actor, cancellation);
        await desk.EndSessionsAsync(user.Name, sessionId, "password", user.Actor, CancellationToken.None);
    }

    /// <summary>A secret to put into an app; it counts from the first right code on.</summary>
    public async Task<(string Secret, string Uri)> OfferSecondFactorAsync(User user, string password, Visitor visitor, CancellationToken cancellation)
    {
        await signIns.RequirePasswordAsync(user, password, visitor, cancellation);
        var secret = Totp.CreateSecret();
        var expiry = Instant.FromDateTimeOffset(time.GetUtcNow() + PendingFor);
        await store.DeleteAsync(PendingKind, user.Name, cancellation);
        await store.PutAsync(new AccessRecord(PendingKind, user.Name, user.Name, 0, secrets.Hide(Convert.ToBase64String(secret)), expiry), cancellation);
        return (Rfc4648.Of(secret), Totp.UriOf(secret, user.Name));
    }

    /// <returns>Recovery codes, to be shown this once.</returns>
    public async Task<ImmutableArray<string>> TakeSecondFactorAsync(User user, string code, CancellationToken cancellation)
    {
        var pending = await store.FindAsync(PendingKind, user.Name, cancellation);
        if (pending is null || pending.ExpiresAt <= Instant.FromDateTimeOffset(time.GetUtcNow()))
        {
            throw ApiException.Conflict("not_offered", "Expected a secret that was made in the last ten minutes, but there is none.");
        }
        if (Totp.StepOf(Convert.FromBase64String(secrets.Reveal(pending.Document)), code.Trim(), time.GetUtcNow()) is null)
        {
            throw ApiException.BadRequest("wrong_code", "Expected the code that the app shows now, but this is another one. Is the clock right?", "/code");
        }
        var (texts, hashes) = RecoveryCodes.Create();
        await users.ChangeAsync(
            user.Name, "second_factor", one => (one with { CodeSecret = pending.Document, RecoveryCodes = hashes }, State(one), "on"), user.Actor, cancellation);
        await store.DeleteAsync(PendingKind, user.Name, CancellationToken.None);
        return texts;
    }

    public async Task LeaveSecondFactorAsync(User user, string password, Visitor visitor, CancellationToken cancellation)
    {
        await signIns.RequirePasswordAsync(user, password, visitor, cancellation);
        await users.ChangeAsync(user.Name, "second_factor", one => (one with { CodeSecret = null, RecoveryCodes = [] }, State(one), "off"), user.Actor, cancellation);
    }

    private async Task<User> AddFirstAsync(User user)
    {
        await users.AddAsync(user, "set_up", user.Actor, CancellationToken.None);
        await links.ForgetSetUpAsync(CancellationToken.None);
        return user;
    }

    private static string State(User user) => user.HasSecondFactor ? "on" : "off";

    private static string Word(LinkPurpose purpose) => purpose == LinkPurpose.Reset ? "after a reset" : "by invitation";

    private static ApiException UnknownLink() =>
        new(StatusCodes.Status401Unauthorized, "unknown_link", "Expected a link that is known, unused and not too old, but this one is not.");
}
