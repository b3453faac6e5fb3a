using Automation.Core.Journeys.Linting;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>A request that is answered with a problem (RFC 9457). Thrown anywhere below a route, written in one place.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Stable, <c>snake_case</c>.</param>
/// <param name="message">"Expected …, but …".</param>
internal sealed class ApiException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>JSON pointer into the request's body; null when it is not about the body.</summary>
    public string? Pointer { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>What lint says, where a document was refused.</summary>
    public IReadOnlyList<Finding>? Findings { get; init; }

    /// <summary>The revision that stands there now, where somebody saved in between.</summary>
    public int? Revision { get; init; }

    public static ApiException NotFound(string what, string key) =>
        new(StatusCodes.Status404NotFound, "not_found", $"Expected {An(what)} '{key}', but there is none.");

    /// <summary>The same, where there is a list of those that there are.</summary>
    public static ApiException NotFound(string what, string key, IEnumerable<string> known) =>
        new(StatusCodes.Status404NotFound, "not_found", $"Expected {An(what)} '{key}', but there is none.{Nearest.Hint(key, known)}");

    /// <summary>The same for a document of the workspace.</summary>
    public static async ValueTask<ApiException> NotFoundAsync(IDefinitionStore store, string kind, string what, string key, CancellationToken cancellation) =>
        NotFound(what, key, (await store.ListAsync(kind, cancellation)).Select(one => one.Key));

    public static ApiException BadRequest(string code, string message, string? pointer = null) =>
        new(StatusCodes.Status400BadRequest, code, message) { Pointer = pointer };

    public static ApiException Conflict(string code, string message) => new(StatusCodes.Status409Conflict, code, message);

    public static ApiException NoKey(bool wasGiven) => wasGiven
        ? new(StatusCodes.Status401Unauthorized, "unknown_key", "Expected a key that is known here and has not expired, but this one is not.")
        : new(StatusCodes.Status401Unauthorized, "missing_key", "Expected a session, or a key as user name (Basic) or token (Bearer), but there is neither.");

    public static ApiException Forbidden(Role role, Permission needed) => new(
        StatusCodes.Status403Forbidden, "forbidden",
        $"Expected a role, and a key whose scopes, may {Permissions.NameOf(needed)}, but {Permissions.NameOf(role)} may not, or the key's scopes leave it out.");

    private static string An(string what) => what[0] is 'a' or 'e' or 'i' or 'o' ? $"an {what}" : $"a {what}";

    public static ApiException TooBusy(int waiting, int most) =>
        new(StatusCodes.Status429TooManyRequests, "too_many_requests", $"Expected at most {most} events in the queue, but {waiting} are waiting.")
        {
            RetryAfterSeconds = 1,
        };
}
