using Automation.Server.Security;
using Automation.Server.SignIn;

namespace Automation.Server.Api;

/// <summary>Signing in and out, and what people do about their own account. Secrets travel in bodies, never in addresses.</summary>
internal static class SessionApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session").WithTags("session");
        session.MapPost("", SignInAsync).Needs(Permission.None).WithName("session_open")
            .WithSummary("Signs in. The answer sets the session's cookie; a user with a second factor needs its code as well (code_needed).");
        session.MapGet("", Get).Needs(Permission.Self).WithName("session_get").WithSummary("Who is signed in, with the token that changes need in X-CSRF-Token.");
        session.MapDelete("", SignOutAsync).Needs(Permission.Self).WithName("session_close").WithSummary("Signs out.").Produces(204);
        session.MapPost("password", ChangePasswordAsync).Needs(Permission.Self).WithName("session_password")
            .WithSummary("Changes the password and ends all other sessions.").Produces(204);
        session.MapPost("second-factor", OfferAsync).Needs(Permission.Self).WithName("session_second_factor_offer")
            .WithSummary("A secret for an authenticator app; it counts once its first code is sent.");
        session.MapPut("second-factor", TakeAsync).Needs(Permission.Self).WithName("session_second_factor_take")
            .WithSummary("Takes the second factor into use; the recovery codes are shown this once.");
        session.MapPost("second-factor/leave", LeaveAsync).Needs(Permission.Self).WithName("session_second_factor_leave")
            .WithSummary("Does without the second factor again.").Produces(204);
        session.MapGet("all", ListAsync).Needs(Permission.Self).WithName("session_list").WithSummary("Where one is signed in.");
        session.MapDelete("all/{id}", EndAsync).Needs(Permission.Self).WithName("session_end").WithSummary("Ends one of one's own sessions.").Produces(204);
        var links = routes.MapGroup("/api/links").WithTags("session");
        links.MapPost("look", LookAsync).Needs(Permission.None).WithName("links_look").WithSummary("What a set-up, invitation or reset link is good for.");
        links.MapPost("use", UseAsync).Needs(Permission.None).WithName("links_use").WithSummary("Uses a link up: chooses a password, and signs in.");
    }

    private static async Task<SignedInAnswer> SignInAsync(HttpContext context, SignInDesk desk, Sessions sessions, Credentials asked, CancellationToken cancellation)
    {
        CrossSite.Refuse(context.Request);
        var (secret, user) = await desk.SignInAsync(asked.Name, asked.Password, asked.Code, Visitor.Of(context), cancellation);
        return await GiveAsync(context, sessions, secret, user);
    }

    private static SignedInAnswer Get(HttpContext context)
    {
        NotKept(context);
        return Answer(context.Caller().User!, SessionCookie.Secret(context.Request));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, UserDesk desk)
    {
        await desk.SignOutAsync(context.Caller().User!.Name, SessionCookie.Secret(context.Request), context.Actor());
        SessionCookie.Take(context);
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext context, OwnDesk desk, PasswordChange asked, CancellationToken cancellation)
    {
        var caller = context.Caller();
        await desk.ChangePasswordAsync(caller.User!, caller.SessionId!, asked.Password, asked.NewPassword, Visitor.Of(context), cancellation);
        return Results.NoContent();
    }

    private static async Task<OfferAnswer> OfferAsync(HttpContext context, OwnDesk desk, PasswordAgain asked, CancellationToken cancellation)
    {
        NotKept(context);
        var (secret, uri) = await desk.OfferSecondFactorAsync(context.Caller().User!, asked.Password, Visitor.Of(context), cancellation);
        return new OfferAnswer(secret, uri);
    }

    private static async Task<RecoveryAnswer> TakeAsync(HttpContext context, OwnDesk desk, FirstCode asked, CancellationToken cancellation)
    {
        NotKept(context);
        return new RecoveryAnswer([.. await desk.TakeSecondFactorAsync(context.Caller().User!, asked.Code, cancellation)]);
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, OwnDesk desk, PasswordAgain asked, CancellationToken cancellation)
    {
        await desk.LeaveSecondFactorAsync(context.Caller().User!, asked.Password, Visitor.Of(context), cancellation);
        return Results.NoContent();
    }

    private static async Task<SessionsAnswer> ListAsync(HttpContext context, Sessions sessions, CancellationToken cancellation)
    {
        var caller = context.Caller();
        return SessionsAnswer.Of(await sessions.ListAsync(caller.User!.Name, cancellation), caller.SessionId);
    }

    private static async Task<IResult> EndAsync(HttpContext context, UserDesk desk, string id, CancellationToken cancellation)
    {
        await desk.EndSessionAsync(context.Caller().User!.Name, id, "own", context.Actor(), cancellation);
        return Results.NoContent();
    }

    private static async Task<LinkAnswer> LookAsync(HttpContext context, OwnDesk desk, LinkSecret asked, CancellationToken cancellation)
    {
        NotKept(context);
        var link = await desk.LookAsync(asked.Link, cancellation);
        return new LinkAnswer(link.Purpose, link.User.Length > 0 ? link.User : null, link.Role, link.ExpiresAt);
    }

    private static async Task<SignedInAnswer> UseAsync(HttpContext context, OwnDesk desk, Sessions sessions, LinkUse asked, CancellationToken cancellation)
    {
        CrossSite.Refuse(context.Request);
        var (secret, user) = await desk.UseLinkAsync(asked.Link, asked.Name, asked.Password, Visitor.Of(context), cancellation);
        return await GiveAsync(context, sessions, secret, user);
    }

    /// <summary>Always a new session: one that a browser brought along, whoever put it there, ends here.</summary>
    private static async Task<SignedInAnswer> GiveAsync(HttpContext context, Sessions sessions, string secret, User user)
    {
        await sessions.EndAsync(SessionCookie.Secret(context.Request), CancellationToken.None);
        SessionCookie.Give(context, secret);
        NotKept(context);
        return Answer(user, secret);
    }

    private static SignedInAnswer Answer(User user, string secret) =>
        new(user.Name, user.Role, user.HasSecondFactor, user.RecoveryCodes.Length, SessionCookie.TokenOf(secret));

    private static void NotKept(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    internal sealed record Credentials(string Name, string Password, string? Code = null);

    /// <param name="Password">As it is now.</param>
    internal sealed record PasswordChange(string Password, string NewPassword);

    internal sealed record PasswordAgain(string Password);

    internal sealed record FirstCode(string Code);

    internal sealed record LinkSecret(string Link);

    /// <param name="Name">For the first admin; others have theirs.</param>
    internal sealed record LinkUse(string Link, string Password, string? Name = null);

    /// <param name="CsrfToken">Goes into X-CSRF-Token with every change.</param>
    internal sealed record SignedInAnswer(string Name, Role Role, bool SecondFactor, int RecoveryCodes, string CsrfToken);

    /// <param name="Secret">For typing in.</param>
    /// <param name="Uri">For a picture that the app reads.</param>
    internal sealed record OfferAnswer(string Secret, string Uri);

    internal sealed record RecoveryAnswer(IReadOnlyList<string> RecoveryCodes);

    /// <param name="Name">Null for the first admin.</param>
    internal sealed record LinkAnswer(LinkPurpose Purpose, string? Name, Role Role, DateTimeOffset ExpiresAt);

    internal sealed record SessionAnswer(string Id, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string From, string Agent, bool IsThis);

    internal sealed record SessionsAnswer(IReadOnlyList<SessionAnswer> Sessions)
    {
        public static SessionsAnswer Of(IEnumerable<Session> sessions, string? thisId) =>
            new([.. sessions.Select(one => new SessionAnswer(one.PublicId, one.CreatedAt, one.SeenAt, one.From, one.Agent, one.Id == thisId))]);
    }
}
