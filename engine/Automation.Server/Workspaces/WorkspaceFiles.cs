using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using Automation.Core.Workspaces;

namespace Automation.Server.Workspaces;

/// <summary>
/// Reads a workspace directory: <c>workspace.yaml</c>, <c>journeys/</c>, <c>segments/</c>, <c>templates/</c>, each document in
/// JSON or YAML. What is wrong becomes a finding with its file and line; only a directory that is not there throws.
/// </summary>
public sealed class WorkspaceFiles
{
    private static readonly string[] Endings = [".json", ".yaml", ".yml"];

    private readonly string _directory;
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly Dictionary<string, Lazy<SourceLines>> _lines = new(StringComparer.Ordinal);
    private bool _isWhole = true;

    private WorkspaceFiles(string directory) => _directory = directory;

    /// <summary>Loads the directory. The same files give the same result, whatever order the disk lists them in.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static LoadedWorkspace Load(string directory) => Directory.Exists(directory)
        ? new WorkspaceFiles(directory).Load()
        : throw new DirectoryNotFoundException($"Expected a workspace directory, but there is none at {directory}.");

    /// <summary>Whether anything of a workspace stands there, so that a wrong directory is not taken for an empty workspace.</summary>
    public static bool IsWorkspace(string directory) =>
        Endings.Any(ending => File.Exists(Path.Combine(directory, "workspace" + ending))) || Directory.Exists(Path.Combine(directory, "journeys"));

    private LoadedWorkspace Load()
    {
        var settings = LoadSettings();
        var journeys = LoadAll("journeys", JourneyDocument.Read, JourneyDocument.Read);
        // Documents may name what stands in a file that could not be read: then nobody can say that it is unknown.
        _isWhole = true;
        var segments = LoadAll("segments", SegmentDocument.Read, SegmentDocument.Read);
        var templates = LoadAll("templates", TemplateDocument.Read, TemplateDocument.Read);
        var workspace = new Workspace(
            settings?.Document ?? WorkspaceSettings.Default,
            [.. journeys.Select(file => file.Document)],
            [.. templates.Select(file => file.Document)],
            [.. segments.Select(file => file.Document)]);
        return new LoadedWorkspace(workspace, _findings.ToImmutable(), NameOf, _lines, referencesAreKnown: _isWhole);

        string NameOf(DocumentKind kind, int index) => kind switch
        {
            DocumentKind.Journey => journeys[index].Name,
            DocumentKind.Template => templates[index].Name,
            DocumentKind.Segment => segments[index].Name,
            _ => settings?.Name ?? "workspace.yaml",
        };
    }

    private LoadedFile<WorkspaceSettings>? LoadSettings()
    {
        var names = Endings.Select(ending => "workspace" + ending).Where(name => File.Exists(Path.Combine(_directory, name))).ToList();
        foreach (var extra in names.Skip(1))
        {
            Add(extra, LintCodes.ConflictingKeys.At("", $"Expected one file with settings, but {names[0]} stands beside it."));
        }
        return names is [var name, ..] ? Load(name, SettingsDocument.Read, SettingsDocument.Read, "{}"u8.ToArray()) : null;
    }

    private List<LoadedFile<T>> LoadAll<T>(
        string folder, Func<ReadOnlyMemory<byte>, Reading<T>> readBytes, Func<JsonElement, Reading<T>> readTree)
        where T : class
    {
        var path = Path.Combine(_directory, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }
        if (!IsWithin(folder))
        {
            ReportOutside(folder);
            _isWhole = false;
            return [];
        }
        var files = new List<LoadedFile<T>>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        {
            var name = $"{folder}/{entry}";
            if (Directory.Exists(Path.Combine(_directory, name)) || !Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            {
                ReportIgnored(name, entry!);
            }
            else if (Load(name, readBytes, readTree) is { } file)
            {
                files.Add(file);
            }
        }
        return files;
    }

    private LoadedFile<T>? Load<T>(
        string name, Func<ReadOnlyMemory<byte>, Reading<T>> readBytes, Func<JsonElement, Reading<T>> readTree, byte[]? whenEmpty = null)
        where T : class
    {
        if (Bytes(name) is not { } bytes)
        {
            _isWhole = false;
            return null;
        }
        Reading<T>? reading;
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            _lines[name] = new Lazy<SourceLines>(() => SourceLines.OfJson(bytes));
            reading = readBytes(bytes);
        }
        else
        {
            reading = Yaml(name, bytes, whenEmpty) is { } json ? ReadTree(json, readTree) : null;
        }
        foreach (var finding in reading?.Findings ?? [])
        {
            Add(name, finding);
        }
        _isWhole &= reading?.Partial is not null;
        return reading?.Partial is { } document ? new LoadedFile<T>(name, document) : null;
    }

    private byte[]? Yaml(string name, byte[] bytes, byte[]? whenEmpty)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Add(name, LintCodes.MalformedYaml.At("", "Expected text in UTF-8, but the bytes are of another encoding: save the file as UTF-8."));
            return null;
        }
        var (json, lines, problem) = YamlTree.Read(text.TrimStart('\uFEFF'));
        _lines[name] = new Lazy<SourceLines>(lines);
        if (problem is not null)
        {
            Add(name, problem);
        }
        else if (json is null && whenEmpty is null)
        {
            Add(name, LintCodes.MalformedYaml.At("", "Expected a document, but the file is empty."));
        }
        return json ?? (problem is null ? whenEmpty : null);
    }

    private byte[]? Bytes(string name)
    {
        if (!IsWithin(name))
        {
            ReportOutside(name);
            return null;
        }
        try
        {
            using var file = File.OpenRead(Path.Combine(_directory, name));
            if (file.Length > DocumentLimits.BytesMax)
            {
                Add(name, LintCodes.TooLarge.At("", $"Expected at most {DocumentLimits.BytesMax} bytes, but found {file.Length}."));
                return null;
            }
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // The system's own message names the whole path, which is nobody's business but the caller's.
            Add(name, LintCodes.UnreadableFile.At("", $"Expected a file that can be read, but opening it failed: {wrong.GetType().Name}."));
            return null;
        }
    }

    // A workspace comes from elsewhere, by git or by mail: a link in it must not bring in what else lies on this machine.
    private bool IsWithin(string name) =>
        RealPath.Of(_directory) is { } root && RealPath.Of(Path.Combine(_directory, name)) is { } real
        && real.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private void ReportOutside(string name) =>
        Add(name, LintCodes.UnreadableFile.At("", "Expected a file within the workspace, but it is a link that leads out of it."));

    // Files with a leading dot are editors' and git's, Markdown is people's: nobody means them as documents.
    private void ReportIgnored(string name, string entry)
    {
        if (!entry.StartsWith('.') && !entry.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            Add(name, LintCodes.IgnoredFile.At("", $"Expected files that end in {string.Join(", ", Endings)}, but found {entry}."));
        }
    }

    private static Reading<T> ReadTree<T>(byte[] json, Func<JsonElement, Reading<T>> readTree)
        where T : class
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        return readTree(document.RootElement);
    }

    private void Add(string file, Finding finding) => _findings.Add(finding with { Document = file });

    private sealed record LoadedFile<T>(string Name, T Document);
}
