using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class CommentsTests
{
    [Fact]
    public void Promises_name_their_issue() => House.Keeps(Repository.Files.SelectMany(Comments.Promises));

    [Fact]
    public void No_code_is_commented_out() => House.Keeps(Repository.CSharp.SelectMany(Comments.OldCode));

    [Fact]
    public void No_file_has_regions() => House.Keeps(Repository.CSharp.SelectMany(Comments.Regions));

    [Theory]
    [InlineData("// TODO: later", true)]
    [InlineData("/* TODO */", true)]
    [InlineData("/// <summary>TODO</summary>\nclass A;", true)]
    [InlineData("// FIXME soon", true)]
    [InlineData("// In a real system this would retry.", true)]
    [InlineData("// TODO(#12) when the vendor answers", false)]
    [InlineData("var text = \"TODO\";", false)]
    [InlineData("// The method of small steps.", false)]
    public void A_promise_without_an_issue_is_found(string code, bool found) =>
        Assert.Equal(found, Comments.Promises(new TextFile("engine/A.cs", code)).Any());

    [Theory]
    [InlineData("// var x = Compute(1);", true)]
    [InlineData("// if (x) {", true)]
    [InlineData("// }", true)]
    [InlineData("/*\n store.Save(contact);\n*/", true)]
    [InlineData("// The store keeps rows; a read sees them at once.", false)]
    [InlineData("// This is read once (at the start);", false)]
    [InlineData("// See docs/decisions/0002 for the reason.", false)]
    [InlineData("/// var x = Compute(1);\nclass A;", false)]
    public void Old_code_in_a_comment_is_found(string code, bool found) =>
        Assert.Equal(found, Comments.OldCode(new TextFile("engine/A.cs", code)).Any());

    [Fact]
    public void A_region_is_found() => House.Catches(Comments.Regions(new TextFile("engine/A.cs", "#region Fields\n#endregion")));
}
