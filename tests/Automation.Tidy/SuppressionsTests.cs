using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class SuppressionsTests
{
    [Fact]
    public void Suppressions_carry_their_reason() => House.Keeps(Repository.Files.SelectMany(Suppressions.Check));

    [Theory]
    [InlineData("A.cs", "#pragma warning disable CA1031", true)]
    [InlineData("A.cs", "#pragma warning disable CA1031 // Anything may escape a connector.", false)]
    [InlineData("A.cs", "[SuppressMessage(\"Usage\", \"CA1031\")] class A;", true)]
    [InlineData("A.cs", "[SuppressMessage(\"Usage\", \"CA1031\", Justification = \"Anything may escape.\")] class A;", false)]
    [InlineData("A.csproj", "<NoWarn>NU1603</NoWarn>", true)]
    [InlineData("A.csproj", "<NoWarn>NU1603</NoWarn> <!-- The registry lacks the exact version. -->", false)]
    public void A_suppression_without_a_reason_is_found(string path, string text, bool found) =>
        Assert.Equal(found, Suppressions.Check(new TextFile(path, text)).Any());
}
