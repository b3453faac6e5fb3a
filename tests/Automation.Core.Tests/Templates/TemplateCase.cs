using System.Globalization;
using System.Numerics;
using System.Text.Json;

using Automation.Core.Templates;

using NodaTime;

namespace Automation.Core.Tests.Templates;

/// <summary>One line of a case file: a template, what it is rendered with, and what must come out.</summary>
internal sealed record TemplateCase(JsonElement Json)
{
    private static readonly string[] OutsideTags = ["host_functions", "scientific", "needs-host-objects"];

    public string Id => Text("id") ?? "?";

    public string Category => Text("category") ?? "?";

    public string Template => Text("template")!;

    public bool IsOutside => Json.TryGetProperty("tags", out var tags)
        && tags.EnumerateArray().Any(tag => OutsideTags.Contains(tag.GetString()));

    public static IEnumerable<TemplateCase> ReadFile(string path) => File.ReadLines(path)
        .Where(line => line.Length > 0)
        .Select(line => new TemplateCase(JsonDocument.Parse(line).RootElement));

    /// <summary>Null when the outcome is the expected one, otherwise what differs.</summary>
    public string? Failure()
    {
        var language = Option("mode")?.GetString() == "script" ? Scriban.Script : Scriban.Language;
        var parsed = language.Parse(Template);
        var result = parsed.Template?.Render(Model(), Options()) ?? new TemplateResult(null, parsed.Errors[0]);
        var expectsError = Json.TryGetProperty("expect_error", out var flag) && flag.GetBoolean();
        return expectsError ? ErrorFailure(result) : TextFailure(result);
    }

    private string? TextFailure(TemplateResult result)
    {
        if (result.Error is { } error)
        {
            return $"error {error.Kind} {error.Line},{error.Column}: {error.Message}";
        }

        return result.Text == Text("expected") ? null : JsonSerializer.Serialize(result.Text);
    }

    private string? ErrorFailure(TemplateResult result)
    {
        if (result.Error is not { } error)
        {
            return "no error, but " + JsonSerializer.Serialize(result.Text);
        }

        var kind = error.Kind == TemplateErrorKind.Parse ? "parse" : "runtime";
        var line = Text("error_pos")?.Split(',')[0];
        var isLine = line is null or "0" || line == error.Line.ToString(CultureInfo.InvariantCulture);
        return kind == Text("error_kind") && isLine ? null : $"{kind} {error.Line},{error.Column}: {error.Message}";
    }

    private Dictionary<string, object?> Model() =>
        Json.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object
            ? (Dictionary<string, object?>)Convert(model)!
            : [];

    private RenderOptions Options()
    {
        var limits = TemplateLimits.Default;
        return new RenderOptions
        {
            Now = Instant.FromUtc(2026, 3, 9, 14, 5, 6),
            Culture = Option("culture")?.GetString() is { } culture ? CultureInfo.GetCultureInfo(culture) : null,
            Seed = 7,
            Includes = Json.TryGetProperty("includes", out var includes) ? name => Include(includes, name) : null,
            Limits = limits with
            {
                Loop = Number("loop_limit", limits.Loop),
                Recursion = Number("recursive_limit", limits.Recursion),
                ObjectRecursion = Number("object_recursion_limit", limits.ObjectRecursion),
                Text = Number("limit_to_string", limits.Text),
            },
            Strictness = new TemplateStrictness
            {
                StrictVariables = Flag("strict_variables", false),
                RelaxedMember = Flag("relaxed_member", true),
                RelaxedTarget = Flag("relaxed_target", false),
                RelaxedFunction = Flag("relaxed_function", false),
                RelaxedIndexer = Flag("relaxed_indexer", true),
                NullIndexer = Flag("null_indexer", false),
                AutoIndent = Flag("auto_indent", true),
                IndentOnEmptyLines = Flag("indent_on_empty_lines", true),
            },
        };
    }

    private static TemplateParse? Include(JsonElement includes, string name) =>
        includes.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? Scriban.Language.Parse(text.GetString()!)
            : null;

    private string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private JsonElement? Option(string name) =>
        Json.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Object
            && options.TryGetProperty(name, out var value)
            ? value
            : null;

    private int Number(string name, int otherwise) => Option(name)?.GetInt32() ?? otherwise;

    private bool Flag(string name, bool otherwise) => Option(name)?.GetBoolean() ?? otherwise;

    private static object? Convert(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.TryGetProperty("$date", out var date):
                return DateTimeOffset.Parse(date.GetString()!, CultureInfo.InvariantCulture);
            case JsonValueKind.Object:
                return element.EnumerateObject().ToDictionary(member => member.Name, member => Convert(member.Value), StringComparer.Ordinal);
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(Convert).ToList();
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return ConvertNumber(element);
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }

    private static object ConvertNumber(JsonElement element)
    {
        if (element.TryGetInt32(out var number))
        {
            return number;
        }

        if (element.TryGetInt64(out var wide))
        {
            return wide;
        }

        return BigInteger.TryParse(element.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big)
            ? big
            : element.GetDouble();
    }
}
