namespace Automation.Storage.Postgres;

/// <summary>The SQL files beside this one.</summary>
internal static class PostgresSql
{
    private static readonly SqlFolder Folder = new("Postgres");

    public static IReadOnlyList<string> Migrations => Folder.Migrations;

    public static string Query(string name) => Folder.Query(name);
}
