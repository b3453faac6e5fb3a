using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class ReferencesTests
{
    [Fact]
    public void Projects_reference_only_what_the_table_allows() => House.Keeps(Repository.Projects.SelectMany(References.Check));

    [Theory]
    [InlineData("engine/Automation.Core", "<PackageReference Include=\"Dapper\" />")]
    [InlineData("engine/Automation.Core", "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />")]
    [InlineData("engine/Automation.Storage", "<ProjectReference Include=\"../Automation.Bus/Automation.Bus.csproj\" />")]
    [InlineData("engine/Automation.Runtime", "<PackageReference Include=\"MassTransit\" />")]
    [InlineData("connectors/Automation.Connectors.Webhook", "<ProjectReference Include=\"..\\..\\engine\\Automation.Core\\Automation.Core.csproj\" />")]
    [InlineData("tests/Automation.Tidy", "<ProjectReference Include=\"../../engine/Automation.Core/Automation.Core.csproj\" />")]
    [InlineData("engine/Automation.Novelty", "")]
    public void A_reference_outside_the_table_is_found(string folder, string reference)
    {
        var name = folder.Split('/')[1];

        House.Catches(References.Check(new TextFile($"{folder}/{name}.csproj", $"<Project><ItemGroup>{reference}</ItemGroup></Project>")));
    }

    [Fact]
    public void A_reference_in_the_table_is_let_through()
    {
        var bus = new TextFile(
            "engine/Automation.Bus/Automation.Bus.csproj",
            "<Project><ItemGroup><PackageReference Include=\"MassTransit.RabbitMQ\" />"
            + "<ProjectReference Include=\"../Automation.Runtime/Automation.Runtime.csproj\" /></ItemGroup></Project>");

        House.Keeps(References.Check(bus));
    }
}
