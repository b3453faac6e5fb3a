using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Automation.Tidy;

/// <summary>
/// One file of the tree: its path from the root with forward slashes, its text, and for C# its syntax.
/// Rules see nothing else, so a rule can be tried on a text that was never on disk.
/// </summary>
internal sealed class TextFile(string path, string text)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly Lazy<CompilationUnitSyntax> _syntax =
        new(() => CSharpSyntaxTree.ParseText(text, Options).GetCompilationUnitRoot());

    public string Path { get; } = path;

    public string Text { get; } = text;

    public string[] Lines { get; } = text.TrimEnd('\n').Split('\n');

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>The syntax of a C# file; parsed on first use, because most rules read only some files.</summary>
    public CompilationUnitSyntax Syntax => _syntax.Value;

    /// <summary>Every node of one kind, in the order of the text.</summary>
    public IEnumerable<T> All<T>()
        where T : SyntaxNode => Syntax.DescendantNodesAndSelf().OfType<T>();

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public Offence At(SyntaxNode node, string why) => At(LineOf(node.GetLocation()), why);

    public Offence At(SyntaxToken token, string why) => At(LineOf(token.GetLocation()), why);

    public Offence At(SyntaxTrivia trivia, string why) => At(LineOf(trivia.GetLocation()), why);

    public Offence At(int line, string why) => new(Path, line, why);

    public static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;
}
