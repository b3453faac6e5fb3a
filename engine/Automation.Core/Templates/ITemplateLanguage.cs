using System.Collections.Immutable;

namespace Automation.Core.Templates;

/// <summary>Turns the text of a template into something that can be rendered many times. Never throws for bad text.</summary>
public interface ITemplateLanguage
{
    TemplateParse Parse(string text);
}

/// <summary>A template that parsed, or the reasons why it did not: <see cref="Template"/> is null when there are errors.</summary>
public sealed record TemplateParse(IParsedTemplate? Template, ImmutableArray<TemplateError> Errors);

/// <summary>A parsed template: immutable, and safe to render from many threads at once.</summary>
public interface IParsedTemplate
{
    /// <summary>The paths the template reads from its model, such as <c>contact.name</c>; names it assigns itself are left out.</summary>
    IReadOnlyList<string> Variables { get; }

    /// <summary>The paths it reads that are a built-in's name and no function of it, such as <c>date</c> alone: the value that was meant stands elsewhere.</summary>
    IReadOnlyList<string> Mistaken { get; }

    /// <summary>Renders with a model of plain values. A faulty template is answered by an error, never by an exception.</summary>
    TemplateResult Render(IReadOnlyDictionary<string, object?> model, in RenderOptions options);
}
