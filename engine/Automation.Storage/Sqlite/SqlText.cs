using System.Collections.Concurrent;
using System.Reflection;

namespace Automation.Storage.Sqlite;

/// <summary>The SQL files beside this one, as they are built into the assembly.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Queries = new(StringComparer.Ordinal);

    public static string Query(string name) => Queries.GetOrAdd(name, static n => Load($"Sqlite/Queries/{n}.sql"));

    /// <summary>The migrations in order; the first is number 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith("Sqlite/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Load)];

    private static string Load(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"Expected {resource} in the assembly, but it is not there.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
