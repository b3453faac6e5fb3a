namespace Automation.Storage.Sqlite;

/// <summary>The SQL files beside this one.</summary>
internal static class SqlText
{
    private static readonly SqlFolder Folder = new("Sqlite");

    public static IReadOnlyList<string> Migrations => Folder.Migrations;

    public static string Query(string name) => Folder.Query(name);
}
