using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Automation.Tidy.Rules;

/// <summary>A warning may be silenced, with the reason on the same line: whoever meets it next must be able to judge it.</summary>
internal static partial class Suppressions
{
    public static IEnumerable<Offence> Check(TextFile file) =>
        file.IsCSharp ? Pragmas(file).Concat(Attributes(file))
        : file.Path.EndsWith(".csproj", StringComparison.Ordinal) || file.Path.EndsWith(".props", StringComparison.Ordinal) ? NoWarns(file)
        : [];

    private static IEnumerable<Offence> Pragmas(TextFile file)
    {
        foreach (var pragma in file.Syntax.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)))
        {
            var text = file.Lines[TextFile.LineOf(pragma.GetLocation()) - 1];
            if (text.Contains("disable", StringComparison.Ordinal) && !Reason().IsMatch(text))
            {
                yield return file.At(pragma, "#pragma warning disable without a reason on its line (// because …)");
            }
        }
    }

    private static IEnumerable<Offence> Attributes(TextFile file)
    {
        foreach (var attribute in file.All<AttributeSyntax>().Where(a => a.Name.ToString().EndsWith("SuppressMessage", StringComparison.Ordinal)))
        {
            if (!attribute.ToString().Contains("Justification", StringComparison.Ordinal))
            {
                yield return file.At(attribute, "SuppressMessage without a Justification");
            }
        }
    }

    private static IEnumerable<Offence> NoWarns(TextFile file) =>
        file.Lines
            .Select((text, at) => (text, at))
            .Where(l => l.text.Contains("<NoWarn>", StringComparison.Ordinal) && !XmlReason().IsMatch(l.text))
            .Select(l => file.At(l.at + 1, "NoWarn without a reason on its line (<!-- because … -->)"));

    [GeneratedRegex(@"//\s*\S+\s+\S+\s+\S+")]
    private static partial Regex Reason();

    [GeneratedRegex(@"<!--\s*\S+\s+\S+\s+\S+")]
    private static partial Regex XmlReason();
}
