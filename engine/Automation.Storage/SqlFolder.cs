using System.Collections.Concurrent;
using System.Reflection;

namespace Automation.Storage;

/// <summary>The SQL files of one database, as they are built into the assembly: <c>Queries/</c> by name and <c>Migrations/</c> in order.</summary>
internal sealed class SqlFolder(string folder)
{
    private readonly ConcurrentDictionary<string, string> _queries = new(StringComparer.Ordinal);

    /// <summary>The migrations in order; the first is number 1.</summary>
    public IReadOnlyList<string> Migrations { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith($"{folder}/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Load)];

    public string Query(string name) => _queries.GetOrAdd(name, static (n, f) => Load($"{f}/Queries/{n}.sql"), folder);

    private static string Load(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"Expected {resource} in the assembly, but it is not there.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
