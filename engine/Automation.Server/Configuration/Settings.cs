using System.Globalization;
using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Server.Cli;
using Automation.Server.Workspaces;

namespace Automation.Server.Configuration;

/// <summary>
/// What was set, and where: arguments come before the environment, the environment before the file. A wrong key or value ends the
/// start with its name and the place where it stands, before anything is opened.
/// </summary>
internal sealed class Settings
{
    public const string FileName = "automation.yaml";

    private readonly Dictionary<string, Found> _found = new(StringComparer.Ordinal);

    /// <param name="file">A YAML or JSON file; null takes <c>automation.yaml</c> of the current directory if there is one.</param>
    /// <param name="environment">By name.</param>
    /// <param name="arguments">By key; nulls are options that were not given.</param>
    /// <exception cref="CannotRunException">Something is set that is no setting.</exception>
    public static Settings Read(string? file, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<Setting, string?> arguments)
    {
        var settings = new Settings();
        if (file is not null || File.Exists(FileName))
        {
            settings.ReadFile(file ?? FileName);
        }
        foreach (var setting in Setting.All)
        {
            if (environment.TryGetValue(setting.Variable, out var value) && value.Length > 0)
            {
                settings._found[setting.Key] = new Found(value, $"the environment variable {setting.Variable}");
            }
            if (arguments.TryGetValue(setting, out var argument) && argument is not null)
            {
                settings._found[setting.Key] = new Found(argument, $"the option --{setting.Key.Replace('_', '-')}");
            }
        }
        return settings;
    }

    public string? Text(Setting setting) => _found.TryGetValue(setting.Key, out var found) ? found.Value : null;

    public int Number(Setting setting, int otherwise, int min, int max) => Text(setting) is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(setting, $"a number from {min} to {max}");

    /// <param name="read">Null where the text is no such value.</param>
    public T Value<T>(Setting setting, T otherwise, Func<string, T?> read, string expected)
        where T : struct => Text(setting) is { } text ? read(text) ?? throw Wrong(setting, expected) : otherwise;

    public CannotRunException Wrong(Setting setting, string expected)
    {
        var found = _found[setting.Key];
        return new CannotRunException(
            "bad_setting",
            $"Expected '{setting.Key}' to be {expected}, but {(setting.IsSecret ? "it is not" : $"it is '{found.Value}'")}, in {found.Place}.");
    }

    /// <summary>A setting that another one makes necessary.</summary>
    public string Needed(Setting setting, Setting because) => Text(setting) ?? throw new CannotRunException(
        "missing_setting",
        $"Expected '{setting.Key}' beside '{because.Key}', but it is not set: {setting.Meaning} ({setting.Key} in {FileName}, or {setting.Variable}).");

    private void ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new CannotRunException("missing_file", $"Expected the file {path}, but there is none.");
        }
        var (json, lines, problem) = YamlTree.Read(File.ReadAllText(path));
        if (problem is not null)
        {
            throw new CannotRunException("bad_settings_file", $"Expected settings in {path}, but it cannot be read: {problem.Message} (line {problem.Line})");
        }
        if (json is null)
        {
            return;
        }
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new CannotRunException("bad_settings_file", $"Expected settings as 'key: value' in {path}, but it holds something else.");
        }
        foreach (var property in document.RootElement.EnumerateObject())
        {
            var place = $"{path}, line {lines.Find("/" + property.Name)?.ToString(CultureInfo.InvariantCulture) ?? "1"}";
            if (!Setting.All.Any(setting => setting.Key == property.Name))
            {
                throw new CannotRunException(
                    "unknown_setting",
                    $"Expected a setting that there is, but '{property.Name}' is none, in {place}.{Nearest.Hint(property.Name, Setting.All.Select(setting => setting.Key))}");
            }
            _found[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.String => new Found(property.Value.GetString()!, place),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => new Found(property.Value.GetRawText(), place),
                _ => throw new CannotRunException("bad_setting", $"Expected '{property.Name}' to be a text or a number, but it is neither, in {place}."),
            };
        }
    }

    private readonly record struct Found(string Value, string Place);
}
