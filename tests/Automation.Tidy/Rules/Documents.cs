using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Tidy.Rules;

/// <summary>Few documents, each where one looks for it, with links that lead somewhere and two languages that say the same.</summary>
internal static partial class Documents
{
    private static readonly HashSet<string> RootDocuments = new(StringComparer.Ordinal)
    {
        "AGENTS.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "README.zh.md", "SECURITY.md",
    };

    public static readonly string[] Commands = ["dotnet run --project engine/Automation.Server -- demo", "tests/run.sh"];

    public static IEnumerable<Offence> Places(TextFile file)
    {
        if (file.Folder.Length == 0 && !RootDocuments.Contains(file.Name))
        {
            yield return file.At(1, "the root holds only " + string.Join(", ", RootDocuments) + ": put it under docs/");
        }
    }

    /// <summary>Every relative link names a file or folder that is there.</summary>
    public static IEnumerable<Offence> Links(TextFile file, Func<string, bool> exists)
    {
        var prose = Fence().Replace(file.Text, m => new string('\n', m.Value.Count(c => c == '\n')));
        foreach (Match match in Link().Matches(prose))
        {
            var target = match.Groups["target"].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            if (!exists(Path.Combine(file.Folder, Uri.UnescapeDataString(target))))
            {
                yield return file.At(prose[..match.Index].Count(c => c == '\n') + 1, $"links to '{target}', which is not there");
            }
        }
    }

    /// <summary>Decisions are numbered without gaps and each has one line with one sentence in the index.</summary>
    public static IEnumerable<Offence> Decisions(IEnumerable<TextFile> files)
    {
        const string Folder = "docs/decisions";
        var all = files.Where(f => f.Folder == Folder).ToList();
        var index = all.Find(f => f.Name == "README.md") ?? new TextFile(Folder + "/README.md", "");
        var expected = 1;
        foreach (var decision in all.Where(f => f.Name != "README.md").OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (!decision.Name.StartsWith(expected.ToString("0000-", CultureInfo.InvariantCulture), StringComparison.Ordinal))
            {
                yield return decision.At(1, $"decision {expected:0000} comes next");
            }

            var line = Array.Find(index.Lines, l => l.Contains($"({decision.Name})", StringComparison.Ordinal));
            if (line is null || !line.TrimEnd().EndsWith('.'))
            {
                yield return index.At(1, $"has no line with one sentence for {decision.Name}");
            }

            expected++;
        }
    }

    /// <summary>A twin has the same headings in the same order of levels, and both commands a new user types.</summary>
    public static IEnumerable<Offence> Twins(TextFile english, TextFile chinese)
    {
        var (left, right) = (Headings(english), Headings(chinese));
        if (!left.SequenceEqual(right))
        {
            yield return chinese.At(1, $"has headings of levels {string.Join("", right)} and {english.Name} has {string.Join("", left)}");
        }

        foreach (var file in new[] { english, chinese })
        {
            foreach (var command in Commands.Where(c => !file.Text.Contains(c, StringComparison.Ordinal)))
            {
                yield return file.At(1, $"does not show the command '{command}'");
            }
        }
    }

    private static List<int> Headings(TextFile file) =>
        [.. Heading().Matches(Fence().Replace(file.Text, "")).Select(m => m.Groups["level"].Length)];

    [GeneratedRegex(@"^(```|~~~)[\s\S]*?^\1[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)(\s+""[^""]*"")?\)|(src|href)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?<level>#{1,6}) ", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
