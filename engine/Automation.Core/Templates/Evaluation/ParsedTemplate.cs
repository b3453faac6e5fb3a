using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Evaluation;

/// <summary>A page ready to be rendered by any number of threads.</summary>
internal sealed class ParsedTemplate(Block page, IReadOnlyList<string> variables, IReadOnlyList<string> mistaken) : IParsedTemplate
{
    public Block Page { get; } = page;

    public IReadOnlyList<string> Variables { get; } = variables;

    public IReadOnlyList<string> Mistaken { get; } = mistaken;

    public TemplateResult Render(IReadOnlyDictionary<string, object?> model, in RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        var buffer = TextBuffer.Rent();
        var rendering = new Rendering(model, options, buffer);
        try
        {
            if (Page.Execute(rendering) == Flow.Return)
            {
                rendering.Print(rendering.Returned);
            }

            return new TemplateResult(buffer.TextFrom(0), null);
        }
        catch (Fault fault)
        {
            return new TemplateResult(null, Describe(fault, rendering));
        }
        catch (Exception failed) when (IsOfTheTemplate(failed))
        {
            return new TemplateResult(null, Describe(new Fault($"Expected values the function takes, but {failed.Message}"), rendering));
        }
        finally
        {
            buffer.Return();
        }
    }

    /// <summary>What the platform throws when numbers, dates or texts leave its range: the template asked for it.</summary>
    private static bool IsOfTheTemplate(Exception failed) =>
        failed is ArithmeticException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException;

    private static TemplateError Describe(Fault fault, Rendering rendering)
    {
        var (line, column) = fault.Line > 0
            ? (fault.Line, fault.Column)
            : (rendering.CallSite?.Line ?? 1, rendering.CallSite?.Column ?? 1);
        return new TemplateError(TemplateErrorKind.Runtime, line, column, fault.Message);
    }
}
