using System.Globalization;
using System.Text;

using Xunit;
using Xunit.Abstractions;

namespace Automation.Core.Tests.Templates;

/// <summary>Runs the case files: those in the tree, those beside the repository, and those a folder is named for.</summary>
public sealed class TemplateCaseTests(ITestOutputHelper output)
{
    private const double LowestRate = 0.95;

    [Fact]
    public void Every_case_in_the_tree_passes()
    {
        var cases = Files(Path.Combine(AppContext.BaseDirectory, "Templates", "Cases")).SelectMany(TemplateCase.ReadFile).ToList();

        var failed = Report("in the tree", cases);

        Assert.True(cases.Count > 200, "Expected some hundred cases in the tree.");
        Assert.Empty(failed);
    }

    [Fact]
    public void At_least_95_of_100_reference_cases_pass()
    {
        var folders = new[] { Reference(), Environment.GetEnvironmentVariable("TEMPLATE_CASES") };
        var files = folders.OfType<string>().SelectMany(Files).ToList();
        if (files.Count == 0)
        {
            output.WriteLine("No reference cases beside the repository: the cases in the tree stand alone.");
        }

        foreach (var file in files)
        {
            var cases = TemplateCase.ReadFile(file).Where(one => !one.IsOutside).ToList();
            var failed = Report(Path.GetFileName(file), cases);
            var rate = 1 - ((double)failed.Count / Math.Max(1, cases.Count));
            Assert.True(rate >= LowestRate, $"Expected 95 % of {file} to pass, but {failed.Count} of {cases.Count} failed.");
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal) : [];

    /// <summary>Walks up from the test binary to the repository, whose neighbour holds the reference cases.</summary>
    private static string? Reference()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "..", "shared", "reference", "templates");
            if (File.Exists(Path.Combine(folder.FullName, "Automation.sln")) && Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private List<string> Report(string name, List<TemplateCase> cases)
    {
        var failed = new List<string>();
        foreach (var category in cases.GroupBy(one => one.Category).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var failures = category.Select(one => (Case: one, Failure: one.Failure())).Where(pair => pair.Failure is not null).ToList();
            failed.AddRange(failures.Select(pair => pair.Case.Id));
            output.WriteLine(Line(name, category.Key, category.Count() - failures.Count, category.Count()));
            foreach (var (one, failure) in failures)
            {
                output.WriteLine($"    {one.Id}: {one.Json.GetRawText()[..Math.Min(600, one.Json.GetRawText().Length)]}\n        got {failure}");
            }
        }

        output.WriteLine(Line(name, "all", cases.Count - failed.Count, cases.Count));
        return failed;
    }

    private static string Line(string file, string category, int passed, int count) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{file} {category}: {passed}/{count} ({100.0 * passed / Math.Max(1, count):F1} %)")
        .ToString();
}
