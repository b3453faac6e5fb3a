using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.SignIn;

/// <summary>Where a sign-in comes from.</summary>
internal sealed record Visitor(string From, string Agent)
{
    public static Visitor Of(HttpContext context) => new(Address.Of(context), context.Request.Headers.UserAgent.ToString());
}

/// <summary>
/// Lets people in. Whatever is wrong (no such user, locked, not set up, password, code) gets the same answer after the same work, and
/// counts as a guess; only whoever knows the password learns that a code is needed.
/// </summary>
internal sealed class SignInDesk(
    Users users, Passwords passwords, GuessLimits limits, Sessions sessions, FailedSignIns failures, SecretBox secrets, IAccessStore store, IEngine engine,
    TimeProvider time)
{
    private const string CodeKind = "code";

    /// <returns>The session's text for the browser.</returns>
    public async Task<(string Secret, User User)> SignInAsync(string name, string password, string? code, Visitor visitor, CancellationToken cancellation)
    {
        var known = UserName.Of(name);
        var account = $"user:{known ?? "?"}";
        var address = $"address:{Address.Counted(visitor.From)}";
        var user = known is null ? null : await users.FindAsync(known, cancellation);
        await TakeAsync(address, address, GuessLimits.PerAddress, visitor, cancellation);
        // A name that nobody has may be a password in the wrong field: it is counted, and no fact tells it.
        await TakeAsync(account, user is null ? "user:?" : account, GuessLimits.PerAccount, visitor, cancellation);
        var isRight = await passwords.VerifyAsync(user is { IsActive: true } ? user.PasswordHash : null, password, cancellation);
        if (!isRight || user is null)
        {
            await failures.NoteAsync(user?.Name, visitor.From);
            throw Wrong();
        }
        var way = "password";
        if (user.CodeSecret is not null)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                await limits.GiveBackAsync(account, cancellation);
                await limits.GiveBackAsync(address, cancellation);
                throw new ApiException(StatusCodes.Status401Unauthorized, "code_needed", "Expected the code of the second factor as well, but there is none.");
            }
            way = await SecondFactorAsync(user, code.Trim(), cancellation);
            if (way.Length == 0)
            {
                await failures.NoteAsync(user.Name, visitor.From);
                throw Wrong();
            }
        }
        await limits.ClearAsync(account, cancellation);
        await limits.GiveBackAsync(address, cancellation);
        if (way == "recovery_code")
        {
            user = await users.FindAsync(user.Name, cancellation) ?? throw Wrong(); // It has one code less.
        }
        return (await OpenAsync(user, way, visitor, cancellation), user);
    }

    /// <summary>The session, and then the fact; where the ledger cannot take it, nobody is let in.</summary>
    public async Task<string> OpenAsync(User user, string way, Visitor visitor, CancellationToken cancellation)
    {
        var (secret, _) = await sessions.OpenAsync(user.Name, visitor.From, visitor.Agent, cancellation);
        try
        {
            await engine.RecordAsync([new WorkspaceFact.SignedIn(user.Name, way, visitor.From) { Actor = user.Actor }], CancellationToken.None);
        }
        catch
        {
            await sessions.EndAsync(secret, CancellationToken.None);
            throw;
        }
        return secret;
    }

    /// <summary>Whether it is this user's password, for what needs it again. It counts as a guess as well.</summary>
    public async Task RequirePasswordAsync(User user, string password, Visitor visitor, CancellationToken cancellation)
    {
        var account = $"user:{user.Name}";
        await TakeAsync(account, account, GuessLimits.PerAccount, visitor, cancellation);
        if (!await passwords.VerifyAsync(user.PasswordHash, password, cancellation))
        {
            await failures.NoteAsync(user.Name, visitor.From);
            throw ApiException.BadRequest("wrong_password", "Expected your password as it is now, but this is another one.", "/password");
        }
        await limits.GiveBackAsync(account, cancellation);
    }

    /// <returns>How it was answered, or nothing when it was wrong.</returns>
    private async Task<string> SecondFactorAsync(User user, string code, CancellationToken cancellation)
    {
        var secret = Convert.FromBase64String(secrets.Reveal(user.CodeSecret!));
        if (Totp.StepOf(secret, code, time.GetUtcNow()) is { } step)
        {
            return await UseUpAsync(user.Name, step, cancellation) ? "password_and_code" : "";
        }
        if (RecoveryCodes.Find(user.RecoveryCodes, code) is not { } hash)
        {
            return "";
        }
        // Used up before it opens anything: of two who use it at once, the slower one is refused.
        await users.ChangeAsync(
            user.Name, "recovery_code_used",
            now => now.RecoveryCodes.Contains(hash, StringComparer.Ordinal)
                ? (now with { RecoveryCodes = now.RecoveryCodes.Remove(hash) }, null, FormattableString.Invariant($"{now.RecoveryCodes.Length - 1} left"))
                : throw Wrong(),
            user.Actor, cancellation);
        return "recovery_code";
    }

    /// <summary>A code is good once: who looked over a shoulder comes too late.</summary>
    private async Task<bool> UseUpAsync(string user, long step, CancellationToken cancellation)
    {
        var used = FormattableString.Invariant($"{step}");
        var record = await store.FindAsync(CodeKind, user, cancellation);
        return (record is null || long.Parse(record.Document, System.Globalization.CultureInfo.InvariantCulture) < step)
            && await store.PutAsync((record ?? new AccessRecord(CodeKind, user, user, 0, "", null)) with { Document = used }, cancellation);
    }

    private async Task TakeAsync(string subject, string told, int most, Visitor visitor, CancellationToken cancellation)
    {
        var (until, isNew) = await limits.TakeAsync(subject, most, cancellation);
        if (until is not { } end)
        {
            return;
        }
        if (isNew)
        {
            await engine.RecordAsync([new WorkspaceFact.SignInLocked(told, visitor.From, Instant.FromDateTimeOffset(end))], CancellationToken.None);
        }
        throw new ApiException(StatusCodes.Status429TooManyRequests, "locked_out", "Expected fewer wrong guesses, but there were too many; wait before the next one.")
        {
            RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling((end - time.GetUtcNow()).TotalSeconds)),
        };
    }

    private static ApiException Wrong() =>
        new(StatusCodes.Status401Unauthorized, "wrong_credentials", "Expected a name and its password (and its code, where it has one), but they are wrong.");
}
