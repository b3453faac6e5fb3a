using System.Xml.Linq;

namespace Automation.Tidy.Rules;

/// <summary>
/// Who may reference whom. Arrows point inward: storage and bus never meet, no connector sees the core,
/// and the core sees nothing but a calendar.
/// </summary>
internal static class References
{
    private const string Analyzer = "Microsoft.CodeAnalysis.BannedApiAnalyzers";

    private static readonly Dictionary<string, Row> Table = new(StringComparer.Ordinal)
    {
        ["Automation.Core"] = new([], ["NodaTime", Analyzer], Framework: false),
        ["Automation.Connectors"] = new([], [Analyzer], Framework: false),
        ["Automation.Runtime"] = new(["Automation.Core", "Automation.Connectors"], [Analyzer]),
        ["Automation.Storage"] = new(["Automation.Runtime", "Automation.Core"], ["Dapper", "Microsoft.Data.Sqlite", "Npgsql"]),
        ["Automation.Bus"] = new(["Automation.Runtime", "Automation.Core"], ["MassTransit*", "RabbitMQ.Client"]),
        ["Automation.Redis"] = new(["Automation.Runtime"], ["StackExchange.Redis"]),
        // Vendors to try things with; they know the contract's envelopes, and nothing of the connectors that speak to them.
        ["Automation.Sandbox"] = new(["Automation.Connectors"], []),
        ["Automation.Server"] = new(["*"], ["*"]),
    };

    public static IEnumerable<Offence> Check(TextFile project)
    {
        var name = project.Name[..^".csproj".Length];
        if (project.IsUnder("tests"))
        {
            return name == "Automation.Tidy" ? Compare(project, new([], ["*"])) : [];
        }

        if (Table.TryGetValue(name, out var row))
        {
            return Compare(project, row);
        }

        return name.StartsWith("Automation.Connectors.", StringComparison.Ordinal)
            ? Compare(project, new(["Automation.Connectors"], ["*"]))
            : [project.At(1, "is not in the table of References.cs: add its row with the reason the project exists")];
    }

    private static IEnumerable<Offence> Compare(TextFile project, Row row)
    {
        foreach (var element in XDocument.Parse(project.Text, LoadOptions.SetLineInfo).Descendants())
        {
            var included = element.Attribute("Include")?.Value ?? "";
            var allowed = element.Name.LocalName switch
            {
                "ProjectReference" => Matches(row.Projects, included.Split('/', '\\')[^1].Replace(".csproj", "", StringComparison.Ordinal)),
                "PackageReference" => Matches(row.Packages, included),
                "FrameworkReference" => row.Framework,
                _ => true,
            };

            if (!allowed)
            {
                var line = ((System.Xml.IXmlLineInfo)element).LineNumber;
                yield return project.At(line, $"{project.Name} must not reference {included}: see the table in ARCHITECTURE.md");
            }
        }
    }

    private static bool Matches(string[] patterns, string name) =>
        Array.Exists(patterns, p => p == name || (p.EndsWith('*') && name.StartsWith(p[..^1], StringComparison.Ordinal)));

    private sealed record Row(string[] Projects, string[] Packages, bool Framework = true);
}
