namespace Automation.Tidy;

/// <summary>
/// The working tree these tests read: from the folder that holds the solution downwards, without what builds leave behind.
/// TIDY_ROOT names another tree, for looking at a second worktree with the rules of this one.
/// </summary>
internal static class Repository
{
    private static readonly HashSet<string> LeftBehind = new(StringComparer.Ordinal)
    {
        ".git", ".idea", ".vs", "artifacts", "bin", "dist", "node_modules", "obj", "TestResults",
    };

    public static string Root { get; } = Environment.GetEnvironmentVariable("TIDY_ROOT") ?? RootAbove(AppContext.BaseDirectory);

    public static IReadOnlyList<TextFile> Files { get; } = [.. Read(Root).OrderBy(f => f.Path, StringComparer.Ordinal)];

    public static IEnumerable<TextFile> CSharp => Files.Where(f => f.IsCSharp);

    public static IEnumerable<TextFile> Projects => Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal));

    public static IEnumerable<TextFile> Markdown => Files.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal));

    public static TextFile? Find(string path) => Files.FirstOrDefault(f => f.Path == path);

    /// <summary>The C# files of projects that hold tests; the benchmarks and generators under tests/ are programs.</summary>
    public static IEnumerable<TextFile> Tests
    {
        get
        {
            var folders = Projects.Where(p => p.Text.Contains("\"xunit\"", StringComparison.Ordinal)).Select(p => p.Folder).ToList();
            return CSharp.Where(f => folders.Exists(f.IsUnder));
        }
    }

    private static string RootAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Automation.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"Expected Automation.sln above '{start}', but no folder there holds it.");
    }

    private static IEnumerable<TextFile> Read(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var bytes = File.ReadAllBytes(path);
            // A zero byte tells pictures and databases from text, as git does.
            if (Path.GetFileName(path) != ".git" && !bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0))
            {
                var text = System.Text.Encoding.UTF8.GetString(bytes).TrimStart((char)0xFEFF).Replace("\r\n", "\n", StringComparison.Ordinal);
                yield return new TextFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), text);
            }
        }

        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(below);
            // The root's data folder is where a server that somebody tried out keeps its store; git ignores it too.
            var isStore = name == "data" && folder == Root;
            if (!LeftBehind.Contains(name) && !isStore)
            {
                foreach (var file in Read(below))
                {
                    yield return file;
                }
            }
        }
    }
}
