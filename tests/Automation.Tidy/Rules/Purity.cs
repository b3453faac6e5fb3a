using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Automation.Tidy.Rules;

/// <summary>What the analyzer of banned symbols cannot see or is not told: keywords in the core, and sleeping tests.</summary>
internal static class Purity
{
    private static readonly HashSet<string> Asynchronous = new(StringComparer.Ordinal)
    {
        "CancellationToken", "Parallel", "Task", "Thread", "ThreadPool", "ValueTask",
    };

    public static IEnumerable<Offence> Core(TextFile file)
    {
        foreach (var token in file.Syntax.DescendantTokens().Where(t => t.IsKind(SyntaxKind.AsyncKeyword) || t.IsKind(SyntaxKind.AwaitKeyword)))
        {
            yield return file.At(token, $"'{token.Text}': the core is synchronous, waiting is the shell's work");
        }

        foreach (var name in file.All<SimpleNameSyntax>().Where(n => Asynchronous.Contains(n.Identifier.Text) && !IsOurs(n)))
        {
            yield return file.At(name, $"'{name.Identifier.Text}': the core has no threads and no waiting");
        }
    }

    public static IEnumerable<Offence> Sleeps(TextFile file) =>
        file.All<MemberAccessExpressionSyntax>()
            .Where(m => m.ToString() is "Thread.Sleep" or "Task.Delay" or "System.Threading.Thread.Sleep" or "System.Threading.Tasks.Task.Delay")
            .Select(m => file.At(m, $"{m}: a test waits for a signal or moves a virtual clock, never for time to pass"));

    // A property or member of that name on a type of ours is a word, not the framework's type.
    private static bool IsOurs(SimpleNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name;
}
