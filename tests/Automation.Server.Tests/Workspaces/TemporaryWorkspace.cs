using System.Text;
using Automation.Server.Workspaces;

namespace Automation.Server.Tests.Workspaces;

/// <summary>A workspace directory that goes away with the test.</summary>
internal sealed class TemporaryWorkspace : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("automation-workspace-").FullName;

    public TemporaryWorkspace With(string name, string text) => With(name, Encoding.UTF8.GetBytes(text));

    public TemporaryWorkspace With(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    public LoadedWorkspace Load() => WorkspaceFiles.Load(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
