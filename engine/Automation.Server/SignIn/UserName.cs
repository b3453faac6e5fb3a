using System.Text;
using System.Text.RegularExpressions;
using Automation.Server.Api;

namespace Automation.Server.SignIn;

/// <summary>
/// What people sign in with and what the ledger calls them, so it never changes. One spelling for each: what looks the same and what
/// differs only in capitals is the same name.
/// </summary>
internal static partial class UserName
{
    /// <returns>Null where the text is no name.</returns>
    public static string? Of(string text)
    {
        if (text.Length > 200)
        {
            return null;
        }
        try
        {
            var name = text.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
            return Allowed().IsMatch(name) ? name : null;
        }
        catch (ArgumentException)
        {
            return null; // Half of a surrogate pair.
        }
    }

    public static string Require(string text, string pointer = "/name") => Of(text) ?? throw ApiException.BadRequest(
        "bad_name", "Expected a name of 2 to 64 letters, digits and . _ - @ that begins with a letter or digit, but found another text.", pointer);

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
