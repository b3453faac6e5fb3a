namespace Automation.Connectors.Tests.Remote;

/// <summary>A test that needs Python; where there is none it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!Array.Exists(folders, folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "python3"))))
        {
            Skip = "Needs python3 on the path.";
        }
    }
}
