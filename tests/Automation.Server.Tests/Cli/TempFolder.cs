namespace Automation.Server.Tests.Cli;

/// <summary>A directory for one test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("automation-cli-").FullName;

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
