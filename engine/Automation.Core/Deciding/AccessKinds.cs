using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>The rows of the table of kinds for facts about who comes in.</summary>
internal static class AccessKinds
{
    public static ImmutableArray<FactKind> All { get; } =
    [
        FactKind.Of<WorkspaceFact.SignedIn>(
            "signed_in",
            static (to, f) =>
            {
                to.Text("user"u8, f.User);
                to.Text("way"u8, f.Way);
                to.Text("from"u8, f.From);
            },
            static (in f) => new WorkspaceFact.SignedIn(f.Details.Text("user"u8), f.Details.Text("way"u8), f.Details.Text("from"u8))),
        FactKind.Of<WorkspaceFact.SignInsFailed>(
            "sign_ins_failed",
            static (to, f) =>
            {
                to.Whole("count"u8, f.Count);
                to.Whole("unknown_names"u8, f.UnknownNames);
                to.Texts("users"u8, f.Users);
                to.Texts("from"u8, f.From);
                to.Time("since"u8, f.Since);
            },
            static (in f) => new WorkspaceFact.SignInsFailed(
                f.Details.Whole("count"u8), f.Details.Whole("unknown_names"u8), f.Details.Texts("users"u8), f.Details.Texts("from"u8), f.Details.Time("since"u8))),
        FactKind.Of<WorkspaceFact.SignInLocked>(
            "sign_in_locked",
            static (to, f) =>
            {
                to.Text("subject"u8, f.Subject);
                to.Text("from"u8, f.From);
                to.Time("until"u8, f.Until);
            },
            static (in f) => new WorkspaceFact.SignInLocked(f.Details.Text("subject"u8), f.Details.Text("from"u8), f.Details.Time("until"u8))),
        FactKind.Of<WorkspaceFact.SessionsEnded>(
            "sessions_ended",
            static (to, f) =>
            {
                to.Text("user"u8, f.User);
                to.Whole("count"u8, f.Count);
            },
            static (in f) => new WorkspaceFact.SessionsEnded(f.Details.Text("user"u8), f.Details.Whole("count"u8))),
        FactKind.Of<WorkspaceFact.UserChanged>(
            "user_changed",
            static (to, f) =>
            {
                to.Text("user"u8, f.User);
                to.Text("what"u8, f.What);
                to.Text("before"u8, f.Before);
                to.Text("after"u8, f.After);
            },
            static (in f) => new WorkspaceFact.UserChanged(
                f.Details.Text("user"u8), f.Details.Text("what"u8), f.Details.OptionalText("before"u8), f.Details.OptionalText("after"u8))),
    ];
}
