namespace Automation.Core.Tests;

/// <summary>The repository around the tests, for those that hold files in it to the code.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Automation.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("Expected Automation.sln above the tests, but there is none.");
        }
        return directory.FullName;
    }
}
