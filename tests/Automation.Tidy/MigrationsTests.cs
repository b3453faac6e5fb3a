using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class MigrationsTests
{
    [Theory]
    [InlineData("engine/Automation.Storage/Sqlite/Migrations")]
    [InlineData("engine/Automation.Storage/Postgres/Migrations")]
    public void Migrations_are_numbered_without_gaps(string folder) => House.Keeps(Migrations.Check(Repository.Files, folder));

    [Theory]
    [InlineData(false, "001_start.sql", "002_facts.sql")]
    [InlineData(true, "001_start.sql", "003_facts.sql")]
    [InlineData(true, "001_start.sql", "001_facts.sql")]
    [InlineData(true, "002_start.sql")]
    [InlineData(true, "first.sql")]
    public void A_gap_or_a_double_is_found(bool found, params string[] names) =>
        Assert.Equal(found, Migrations.Check(names.Select(n => new TextFile("m/" + n, "")), "m").Any());
}
