using Automation.Core.Deciding;

namespace Automation.Server.Cli.Audit;

/// <summary>Facts about who came in and who was kept out, as sentences.</summary>
internal static class AccessSentence
{
    /// <returns>Null for a fact of another kind.</returns>
    public static string? Of(WorkspaceFact fact) => fact switch
    {
        WorkspaceFact.SignedIn signed => $"{signed.User} signed in from {signed.From} ({signed.Way})",
        WorkspaceFact.SignInsFailed failed => FormattableString.Invariant(
            $"{failed.Count} sign-ins failed from {string.Join(", ", failed.From)}{(failed.Users.IsDefaultOrEmpty ? "" : $", as {string.Join(", ", failed.Users)}")}"),
        WorkspaceFact.SignInLocked locked => FormattableString.Invariant($"{locked.Subject} is locked out until {locked.Until}, after wrong guesses from {locked.From}"),
        WorkspaceFact.SessionsEnded ended => FormattableString.Invariant($"{ended.Count} sessions of {ended.User} ended ({fact.Reason})"),
        WorkspaceFact.UserChanged changed => $"user {changed.User}: {changed.What}{Change(changed)}",
        _ => null,
    };

    private static string Change(WorkspaceFact.UserChanged changed) => (changed.Before, changed.After) switch
    {
        (null, null) => "",
        (null, var after) => $", {after}",
        (var before, null) => $", was {before}",
        var (before, after) => $", {after} instead of {before}",
    };
}
