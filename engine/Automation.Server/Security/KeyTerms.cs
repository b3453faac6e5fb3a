using System.Collections.Immutable;
using Automation.Server.Api;

namespace Automation.Server.Security;

/// <summary>What may be asked of a new key.</summary>
internal static class KeyTerms
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    /// <exception cref="ApiException">A scope is none, or the role may not have it.</exception>
    public static ImmutableArray<Permission>? Require(Role role, IReadOnlyList<Permission>? scopes)
    {
        if (scopes is null)
        {
            return null;
        }
        if (scopes.Count == 0 || scopes.Any(one => !Permissions.Scopes.Contains(one) || !Permissions.Allow(role, one)))
        {
            var may = string.Join(", ", Permissions.Scopes.Where(one => Permissions.Allow(role, one)).Select(Permissions.NameOf));
            throw ApiException.BadRequest("bad_scopes", $"Expected some of {may}, which is what the role {Permissions.NameOf(role)} may, but found none or another one.", "/scopes");
        }
        return [.. scopes.Distinct().Order()];
    }

    /// <exception cref="ApiException">It is over already, or so late that it means never.</exception>
    public static void Require(DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (expiresAt is { } end && (end <= now || end - now > Longest))
        {
            throw ApiException.BadRequest("bad_expiry", "Expected a time to come, within ten years, but found another one.", "/expires_at");
        }
    }
}
