using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Security;

/// <summary>What docs/security.md says on who may what, beside what the code says.</summary>
public sealed class DocumentedPermissionsTests
{
    [Fact]
    public void The_table_in_the_docs_has_every_role_and_every_right_and_is_what_the_code_says()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "security.md"));
        var table = lines.SkipWhile(line => line != "## Who may what").SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Select(Cells).ToList();
        var rights = table[0][1..];
        var roles = table[2..];

        Assert.Equal(Permissions.Scopes.Select(Permissions.NameOf), rights);
        Assert.Equal(Enum.GetValues<Role>().Select(role => $"`{Permissions.NameOf(role)}`").Order(), roles.Select(row => row[0]).Order());
        Assert.Equal(Enum.GetValues<Permission>().Except([Permission.None, Permission.Self]).Order(), Permissions.Scopes.Order());
        foreach (var row in roles)
        {
            Assert.True(Permissions.TryParse(row[0].Trim('`'), out var role));
            var said = rights.Zip(row[1..]).Where(cell => cell.Second == "yes").Select(cell => cell.First);
            var so = Permissions.Scopes.Where(right => Permissions.Allow(role, right)).Select(Permissions.NameOf);
            Assert.Equal((row[0], string.Join(' ', so)), (row[0], string.Join(' ', said)));
            Assert.All(row[1..], cell => Assert.True(cell is "yes" or "", $"Expected yes or nothing, but {row[0]} has '{cell}'."));
        }
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
}
