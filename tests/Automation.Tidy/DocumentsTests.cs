using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class DocumentsTests
{
    [Fact]
    public void The_root_holds_few_documents() => House.Keeps(Repository.Markdown.SelectMany(Documents.Places));

    [Fact]
    public void Relative_links_lead_somewhere() => House.Keeps(Repository.Markdown.SelectMany(f => Documents.Links(f, Exists)));

    [Fact]
    public void Every_decision_is_in_the_index() => House.Keeps(Documents.Decisions(Repository.Files));

    [Fact]
    public void The_readme_and_its_twin_say_the_same()
    {
        var english = Repository.Find("README.md");
        var chinese = Repository.Find("README.zh.md");

        Assert.NotNull(english);
        Assert.NotNull(chinese);
        House.Keeps(Documents.Twins(english, chinese));
    }

    [Theory]
    [InlineData("[a](docs/gone.md)", true)]
    [InlineData("<img src=\"docs/gone.svg\" alt=\"\">", true)]
    [InlineData("[a](https://example.com/gone.md) and [b](#here)", false)]
    [InlineData("```\n[a](docs/gone.md)\n```", false)]
    [InlineData("[a](docs/there.md#part)", false)]
    public void A_dead_link_is_found(string text, bool found) =>
        Assert.Equal(found, Documents.Links(new TextFile("README.md", text), path => path == Path.Combine("", "docs/there.md")).Any());

    [Theory]
    [InlineData("* [One](0001-one.md): we did one.", "0001-one.md", false)]
    [InlineData("* [One](0001-one.md)", "0001-one.md", true)]
    [InlineData("", "0001-one.md", true)]
    [InlineData("* [Two](0002-two.md): we did two.", "0002-two.md", true)]
    public void A_decision_without_a_sentence_or_out_of_order_is_found(string index, string name, bool found)
    {
        TextFile[] files = [new("docs/decisions/README.md", index), new($"docs/decisions/{name}", "")];

        Assert.Equal(found, Documents.Decisions(files).Any());
    }

    [Fact]
    public void A_twin_that_lags_behind_is_found()
    {
        var commands = string.Join('\n', Documents.Commands);
        var whole = new TextFile("README.md", $"# A\n## B\n{commands}");

        House.Keeps(Documents.Twins(whole, new TextFile("README.zh.md", $"# 甲\n## 乙\n{commands}")));
        House.Catches(Documents.Twins(whole, new TextFile("README.zh.md", $"# 甲\n{commands}")));
        House.Catches(Documents.Twins(whole, new TextFile("README.zh.md", "# 甲\n## 乙\n")));
    }

    [Fact]
    public void A_stray_document_is_found() => House.Catches(Documents.Places(new TextFile("NOTES.md", "")));

    private static bool Exists(string path) =>
        Path.Exists(Path.Combine(Repository.Root, path)) && !Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, path)).StartsWith("..", StringComparison.Ordinal);
}
