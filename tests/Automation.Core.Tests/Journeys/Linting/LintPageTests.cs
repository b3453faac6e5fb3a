using Automation.Core.Journeys.Linting;
using Xunit;

namespace Automation.Core.Tests.Journeys.Linting;

/// <summary><c>docs/lint.md</c> is the table of codes, no more and no less. <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed class LintPageTests
{
    [Fact]
    public void The_page_holds_the_table_of_codes()
    {
        var path = Path.Combine(Repository.Root, "docs", "lint.md");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, Page());
        }

        Assert.Equal(Page(), File.ReadAllText(path));
    }

    private static string Page() => $"""
        # What lint says

        `automation lint --workspace DIR` reads every document of a workspace and checks what it means; the server does the same when a draft is
        saved, and refuses to publish while there is an error. Each finding has one of these stable codes, a JSON pointer to the place, the file and
        line where there is a file, and a sentence "Expected …, but …".

        This page is made from `LintCodes.cs`: run the tests with `UPDATE_GOLDEN=1` after changing it.

        | code | severity | meaning |
        |---|---|---|
        {string.Join('\n', LintCodes.All.Select(code => $"| `{code.Code}` | {(code.Severity == Severity.Error ? "error" : "warning")} | {code.Sentence} |"))}

        """;
}
