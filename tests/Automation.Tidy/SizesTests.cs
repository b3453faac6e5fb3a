using Automation.Tidy.Rules;
using Xunit.Abstractions;

namespace Automation.Tidy;

public sealed class SizesTests(ITestOutputHelper output)
{
    /// <summary>Methods that may be longer than a screen: "path Method", the lines it has today, and why it reads better whole.</summary>
    private static readonly Dictionary<string, (int Lines, string Reason)> LongMethods = new(StringComparer.Ordinal);

    [Fact]
    public void Files_stay_below_their_limit() => House.Keeps(Repository.CSharp.SelectMany(Sizes.Files));

    [Fact]
    public void Files_above_the_wanted_length_are_listed()
    {
        var long_ = Repository.CSharp.Where(f => f.Lines.Length > Sizes.FileLinesWanted && !f.IsUnder("tests")).ToList();

        foreach (var file in long_)
        {
            output.WriteLine($"note: {file.Path} has {file.Lines.Length} lines, more than the {Sizes.FileLinesWanted} we want");
        }

        Assert.All(long_, f => Assert.InRange(f.Lines.Length, Sizes.FileLinesWanted, Sizes.FileLinesMax));
    }

    [Fact]
    public void Methods_fit_a_screen() => House.Keeps(Repository.CSharp.SelectMany(f => Sizes.Methods(f, LongMethods)));

    [Fact]
    public void The_list_of_long_methods_only_shrinks() => House.Keeps(Sizes.Stale(Repository.CSharp, LongMethods));

    [Fact]
    public void Every_long_method_has_its_reason() => Assert.All(LongMethods.Values, v => Assert.True(v.Reason.Length > 20));

    [Theory]
    [InlineData("engine/A.cs", 500, false)]
    [InlineData("engine/A.cs", 501, true)]
    [InlineData("tests/A.cs", 800, false)]
    [InlineData("tests/A.cs", 801, true)]
    public void A_file_over_its_limit_is_found(string path, int lines, bool found)
    {
        var file = new TextFile(path, string.Concat(Enumerable.Repeat("//\n", lines)));

        Assert.Equal(found, Sizes.Files(file).Any());
    }

    [Fact]
    public void A_long_method_is_found_and_a_flat_switch_is_not()
    {
        var statements = string.Concat(Enumerable.Repeat("x++;\n", 70));
        var arms = string.Concat(Enumerable.Range(0, 90).Select(i => $"{i} => {i},\n"));
        var fatArm = "-1 => F(" + string.Concat(Enumerable.Repeat("1,\n", 20)) + "1),\n";

        House.Catches(Methods("void M(int x)\n{\n" + statements + "}"));
        House.Catches(Methods("int P { get\n{\n" + statements + "} }"));
        House.Catches(Methods("int M(int x) => x switch\n{\n" + arms + fatArm + "};"));
        House.Keeps(Methods("int M(int x) => x switch\n{\n" + arms + "};"));
    }

    [Fact]
    public void An_exception_that_nobody_needs_is_found()
    {
        var allowed = new Dictionary<string, (int, string)>(StringComparer.Ordinal) { ["engine/A.cs Short"] = (90, "once it was long") };

        House.Catches(Sizes.Stale([new TextFile("engine/A.cs", "class A { void Short() { } }")], allowed));
    }

    private static IEnumerable<Offence> Methods(string member) =>
        Sizes.Methods(new TextFile("engine/A.cs", $"class A {{ {member} }}"), LongMethods);
}
