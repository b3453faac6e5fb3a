using System.Text.RegularExpressions;

namespace Automation.Server.Cli.Connector;

/// <summary>Writes the template with the names of a new connector in it.</summary>
internal static partial class ConnectorNew
{
    public static int Run(Terminal terminal, string directory)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory));
        if (!PascalCase().IsMatch(name))
        {
            throw new CannotRunException("bad_name", $"Expected a name in Pascal case such as Postcard, but got '{name}'.");
        }
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new CannotRunException("directory_not_empty", $"Expected an empty directory, but '{directory}' has files in it.");
        }
        var written = new List<string>();
        foreach (var file in PackedFolder.Connector.Files)
        {
            // In the program the files end in .txt, so that nothing compiles them here.
            var path = Path.Combine(directory, Fill(file[..^".txt".Length], name));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Fill(PackedFolder.Connector.Read(file), name));
            written.Add(path);
        }
        Tell(terminal, directory, name, written);
        return ExitCodes.Fine;
    }

    private static void Tell(Terminal terminal, string directory, string name, List<string> written)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartObject();
                to.WriteString("directory", directory);
                to.WriteStartArray("files");
                written.ForEach(to.WriteStringValue);
                to.WriteEndArray();
                to.WriteEndObject();
            });
            return;
        }
        written.ForEach(terminal.Say);
        terminal.Note($"Next: dotnet build {Path.Combine(directory, $"{name}.Testing")} -o {Path.Combine(directory, "built")}");
        terminal.Note($"Then: automation connector test {Path.Combine(directory, "built")}");
    }

    private static string Fill(string text, string name) => text
        .Replace("__Name__", name, StringComparison.Ordinal)
        .Replace("__name__", SnakeCase().Replace(name, "_$0").ToLowerInvariant(), StringComparison.Ordinal)
        .Replace("__Home__", Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), StringComparison.Ordinal);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{1,39}$")]
    private static partial Regex PascalCase();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex SnakeCase();
}
