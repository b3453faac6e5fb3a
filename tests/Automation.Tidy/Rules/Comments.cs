using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Automation.Tidy.Rules;

/// <summary>A comment gives a reason. It is no to-do list without an owner, and no place to keep old code: git keeps that.</summary>
internal static partial class Comments
{
    private static readonly string[] CodeEndings = [".css", ".csproj", ".js", ".mjs", ".props", ".sh", ".sql", ".targets", ".ts", ".tsx", ".yaml", ".yml"];

    public static IEnumerable<Offence> Promises(TextFile file)
    {
        if (file.IsCSharp)
        {
            return CommentsOf(file).SelectMany(c => Promises(file, TextFile.LineOf(c.GetLocation()), c.ToFullString()));
        }

        return Array.Exists(CodeEndings, e => file.Path.EndsWith(e, StringComparison.Ordinal))
            ? file.Lines.SelectMany((line, at) => Promises(file, at + 1, line))
            : [];
    }

    /// <summary>Old code, recognised by what only code has: a line that parses as a statement and is punctuated like one.</summary>
    public static IEnumerable<Offence> OldCode(TextFile file)
    {
        foreach (var comment in CommentsOf(file).Where(c => !c.ToFullString().StartsWith("///", StringComparison.Ordinal)))
        {
            foreach (var line in comment.ToFullString().Split('\n').Select(l => l.Trim(' ', '/', '*', '\t', '\r')))
            {
                if (LooksLikeCode(line))
                {
                    yield return file.At(comment, $"'{line}' is commented-out code: delete it, git remembers");
                }
            }
        }
    }

    public static IEnumerable<Offence> Regions(TextFile file) =>
        file.Syntax.DescendantTrivia(descendIntoTrivia: true)
            .Where(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia))
            .Select(t => file.At(t, "#region hides code: a file that needs one wants to be two files"));

    // Files are parsed without documentation, so a line of XML documentation is an ordinary comment that starts with three slashes.
    private static IEnumerable<SyntaxTrivia> CommentsOf(TextFile file) =>
        file.Syntax.DescendantTrivia(descendIntoTrivia: true).Where(t =>
            t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));

    private static IEnumerable<Offence> Promises(TextFile file, int line, string text)
    {
        if (PromiseWithoutIssue().IsMatch(text))
        {
            yield return file.At(line, "a to-do names its issue, as in (#12) right after the word, or it is done now");
        }

        if (Excuse().Match(text) is { Success: true } excuse)
        {
            yield return file.At(line, $"'{excuse.Value}': repair it or file an issue");
        }
    }

    private static bool LooksLikeCode(string line)
    {
        if (line is "{" or "}" or "};" or "});")
        {
            return true;
        }

        var isPunctuated = line.EndsWith(';') || line.EndsWith(" {", StringComparison.Ordinal);
        if (!isPunctuated || line.IndexOfAny(['(', '=', '.', '{']) < 0)
        {
            return false;
        }

        var whole = line.EndsWith('{') ? line + " }" : line;
        return !SyntaxFactory.ParseStatement(whole).GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error);
    }

    [GeneratedRegex(@"\bTO" + @"DO\b(?!\(#\d+\))")]
    private static partial Regex PromiseWithoutIssue();

    [GeneratedRegex(@"\bFIX" + @"ME\b|\bHA" + @"CK\b|\bX" + @"XX\b|(?i:in a real (system|application))|(?i:for now,)")]
    private static partial Regex Excuse();
}
