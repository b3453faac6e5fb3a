using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Automation.Tidy.Rules;

/// <summary>A file holds one idea and a method fits a screen. The limits are far above the wish, so that none is met by splitting blindly.</summary>
internal static class Sizes
{
    public const int FileLinesWanted = 300;
    public const int FileLinesMax = 500;
    public const int TestFileLinesMax = 800;
    public const int MethodLinesMax = 70;

    /// <summary>An arm longer than this is no table row any more.</summary>
    private const int FlatArmLinesMax = 8;

    public static IEnumerable<Offence> Files(TextFile file)
    {
        var max = file.IsUnder("tests") ? TestFileLinesMax : FileLinesMax;
        if (file.Lines.Length > max)
        {
            yield return file.At(max, $"has {file.Lines.Length} lines and the limit is {max}: give each idea its own file");
        }
    }

    /// <summary>The allow-list names a method as "path Method" with the lines it may have and why; it may only shrink.</summary>
    public static IEnumerable<Offence> Methods(TextFile file, IReadOnlyDictionary<string, (int Lines, string Reason)> allowed)
    {
        foreach (var (name, node, body) in Bodies(file))
        {
            var lines = Lines(node);
            var max = allowed.TryGetValue($"{file.Path} {name}", out var entry) ? entry.Lines : MethodLinesMax;
            if (lines > max && !IsFlatSwitch(body))
            {
                yield return file.At(node, $"{name} has {lines} lines and the limit is {max}: name its parts");
            }
        }

        var program = file.Syntax.Members.OfType<GlobalStatementSyntax>().Sum(Lines);
        if (program > MethodLinesMax)
        {
            yield return file.At(1, $"the program's own statements have {program} lines and the limit is {MethodLinesMax}: name its parts");
        }
    }

    /// <summary>Entries that nobody needs any more, so that the allow-list shrinks by itself.</summary>
    public static IEnumerable<Offence> Stale(
        IEnumerable<TextFile> files, IReadOnlyDictionary<string, (int Lines, string Reason)> allowed)
    {
        var needed = files
            .SelectMany(f => Bodies(f).Where(b => Lines(b.Node) > MethodLinesMax).Select(b => $"{f.Path} {b.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        return allowed.Keys.Where(k => !needed.Contains(k)).Select(k => new Offence(k, 1, "needs its exception no longer: remove it"));
    }

    private static IEnumerable<(string Name, SyntaxNode Node, SyntaxNode? Body)> Bodies(TextFile file)
    {
        foreach (var method in file.All<BaseMethodDeclarationSyntax>())
        {
            var name = method is MethodDeclarationSyntax named ? named.Identifier.Text : method.Parent is TypeDeclarationSyntax type ? type.Identifier.Text : "operator";
            yield return (name, method, (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression);
        }

        foreach (var accessor in file.All<AccessorDeclarationSyntax>())
        {
            var name = accessor.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Identifier.Text ?? accessor.Keyword.Text;
            yield return (name, accessor, (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody?.Expression);
        }
    }

    private static bool IsFlatSwitch(SyntaxNode? body)
    {
        var only = body is BlockSyntax { Statements: [var statement] } ? statement : body;
        only = only is ReturnStatementSyntax { Expression: { } returned } ? returned : only;
        IEnumerable<SyntaxNode>? arms = only switch
        {
            SwitchExpressionSyntax expression => expression.Arms,
            SwitchStatementSyntax statements => statements.Sections,
            _ => null,
        };
        return arms is not null && arms.All(a => Lines(a) <= FlatArmLinesMax);
    }

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
