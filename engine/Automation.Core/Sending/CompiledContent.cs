using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Templates;
using Automation.Core.Workspaces;

namespace Automation.Core.Sending;

/// <summary>Content whose strings are templates, parsed once. Plain strings cost nothing at send time.</summary>
internal sealed class CompiledContent
{
    private static readonly TemplateLimits Limits = TemplateLimits.Default with { Text = 64 * 1024, Steps = 200_000 };

    private readonly PropertyBag _content;
    private readonly Dictionary<string, TemplateParse> _templates;

    public CompiledContent(PropertyBag content)
    {
        _content = content;
        var templates = new Dictionary<string, TemplateParse>(StringComparer.Ordinal);
        Parse(content, templates);
        _templates = templates;
    }

    /// <summary>The content with every template rendered, or the first fault in words.</summary>
    public (PropertyBag? Content, string? Error) Render(Turn turn, Enrollment enrollment)
    {
        if (_templates.Count == 0)
        {
            return (_content, null);
        }
        var model = new MessageModel(turn, enrollment);
        var options = new RenderOptions { Now = turn.Now, Limits = Limits };
        string? error = null;
        var rendered = (PropertyBag)Render(_content, model, options, ref error)!;
        return error is null ? (rendered, null) : (null, error);
    }

    private object? Render(object? value, MessageModel model, in RenderOptions options, ref string? error)
    {
        switch (value)
        {
            case string text when _templates.TryGetValue(text, out var parsed):
                if (parsed.Template is null)
                {
                    error ??= Describe(parsed.Errors[0]);
                    return null;
                }
                var result = parsed.Template.Render(model, options);
                error ??= result.Error is { } fault ? Describe(fault) : null;
                return result.Text;
            case PropertyBag bag:
                foreach (var (key, inner) in bag)
                {
                    bag = bag.With(key, Render(inner, model, options, ref error));
                }
                return bag;
            case IReadOnlyList<object?> list:
                var items = new object?[list.Count];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = Render(list[i], model, options, ref error);
                }
                return items;
            default:
                return value;
        }
    }

    private static string Describe(TemplateError error) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({error.Line},{error.Column}) {error.Message}");

    private static void Parse(object? value, Dictionary<string, TemplateParse> templates)
    {
        switch (value)
        {
            case string text when text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%{", StringComparison.Ordinal):
                templates[text] = Scriban.Language.Parse(text);
                break;
            case PropertyBag bag:
                foreach (var inner in bag.Values)
                {
                    Parse(inner, templates);
                }
                break;
            case IReadOnlyList<object?> list:
                foreach (var inner in list)
                {
                    Parse(inner, templates);
                }
                break;
            default:
                break;
        }
    }
}

/// <summary>A message template ready to render.</summary>
internal sealed class CompiledTemplate(MessageTemplate template)
{
    public string Key => template.Key;

    public int Version => template.Version;

    public CompiledContent Content { get; } = new(template.Content);
}
