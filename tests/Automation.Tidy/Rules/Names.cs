using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Automation.Tidy.Rules;

/// <summary>Names that say what a thing is. A banned word says only that nobody found the name yet.</summary>
internal static partial class Names
{
    private static readonly HashSet<string> BannedParts = new(StringComparer.Ordinal)
    {
        "Base", "Common", "Data", "Helper", "Helpers", "Impl", "Info", "Manager", "Misc", "Util", "Utilities", "Utility", "Utils",
    };

    private static readonly HashSet<string> BannedFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Common", "Enums", "Extensions", "Helpers", "Interfaces", "Misc", "Models", "Services", "Shared", "Utilities", "Utils",
    };

    private static readonly HashSet<string> BannedFirstWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "Check", "Ensure", "Should", "Test", "Verify",
    };

    public static IEnumerable<Offence> Types(TextFile file)
    {
        var names = file.All<BaseTypeDeclarationSyntax>().Select(t => t.Identifier)
            .Concat(file.All<DelegateDeclarationSyntax>().Select(d => d.Identifier));
        foreach (var name in names)
        {
            var banned = Words().Matches(name.Text).Select(m => m.Value).FirstOrDefault(BannedParts.Contains);
            if (banned is not null)
            {
                yield return file.At(name, $"'{name.Text}' contains '{banned}': say what it is or does");
            }
        }
    }

    public static IEnumerable<Offence> Folders(TextFile file)
    {
        var banned = file.Folder.Split('/').FirstOrDefault(BannedFolders.Contains);
        if (banned is not null)
        {
            yield return file.At(1, $"lies in a folder '{banned}': name the folder after the subject, not after the kind of type");
        }
    }

    /// <summary>A namespace is the project's name and the folders below it, so that a name tells where its file lies.</summary>
    public static IEnumerable<Offence> Namespaces(TextFile file, IEnumerable<TextFile> projects)
    {
        var project = projects.FirstOrDefault(p => file.IsUnder(p.Folder));
        if (project is null)
        {
            yield break;
        }

        var below = file.Folder[project.Folder.Length..].Trim('/').Replace('/', '.');
        var expected = project.Name[..^".csproj".Length] + (below.Length == 0 ? "" : "." + below);
        foreach (var declared in file.All<BaseNamespaceDeclarationSyntax>().Where(n => n.Name.ToString() != expected))
        {
            yield return file.At(declared, $"declares '{declared.Name}' and its folder says '{expected}'");
        }
    }

    public static IEnumerable<Offence> Tests(TextFile file)
    {
        foreach (var method in file.All<MethodDeclarationSyntax>().Where(IsTest))
        {
            var name = method.Identifier.Text;
            var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
            var isSentence = words.Length >= 3 && char.IsUpper(name[0])
                && !BannedFirstWords.Contains(words[0])
                && !words.Contains("should", StringComparer.OrdinalIgnoreCase);
            if (!isSentence)
            {
                yield return file.At(method.Identifier, $"'{name}' is no present-tense sentence such as A_retry_waits_for_its_back_off");
            }

            if (method.Parent is ClassDeclarationSyntax type && !IsTestClass(type))
            {
                yield return file.At(type.Identifier, $"'{type.Identifier.Text}' holds tests, so its name is its subject and 'Tests' (or 'Contract')");
            }
        }
    }

    private static bool IsTest(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(l => l.Attributes).Select(a => a.Name.ToString()).Any(a =>
            a.EndsWith("Fact", StringComparison.Ordinal) || a.EndsWith("Theory", StringComparison.Ordinal) || a == "Property");

    // An abstract contract is written once and run by a sealed class for each implementation.
    private static bool IsTestClass(ClassDeclarationSyntax type) =>
        type.Identifier.Text.EndsWith("Tests", StringComparison.Ordinal)
        || (type.Identifier.Text.EndsWith("Contract", StringComparison.Ordinal)
            && type.Modifiers.Any(m => m.Text == "abstract"));

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z]*|[0-9]+")]
    private static partial Regex Words();
}
