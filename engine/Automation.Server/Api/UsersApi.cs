using Automation.Server.Security;
using Automation.Server.SignIn;

namespace Automation.Server.Api;

/// <summary>Users, for admins: invite, lock, change the role, reset, and end sessions.</summary>
internal static class UsersApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/users").WithTags("users");
        users.MapGet("", ListAsync).Needs(Permission.Administer).WithName("users_list").WithSummary("All users.");
        users.MapPost("", InviteAsync).Needs(Permission.Administer).WithName("users_invite")
            .WithSummary("Invites somebody; the link is shown this once.").Produces<InvitedAnswer>(201);
        users.MapPost("set-up-link", SetUpAsync).Needs(Permission.Administer).WithName("users_set_up_link")
            .WithSummary("The first admin's link made anew, where it was lost; earlier ones lose their worth.");
        users.MapPut("{name}/role", SetRoleAsync).Needs(Permission.Administer).WithName("users_role").WithSummary("Gives another role, and ends the sessions.");
        users.MapPost("{name}/lock", LockAsync).Needs(Permission.Administer).WithName("users_lock").WithSummary("Lets the user in no more, and ends the sessions.");
        users.MapPost("{name}/unlock", UnlockAsync).Needs(Permission.Administer).WithName("users_unlock").WithSummary("Lets the user in again.");
        users.MapPost("{name}/reset", ResetAsync).Needs(Permission.Administer).WithName("users_reset")
            .WithSummary("Takes away password and second factor; the link to choose another one is shown this once.");
        users.MapGet("{name}/sessions", SessionsAsync).Needs(Permission.Administer).WithName("users_sessions").WithSummary("Where the user is signed in.");
        users.MapDelete("{name}/sessions", EndAllAsync).Needs(Permission.Administer).WithName("users_sessions_end")
            .WithSummary("Signs the user out everywhere.").Produces(204);
        users.MapDelete("{name}/sessions/{id}", EndAsync).Needs(Permission.Administer).WithName("users_session_end")
            .WithSummary("Ends one of the user's sessions.").Produces(204);
    }

    private static async Task<UsersAnswer> ListAsync(Users users, CancellationToken cancellation) =>
        new([.. (await users.ListAsync(cancellation)).Select(UserAnswer.Of)]);

    private static async Task<IResult> InviteAsync(HttpContext context, UserDesk desk, Invitation asked, CancellationToken cancellation)
    {
        var invited = await desk.InviteAsync(asked.Name, asked.Role, context.Actor(), cancellation);
        return Results.Json(InvitedAnswer.Of(context, invited), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<LinkMadeAnswer> SetUpAsync(HttpContext context, UserDesk desk, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await desk.SetUpAsync(forgetEarlier: true, cancellation) is var (link, terms)
            ? new LinkMadeAnswer(OneTimeLinks.PathOf(link), terms.ExpiresAt)
            : throw ApiException.Conflict("already_set_up", "Expected an installation without an admin, but there is one.");
    }

    private static async Task<UserAnswer> SetRoleAsync(HttpContext context, UserDesk desk, string name, NewRole asked, CancellationToken cancellation) =>
        UserAnswer.Of(await desk.SetRoleAsync(name, asked.Role, context.Actor(), cancellation));

    private static async Task<UserAnswer> LockAsync(HttpContext context, UserDesk desk, string name, CancellationToken cancellation) =>
        UserAnswer.Of(await desk.LockAsync(name, context.Actor(), cancellation));

    private static async Task<UserAnswer> UnlockAsync(HttpContext context, UserDesk desk, string name, CancellationToken cancellation) =>
        UserAnswer.Of(await desk.UnlockAsync(name, context.Actor(), cancellation));

    private static async Task<InvitedAnswer> ResetAsync(HttpContext context, UserDesk desk, string name, CancellationToken cancellation) =>
        InvitedAnswer.Of(context, await desk.ResetAsync(name, context.Actor(), cancellation));

    private static async Task<SessionApi.SessionsAnswer> SessionsAsync(HttpContext context, UserDesk desk, Sessions sessions, string name, CancellationToken cancellation)
    {
        var user = await desk.FindAsync(name, cancellation);
        return SessionApi.SessionsAnswer.Of(await sessions.ListAsync(user.Name, cancellation), context.Caller().SessionId);
    }

    private static async Task<IResult> EndAllAsync(HttpContext context, UserDesk desk, string name, CancellationToken cancellation)
    {
        var user = await desk.FindAsync(name, cancellation);
        await desk.EndSessionsAsync(user.Name, null, "admin", context.Actor(), cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> EndAsync(HttpContext context, UserDesk desk, string name, string id, CancellationToken cancellation)
    {
        var user = await desk.FindAsync(name, cancellation);
        await desk.EndSessionAsync(user.Name, id, "admin", context.Actor(), cancellation);
        return Results.NoContent();
    }

    internal sealed record Invitation(string Name, Role Role);

    internal sealed record NewRole(Role Role);

    /// <param name="State"><c>invited</c>, <c>active</c> or <c>locked</c>.</param>
    internal sealed record UserAnswer(string Name, Role Role, UserState State, bool SecondFactor, DateTimeOffset CreatedAt, string CreatedBy)
    {
        public static UserAnswer Of(User user) => new(
            user.Name, user.Role, user.IsLocked ? UserState.Locked : user.PasswordHash is null ? UserState.Invited : UserState.Active,
            user.HasSecondFactor, user.CreatedAt, user.CreatedBy);
    }

    internal enum UserState
    {
        /// <summary>Has a link and no password yet.</summary>
        Invited,
        Active,
        Locked,
    }

    internal sealed record UsersAnswer(IReadOnlyList<UserAnswer> Users);

    /// <param name="Path">Behind this server's address.</param>
    internal sealed record LinkMadeAnswer(string Path, DateTimeOffset ExpiresAt);

    internal sealed record InvitedAnswer(UserAnswer User, LinkMadeAnswer Link)
    {
        public static InvitedAnswer Of(HttpContext context, (User User, string Link, OneTimeLink Terms) invited)
        {
            context.Response.Headers.CacheControl = "no-store";
            return new InvitedAnswer(UserAnswer.Of(invited.User), new LinkMadeAnswer(OneTimeLinks.PathOf(invited.Link), invited.Terms.ExpiresAt));
        }
    }
}
