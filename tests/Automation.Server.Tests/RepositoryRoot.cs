namespace Automation.Server.Tests;

/// <summary>Where the files lie that are read as they are shipped.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "Automation.sln")))
        {
            directory = directory.Parent!;
        }
        return directory.FullName;
    }
}
