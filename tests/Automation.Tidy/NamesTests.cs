using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class NamesTests
{
    [Fact]
    public void Types_are_named_after_what_they_are() => House.Keeps(Repository.CSharp.SelectMany(Names.Types));

    [Fact]
    public void Folders_are_named_after_their_subject() =>
        House.Keeps(Repository.Files.Where(f => !f.IsUnder("docs")).SelectMany(Names.Folders));

    [Fact]
    public void Namespaces_match_their_folders()
    {
        var projects = Repository.Projects.ToList();

        House.Keeps(Repository.CSharp.SelectMany(f => Names.Namespaces(f, projects)));
    }

    [Fact]
    public void Names_of_tests_are_sentences() => House.Keeps(Repository.Tests.SelectMany(Names.Tests));

    [Theory]
    [InlineData("class JourneyManager;", true)]
    [InlineData("record ContactInfo2();", true)]
    [InlineData("enum DataKind { A }", true)]
    [InlineData("interface IStoreBase;", true)]
    [InlineData("class SqlUtils;", true)]
    [InlineData("class Database;", false)]
    [InlineData("class MetadataReader;", false)]
    [InlineData("class Basement;", false)]
    public void A_banned_word_in_a_type_name_is_found(string code, bool found) =>
        Assert.Equal(found, Names.Types(new TextFile("engine/A.cs", code)).Any());

    [Fact]
    public void A_banned_folder_is_found()
    {
        House.Catches(Names.Folders(new TextFile("engine/Automation.Core/Helpers/A.cs", "")));
        House.Keeps(Names.Folders(new TextFile("engine/Automation.Core/Rules/A.cs", "")));
    }

    [Fact]
    public void A_namespace_that_leaves_its_folder_is_found()
    {
        TextFile[] projects = [new("engine/Automation.Core/Automation.Core.csproj", "")];

        House.Catches(Names.Namespaces(new TextFile("engine/Automation.Core/Rules/A.cs", "namespace Automation.Core;"), projects));
        House.Keeps(Names.Namespaces(new TextFile("engine/Automation.Core/Rules/A.cs", "namespace Automation.Core.Rules;"), projects));
    }

    [Theory]
    [InlineData("[Fact] public void A_retry_waits_for_its_back_off() { }", false)]
    [InlineData("[Fact] public void RetryWaits() { }", true)]
    [InlineData("[Fact] public void Should_wait_for_its_back_off() { }", true)]
    [InlineData("[Theory] public void A_retry_should_wait_long() { }", true)]
    [InlineData("[Fact] public void Test_the_retry_back_off() { }", true)]
    [InlineData("public void Plain() { }", false)]
    public void A_test_name_that_is_no_sentence_is_found(string method, bool found) =>
        Assert.Equal(found, Names.Tests(new TextFile("tests/A/RetryTests.cs", $"class RetryTests {{ {method} }}")).Any());

    [Fact]
    public void A_test_class_without_its_ending_is_found() =>
        House.Catches(Names.Tests(new TextFile("tests/A/Retry.cs", "class Retry { [Fact] void A_retry_waits_long() { } }")));
}
