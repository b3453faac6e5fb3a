namespace Automation.Server.Tests.Cli;

/// <summary>A directory for one test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    private const string Prefix = "automation-test-";

    // A run that was killed leaves its folders; whatever comes a day later takes them away.
    static TempFolder()
    {
        foreach (var old in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(Prefix + "*").Where(one => one.CreationTimeUtc < DateTime.UtcNow.AddDays(-1)))
        {
            try
            {
                old.Delete(recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or gone already.
            }
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory(Prefix).FullName;

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
