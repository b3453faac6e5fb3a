using Automation.Core.Templates.Evaluation;
using Automation.Core.Templates.Tree;

namespace Automation.Core.Templates.Functions;

/// <summary><c>include "name" …</c>: another template's text. It shares the names of the page, with arguments of its own.</summary>
internal sealed class IncludeFunction : Callable
{
    private const string TemplateMark = "tpl:";

    public static BuiltIn CreateJoin() => new("include_join", "names separator begin? end?", static (r, a) => Join(r, a));

    public override Value Invoke(Rendering rendering, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at)
    {
        if (arguments.IsEmpty)
        {
            throw at.Fault("Expected the name of a template to include, but it was not given.");
        }

        var name = rendering.ToText(arguments[0]);
        return new Value(Render(rendering, name, arguments, named, at));
    }

    /// <summary>Runs a page behind the output and answers its text.</summary>
    public static string Print(Rendering rendering, Block page)
    {
        var mark = rendering.BeginCapture(keepIndent: false);
        if (page.Execute(rendering) == Flow.Return)
        {
            rendering.Print(rendering.Returned);
            rendering.Returned = Value.Null;
        }

        return rendering.EndCapture(mark);
    }

    private static string Render(
        Rendering rendering, string? name, ReadOnlySpan<Value> arguments, ScriptObject? named, Node at)
    {
        var page = Find(rendering, name, at);
        var frame = new Frame { Arguments = new ScriptArray(arguments.Length) };
        frame.Arguments.AddRange(arguments);
        frame.Arguments.Members = named;
        foreach (var (key, value) in named?.Members() ?? [])
        {
            frame.Set("$" + key, value);
        }

        var outer = rendering.PushFrame(frame);
        var text = Print(rendering, page);
        rendering.RestoreFrame(outer);
        return text;
    }

    private static Block Find(Rendering rendering, string? name, Node at)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw at.Fault("Expected the name of a template to include, but it is empty.");
        }

        if (rendering.Includes is null)
        {
            throw at.Fault($"Expected no include, but found one of `{name}`: this render has no other templates.");
        }

        var parsed = rendering.Includes(name)
            ?? throw at.Fault($"Expected a template named `{name}`, but there is none.");
        return parsed.Template is ParsedTemplate template
            ? template.Page
            : throw at.Fault($"Expected the template `{name}` to parse, but {parsed.Errors.FirstOrDefault()?.Message}");
    }

    private static Value Join(Rendering r, ReadOnlySpan<Value> a)
    {
        if (r.ListAt(a, 0) is not { } names)
        {
            return Value.EmptyText;
        }

        var text = new System.Text.StringBuilder(Part(r, a, 2));
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : Part(r, a, 1));
            text.Append(One(r, r.ToText(names[i])));
            Operators.CheckLength(r, text.Length, null);
        }

        return r.Built(text.Append(Part(r, a, 3)).ToString());
    }

    /// <summary>A separator is text, or the text of the template named after <c>tpl:</c>.</summary>
    private static string? Part(Rendering r, ReadOnlySpan<Value> a, int index)
    {
        var text = r.TextAt(a, index);
        return text is not null && text.StartsWith(TemplateMark, StringComparison.Ordinal)
            ? One(r, text[TemplateMark.Length..])
            : text;
    }

    private static string One(Rendering r, string? name)
    {
        var site = r.CallSite!;
        r.EnterCall(site);
        var text = Render(r, name, [new Value(name)], null, site);
        r.LeaveCall();
        r.CallSite = site;
        return text;
    }
}
