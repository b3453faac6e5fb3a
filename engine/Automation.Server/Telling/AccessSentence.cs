using Automation.Core.Deciding;

namespace Automation.Server.Telling;

/// <summary>Facts about who came in, who was kept out, and with which key, as plain sentences.</summary>
internal static class AccessSentence
{
    /// <returns>Null for a fact of another kind.</returns>
    public static string? Of(WorkspaceFact fact, Wording to) => fact switch
    {
        WorkspaceFact.SignedIn signed => to.Say($"{signed.User} signed in from {signed.From} ({Way(signed.Way, to)})", $"{signed.User} 从 {signed.From} 登录（{Way(signed.Way, to)}）"),
        WorkspaceFact.SignInsFailed failed => to.Say(
            $"{Counted.Of(failed.Count, "sign-in")} failed from {List(failed.From)}{(failed.Users.IsDefaultOrEmpty ? "" : $", as {List(failed.Users)}")}",
            (FormattableString)$"{failed.Count} 次登录失败，来自 {List(failed.From)}{(failed.Users.IsDefaultOrEmpty ? "" : $"，用户 {List(failed.Users)}")}"),
        WorkspaceFact.SignInLocked locked => to.Say(
            $"{locked.Subject} is locked out until {to.Show(locked.Until)}, after wrong guesses from {locked.From}",
            $"{locked.Subject} 被锁定至 {to.Show(locked.Until)}，因从 {locked.From} 多次猜错"),
        WorkspaceFact.SessionsEnded ended => to.Say(
            $"{Counted.Of(ended.Count, "session")} of {ended.User} ended ({End(fact.Reason, to)})", (FormattableString)$"结束 {ended.User} 的 {ended.Count} 个登录（{End(fact.Reason, to)}）"),
        WorkspaceFact.UserChanged changed => to.Say(
            $"user {changed.User}: {changed.What}{Change(changed, to)}", $"用户 {changed.User}：{changed.What}{Change(changed, to)}"),
        WorkspaceFact.KeyCreated created => to.Say(
            $"key {created.KeyId} created, role {created.Role}{Only(created, to)}{Until(created, to)}",
            $"创建密钥 {created.KeyId}，角色 {created.Role}{Only(created, to)}{Until(created, to)}"),
        WorkspaceFact.KeyRevoked revoked => to.Say($"key {revoked.KeyId} revoked", $"吊销密钥 {revoked.KeyId}"),
        _ => null,
    };

    private static string Way(string way, Wording to) => way switch
    {
        "password" => to.Say("password", "密码"),
        "password_and_code" => to.Say("password and second factor", "密码和两步验证"),
        "link" => to.Say("a link", "链接"),
        "recovery_code" => to.Say("password and recovery code", "密码和恢复码"),
        _ => way.Replace('_', ' '),
    };

    private static string End(string? reason, Wording to) => reason switch
    {
        "signed_out" => to.Say("signed out", "已退出"),
        "password" => to.Say("the password changed", "密码已改"),
        "role" => to.Say("the role changed", "角色已改"),
        "own" => to.Say("by themselves", "本人结束"),
        "admin" => to.Say("by an admin", "管理员结束"),
        "locked" => to.Say("the user was locked", "用户已锁定"),
        "reset" => to.Say("the password was reset", "密码已重设"),
        _ => reason?.Replace('_', ' ') ?? "",
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
