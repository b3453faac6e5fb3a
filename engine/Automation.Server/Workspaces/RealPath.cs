namespace Automation.Server.Workspaces;

/// <summary>Where a path ends when every link on the way is followed, a step at a time, as the system does.</summary>
internal static class RealPath
{
    private const int LinksMax = 40;

    /// <returns>Null where links lead in a circle.</returns>
    public static string? Of(string path)
    {
        var full = Path.GetFullPath(path);
        var at = Path.GetPathRoot(full)!;
        var left = new Stack<string>();
        Push(full[at.Length..], left);
        var links = 0;
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                // What is behind us has no links any more, so its parent is the real one.
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }
            var next = Path.Combine(at, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }
            if (++links > LinksMax)
            {
                return null;
            }
            if (Path.IsPathRooted(target))
            {
                at = Path.GetPathRoot(target)!;
                target = target[at.Length..];
            }
            Push(target, left);
        }
        return at;
    }

    private static void Push(string path, Stack<string> to)
    {
        foreach (var part in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (part != ".")
            {
                to.Push(part);
            }
        }
    }
}
