using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class MachinesTests
{
    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() => House.Keeps(Repository.Files.SelectMany(Machines.Paths));

    [Fact]
    public void No_file_names_a_package_registry() => House.Keeps(Repository.Files.SelectMany(Machines.Hosts));

    [Theory]
    [InlineData("open('/", "tmp/x')", true)]
    [InlineData("see /", "work/shared", true)]
    [InlineData("cd /", "home/somebody", true)]
    [InlineData("https://example.com/", "work/shared", false)]
    [InlineData("net", "work/shared", false)]
    public void A_machine_path_is_found(string start, string end, bool found) =>
        Assert.Equal(found, Machines.Paths(new TextFile("a.sh", start + end)).Any());

    [Theory]
    [InlineData("package-lock.json", "\"resolved\": \"https://packages.example/a.tgz\"", true)]
    [InlineData("package-lock.json", "\"url\": \"https://example.com/sponsor\"", false)]
    [InlineData("nuget.config", "<add key=\"a\" value=\"https://packages.example/v3\" />", true)]
    [InlineData("README.md", "https://example.com", false)]
    public void A_registry_host_is_found(string path, string text, bool found) =>
        Assert.Equal(found, Machines.Hosts(new TextFile(path, text)).Any());
}
