using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>Who came in, who was kept out, and who changed who may come in. No password, no code, no link stands here.</summary>
public abstract partial record WorkspaceFact
{
    /// <param name="Way"><c>password</c>, <c>password_and_code</c>, <c>recovery_code</c>, <c>link</c>.</param>
    /// <param name="From">Address it came from.</param>
    public sealed record SignedIn(string User, string Way, string From) : WorkspaceFact;

    /// <summary>
    /// Sign-ins that failed since the last such fact, all together, so that a flood of guesses writes a line and not a book.
    /// <paramref name="Users"/> and <paramref name="From"/> are the first few; names that nobody has are counted and not kept, since
    /// people type passwords there.
    /// </summary>
    public sealed record SignInsFailed(long Count, long UnknownNames, ImmutableArray<string> Users, ImmutableArray<string> From, Instant Since) : WorkspaceFact;

    /// <param name="Subject"><c>user:</c> or <c>address:</c> and which.</param>
    public sealed record SignInLocked(string Subject, string From, Instant Until) : WorkspaceFact;

    /// <summary>Sessions ended before their time; the reason says why.</summary>
    public sealed record SessionsEnded(string User, long Count) : WorkspaceFact;

    /// <param name="What"><c>invited</c>, <c>set_up</c>, <c>role</c>, <c>locked</c>, <c>unlocked</c>, <c>password</c>, <c>reset</c>, <c>second_factor</c>, <c>recovery_code_used</c>.</param>
    public sealed record UserChanged(string User, string What, string? Before, string? After) : WorkspaceFact;
}
