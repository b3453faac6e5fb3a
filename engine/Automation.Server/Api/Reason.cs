namespace Automation.Server.Api;

/// <summary>Why a person does what cannot be undone, in their own words. Whoever reads the ledger in a year wants to know.</summary>
internal static class Reason
{
    private const int LengthMax = 500;

    /// <exception cref="ApiException">There is none, or it is too long.</exception>
    public static string Of(string? reason) => reason?.Trim() is { Length: > 0 and <= LengthMax } given
        ? given
        : throw ApiException.BadRequest("reason_required", $"Expected a reason of 1 to {LengthMax} characters, but there is none or it is longer.", "/reason");
}
