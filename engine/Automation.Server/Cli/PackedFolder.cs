using System.Reflection;

namespace Automation.Server.Cli;

/// <summary>A folder of files that comes within the program: what <c>init</c> writes, and what <c>demo</c> runs.</summary>
internal sealed class PackedFolder
{
    /// <summary>One small journey that works.</summary>
    public static readonly PackedFolder Starter = new("packed/starter/");

    /// <summary>The same in Chinese.</summary>
    public static readonly PackedFolder StarterZh = new("packed/starter-zh/");

    /// <summary>The seven journeys of the demo.</summary>
    public static readonly PackedFolder Demo = new("packed/demo/");

    /// <summary>A connector that keeps every promise, to start from.</summary>
    public static readonly PackedFolder Connector = new("packed/connector/");

    private readonly string _prefix;

    private PackedFolder(string prefix) => _prefix = prefix;

    /// <summary>The files by their path below the folder, with <c>/</c>, in order.</summary>
    public IEnumerable<string> Files => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Select(name => name.Replace('\\', '/'))
        .Where(name => name.StartsWith(_prefix, StringComparison.Ordinal))
        .Select(name => name[_prefix.Length..])
        .Order(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    public string Read(string file)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var resource = assembly.GetManifestResourceNames().Single(name => name.Replace('\\', '/') == _prefix + file);
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    /// <summary>Writes the files below the directory, over those that are there.</summary>
    public IReadOnlyList<string> WriteTo(string directory)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var written = new List<string>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var name = resource.Replace('\\', '/');
            if (name.StartsWith(_prefix, StringComparison.Ordinal))
            {
                var path = Path.Combine(directory, name[_prefix.Length..]);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var packed = assembly.GetManifestResourceStream(resource)!;
                using var file = File.Create(path);
                packed.CopyTo(file);
                written.Add(name[_prefix.Length..]);
            }
        }
        written.Sort(StringComparer.Ordinal);
        return written;
    }
}
