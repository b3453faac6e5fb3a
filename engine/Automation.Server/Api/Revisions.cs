using System.Globalization;
using Automation.Runtime.Ports;

namespace Automation.Server.Api;

/// <summary>
/// Two people edit one document: the revision each started from goes back in <c>If-Match</c>, and the second gets a conflict instead
/// of the first one's work.
/// </summary>
internal static class Revisions
{
    public static void Tell(HttpContext context, int revision) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>What the editor started from: 0 for a new document.</summary>
    public static int Expected(HttpContext context, Definition? known)
    {
        var header = context.Request.Headers.IfMatch.ToString().Trim();
        if (header.Length == 0)
        {
            return known is null
                ? 0
                : throw new ApiException(
                    StatusCodes.Status428PreconditionRequired, "revision_required",
                    "Expected the header If-Match with the revision the edit began from, but it is missing.")
                { Revision = known.Revision };
        }
        if (!int.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var expected))
        {
            throw ApiException.BadRequest("bad_revision", "Expected If-Match to hold a revision such as \"3\", but found another text.");
        }
        return expected == (known?.Revision ?? 0) ? expected : throw Conflict(expected, known?.Revision ?? 0);
    }

    public static ApiException Conflict(int expected, int found) =>
        new(StatusCodes.Status412PreconditionFailed, "revision_conflict", $"Expected revision {expected}, but somebody saved meanwhile: it is {found}.")
        {
            Revision = found,
        };
}

/// <summary>Keys of definitions are words for URLs, files and people.</summary>
internal static class DefinitionKeys
{
    private const int LengthMax = 100;

    public static void Require(string key)
    {
        if (key.Length is 0 or > LengthMax || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw ApiException.BadRequest("bad_key", $"Expected a key of 1 to {LengthMax} letters, digits, _ and -, but found another.");
        }
    }
}
