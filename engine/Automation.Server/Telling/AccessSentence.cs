using Automation.Core.Deciding;

namespace Automation.Server.Telling;

/// <summary>Facts about who came in, who was kept out, and with which key, as plain sentences.</summary>
internal static class AccessSentence
{
    /// <returns>Null for a fact of another kind.</returns>
    public static string? Of(WorkspaceFact fact, Wording to) => fact switch
    {
        WorkspaceFact.SignedIn signed => to.Say($"{signed.User} signed in from {signed.From} ({signed.Way})", $"{signed.User} 从 {signed.From} 登录（{signed.Way}）"),
        WorkspaceFact.SignInsFailed failed => to.Say(
            (FormattableString)$"{failed.Count} sign-ins failed from {List(failed.From)}{(failed.Users.IsDefaultOrEmpty ? "" : $", as {List(failed.Users)}")}",
            $"{failed.Count} 次登录失败，来自 {List(failed.From)}{(failed.Users.IsDefaultOrEmpty ? "" : $"，用户 {List(failed.Users)}")}"),
        WorkspaceFact.SignInLocked locked => to.Say(
            $"{locked.Subject} is locked out until {to.Show(locked.Until)}, after wrong guesses from {locked.From}",
            $"{locked.Subject} 被锁定至 {to.Show(locked.Until)}，因从 {locked.From} 多次猜错"),
        WorkspaceFact.SessionsEnded ended => to.Say(
            (FormattableString)$"{ended.Count} sessions of {ended.User} ended ({fact.Reason})", $"结束 {ended.User} 的 {ended.Count} 个会话（{fact.Reason}）"),
        WorkspaceFact.UserChanged changed => to.Say(
            $"user {changed.User}: {changed.What}{Change(changed, to)}", $"用户 {changed.User}：{changed.What}{Change(changed, to)}"),
        WorkspaceFact.KeyCreated created => to.Say(
            $"key {created.KeyId} created, role {created.Role}{Only(created, to)}{Until(created, to)}",
            $"创建密钥 {created.KeyId}，角色 {created.Role}{Only(created, to)}{Until(created, to)}"),
        WorkspaceFact.KeyRevoked revoked => to.Say($"key {revoked.KeyId} revoked", $"吊销密钥 {revoked.KeyId}"),
        _ => null,
    };

    private static string List(IEnumerable<string> names) => string.Join(", ", names);

    private static string Only(WorkspaceFact.KeyCreated created, Wording to) =>
        created.Scopes.IsDefaultOrEmpty ? "" : to.Say($", only {List(created.Scopes)}", $"，仅限 {List(created.Scopes)}");

    private static string Until(WorkspaceFact.KeyCreated created, Wording to) =>
        created.ExpiresAt is { } end ? to.Say($", until {to.Show(end)}", $"，到 {to.Show(end)} 为止") : "";

    private static string Change(WorkspaceFact.UserChanged changed, Wording to) => (changed.Before, changed.After) switch
    {
        (null, null) => "",
        (null, var after) => to.Say($", {after}", $"，{after}"),
        (var before, null) => to.Say($", was {before}", $"，原为 {before}"),
        var (before, after) => to.Say($", {after} instead of {before}", $"，由 {before} 改为 {after}"),
    };
}
