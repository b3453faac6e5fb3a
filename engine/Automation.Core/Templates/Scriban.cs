using Automation.Core.Templates.Evaluation;
using Automation.Core.Templates.Functions;
using Automation.Core.Templates.Parsing;

namespace Automation.Core.Templates;

/// <summary>The Scriban language, implemented from its rules. The reader's guide and our deviations are in docs/templates.md.</summary>
public sealed class Scriban : ITemplateLanguage
{
    public static readonly Scriban Language = new(scriptOnly: false);

    /// <summary>The same language where the whole text is code, without braces around it.</summary>
    public static readonly Scriban Script = new(scriptOnly: true);

    /// <summary>Longer than any message; a parse must end soon whatever it is given.</summary>
    private const int LongestTemplate = 1_048_576;

    private readonly bool _scriptOnly;

    private Scriban(bool scriptOnly)
    {
        _scriptOnly = scriptOnly;
    }

    public TemplateParse Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            if (text.Length > LongestTemplate)
            {
                throw new ParseFault(1, 1, "Expected a template of at most a million characters, but it is longer.");
            }

            var variables = new VariableCollector();
            var page = Parser.Parse(text, _scriptOnly, variables);
            return new TemplateParse(new ParsedTemplate(
                page, variables.Result(BuiltIns.Table.ContainsKey), variables.Mistaken(BuiltIns.IsGroupWithout)), []);
        }
        catch (ParseFault fault)
        {
            return new TemplateParse(null, [new TemplateError(TemplateErrorKind.Parse, fault.Line, fault.Column, fault.Message)]);
        }
    }
}
