using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Tidy.Rules;

/// <summary>Migrations are numbered from 001 without gaps: a gap or a double is how two branches break one database.</summary>
internal static partial class Migrations
{
    public static IEnumerable<Offence> Check(IEnumerable<TextFile> files, string folder)
    {
        var expected = 1;
        foreach (var file in files.Where(f => f.Folder == folder).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var match = FileName().Match(file.Name);
            if (!match.Success)
            {
                yield return file.At(1, "a migration is named NNN_what_it_does.sql");
                continue;
            }

            var number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            if (number != expected)
            {
                yield return file.At(1, $"is migration {number:000} and {expected:000} comes next");
            }

            expected = number + 1;
        }
    }

    [GeneratedRegex("^(?<number>[0-9]{3})_[a-z0-9_]+\\.sql$")]
    private static partial Regex FileName();
}
