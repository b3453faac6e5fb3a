using System.Text.RegularExpressions;
using Automation.Core.Templates;

namespace Automation.Core.Tests.Journeys.Linting;

/// <summary>A language of bare variables, so that these tests do not hang on the real one's grammar.</summary>
internal sealed partial class PlainLanguage : ITemplateLanguage
{
    public TemplateParse Parse(string text)
    {
        var blocks = Block().Matches(text).ToList();
        return blocks.Find(block => !Path().IsMatch(block.Groups[1].Value)) is { } wrong
            ? new TemplateParse(null, [new TemplateError(TemplateErrorKind.Parse, 1, wrong.Index + 1, "Expected a path, but found something else.")])
            : new TemplateParse(new Parsed([.. blocks.Select(block => block.Groups[1].Value)]), []);
    }

    [GeneratedRegex(@"\{\{\s*(.*?)\s*\}\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"^\w+(\.\w+)*$")]
    private static partial Regex Path();

    private sealed class Parsed(IReadOnlyList<string> variables) : IParsedTemplate
    {
        public IReadOnlyList<string> Variables => variables;

        public TemplateResult Render(IReadOnlyDictionary<string, object?> model, in RenderOptions options) => new("", null);
    }
}
