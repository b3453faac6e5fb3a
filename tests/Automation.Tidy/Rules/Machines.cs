using System.Text.RegularExpressions;

namespace Automation.Tidy.Rules;

/// <summary>
/// Nothing of the machine it was written on: no home folder, no scratch folder, no package registry's host.
/// The patterns are written in pieces so that this file does not accuse itself.
/// </summary>
internal static partial class Machines
{
    public static IEnumerable<Offence> Paths(TextFile file) =>
        Find(file, MachinePath(), found => $"'{found}' exists on one machine only: use a relative path or ask for a temporary folder");

    public static IEnumerable<Offence> Hosts(TextFile file)
    {
        var pattern = file.Name switch
        {
            // A lock file that names where a package came from ties every clone to that host.
            "package-lock.json" => ResolvedAddress(),
            ".npmrc" or "nuget.config" or "NuGet.Config" or "NuGet.config" => AnyAddress(),
            _ => RegistryHost(),
        };
        return Find(file, pattern, found => $"'{found}' names a package registry: its client knows where to ask");
    }

    private static IEnumerable<Offence> Find(TextFile file, Regex pattern, Func<string, string> why) =>
        file.Lines.SelectMany((line, at) => pattern.Matches(line).Select(m => file.At(at + 1, why(m.Value))));

    [GeneratedRegex(@"(?<![\w.~\-}/])/(ro" + @"ot|wo" + @"rk|tm" + @"p|ho" + @"me)/[\w.\-]+|(?<!\w)[A-Z]:\\Us" + @"ers\\\w+")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(?i)(regis" + @"try\.npmjs\.|api\.nu" + @"get\.org|regis" + @"try\.npmmirror|de" + @"b\.debian\.org|prox" + @"y\.golang\.org|pythonho" + @"sted\.org)[\w./\-]*")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"""resolved"":\s*""https?:[^""]*")]
    private static partial Regex ResolvedAddress();

    [GeneratedRegex(@"https?://[^\s""]+")]
    private static partial Regex AnyAddress();
}
