using System.Text.Json;

namespace Automation.Connectors;

/// <summary>
/// Reads an account's configuration once, when the connector is made: missing properties take their default, wrong ones and
/// unknown ones (most of them typing errors) are refused with the place and a sentence.
/// </summary>
/// <example>
/// <code>
/// var read = new ConfigurationReader(account.Configuration);
/// var url = read.Text("url") ?? throw read.Missing("url");
/// var timeout = read.Number("timeout_seconds", otherwise: 10, min: 0.1, max: 120);
/// read.RefuseOthers();
/// </code>
/// </example>
public sealed class ConfigurationReader
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Reads from an object.</summary>
    /// <param name="element">A JSON object.</param>
    /// <param name="path">JSON pointer of the object within the configuration. Default: the root.</param>
    /// <exception cref="ConnectorConfigurationException">It is not an object.</exception>
    public ConfigurationReader(JsonElement element, string path = "")
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ConnectorConfigurationException(path, $"Expected an object, but got {Kind(element)}.");
        }

        _element = element;
        _path = path;
    }

    /// <summary>Whether the property is there and not null.</summary>
    /// <param name="name">The property.</param>
    public bool Has(string name) => Find(name, out _);

    /// <summary>A string, or null when it is missing.</summary>
    /// <param name="name">The property.</param>
    /// <exception cref="ConnectorConfigurationException">It is not a string.</exception>
    public string? Text(string name)
    {
        if (!Find(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw Wrong(name, $"Expected a text, but got {Kind(value)}.");
    }

    /// <summary>One of a few words.</summary>
    /// <param name="name">The property.</param>
    /// <param name="choices">The words; the first one is the default.</param>
    /// <exception cref="ConnectorConfigurationException">It is something else.</exception>
    public string Choice(string name, params ReadOnlySpan<string> choices)
    {
        if (!Find(name, out var value))
        {
            return choices[0];
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var choice in choices)
        {
            if (choice == text)
            {
                return choice;
            }
        }

        throw Wrong(name, $"Expected one of {string.Join(", ", choices)}, but got {Kind(value)}.");
    }

    /// <summary>A number within a range, both ends included.</summary>
    /// <param name="name">The property.</param>
    /// <param name="otherwise">What it is when it is missing.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The most.</param>
    /// <exception cref="ConnectorConfigurationException">It is not a number, or outside the range.</exception>
    public double Number(string name, double otherwise, double min, double max)
    {
        if (!Find(name, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || number < min || number > max)
        {
            throw Wrong(name, FormattableString.Invariant($"Expected a number from {min} to {max}, but got {Shown(value)}."));
        }

        return number;
    }

    /// <summary>A whole number within a range, both ends included.</summary>
    /// <param name="name">The property.</param>
    /// <param name="otherwise">What it is when it is missing.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The most.</param>
    /// <exception cref="ConnectorConfigurationException">It is not a whole number, or outside the range.</exception>
    public int Whole(string name, int otherwise, int min, int max)
    {
        if (!Find(name, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < min || number > max)
        {
            throw Wrong(
                name, FormattableString.Invariant($"Expected a whole number from {min} to {max}, but got {Shown(value)}."));
        }

        return number;
    }

    /// <summary>True or false.</summary>
    /// <param name="name">The property.</param>
    /// <param name="otherwise">What it is when it is missing.</param>
    /// <exception cref="ConnectorConfigurationException">It is neither.</exception>
    public bool Flag(string name, bool otherwise)
    {
        if (!Find(name, out var value))
        {
            return otherwise;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(name, $"Expected true or false, but got {Kind(value)}.");
    }

    /// <summary>A list of strings; empty when it is missing.</summary>
    /// <param name="name">The property.</param>
    /// <exception cref="ConnectorConfigurationException">It is not a list, or holds something else than strings.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!Find(name, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, $"Expected a list of texts, but got {Kind(value)}.");
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String
                ? item.GetString()!
                : throw Wrong($"{name}/{texts.Count}", $"Expected a text, but got {Kind(item)}."));
        }

        return texts;
    }

    /// <summary>The address of a vendor's service: https, or http on this machine, for sandboxes and tests.</summary>
    /// <param name="name">The property.</param>
    /// <param name="otherwise">The vendor's own address.</param>
    /// <exception cref="ConnectorConfigurationException">It is no such address.</exception>
    public Uri Endpoint(string name, string otherwise)
    {
        var text = Text(name) ?? otherwise;
        var isOne = Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri is { UserInfo: "", Query: "", Fragment: "" };
        return isOne ? uri! : throw Wrong(name, "Expected an address that starts with https://, but got another.");
    }

    /// <summary>An object within the configuration, or null when it is missing.</summary>
    /// <param name="name">The property.</param>
    /// <exception cref="ConnectorConfigurationException">It is not an object.</exception>
    public ConfigurationReader? Inner(string name) =>
        Find(name, out var value) ? new ConfigurationReader(value, $"{_path}/{name}") : null;

    /// <summary>The names of the object's properties, for objects with names of the user's choice, such as headers.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new List<string>();
        foreach (var property in _element.EnumerateObject())
        {
            names.Add(property.Name);
        }

        return names;
    }

    /// <summary>Refuses properties that nobody asked for. Call it last.</summary>
    /// <exception cref="ConnectorConfigurationException">There is one.</exception>
    public void RefuseOthers()
    {
        foreach (var property in _element.EnumerateObject())
        {
            // The engine itself reads an account's own rate, whatever the connector.
            if (_path.Length == 0 && property.Name == ConnectorAccount.RateProperty)
            {
                if (property.Value.ValueKind != JsonValueKind.Number || property.Value.GetDouble() is not (> 0 and <= 100_000))
                {
                    throw Wrong(property.Name, $"Expected a number above 0, up to 100000, but got {Shown(property.Value)}.");
                }
            }
            else if (!_asked.Contains(property.Name))
            {
                throw Wrong(property.Name, $"Expected one of {string.Join(", ", _asked)}, but got '{property.Name}'.");
            }
        }
    }

    /// <summary>Makes the error for a property that must be there.</summary>
    /// <param name="name">The property.</param>
    public ConnectorConfigurationException Missing(string name) => Wrong(name, $"Expected '{name}', but it is missing.");

    /// <summary>Makes the error for a property with a wrong value.</summary>
    /// <param name="name">The property, or a path below this object.</param>
    /// <param name="text">One sentence, "Expected …, but …".</param>
    public ConnectorConfigurationException Wrong(string name, string text) => new($"{_path}/{name}", text);

    private bool Find(string name, out JsonElement value)
    {
        _asked.Add(name);
        return _element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Kind(value);

    // Only the kind: a secret typed into the wrong field must not come back in an error text.
    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "another text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "nothing",
    };
}
