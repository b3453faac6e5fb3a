using System.Globalization;

namespace Automation.Core.Templates.Evaluation;

/// <summary>What the bodies of built-in functions ask of their arguments.</summary>
internal sealed partial class Rendering
{
    /// <summary>Any value counts as text; null and an argument left out do not.</summary>
    public string? TextAt(ReadOnlySpan<Value> arguments, int index) => ToText(arguments[index]);

    public int IntAt(ReadOnlySpan<Value> arguments, int index, int otherwise = 0)
    {
        var value = arguments[index];
        return value.IsMissing || value.IsNull ? otherwise : ToInt(value, At(index));
    }

    public double NumberAt(ReadOnlySpan<Value> arguments, int index)
    {
        var value = arguments[index];
        return value.IsNumber || value.Kind == ValueKind.Bool
            ? Numbers.ToDouble(value)
            : value.IsNull ? 0 : throw At(index).Fault($"Expected a number, but found {Kinds.Name(value)}.");
    }

    public static bool IsGiven(ReadOnlySpan<Value> arguments, int index) =>
        !arguments[index].IsMissing && !arguments[index].IsNull;

    /// <summary>The list an argument stands for: a single value counts as a list of one. Null stays null.</summary>
    public Sequence? ListAt(ReadOnlySpan<Value> arguments, int index)
    {
        var value = arguments[index];
        if (value.IsNull || value.IsMissing)
        {
            return null;
        }

        if (value.Kind == ValueKind.String || ToSequence(value) is not { } list)
        {
            list = new ScriptArray { value };
        }

        Walk(list.Count);
        return list;
    }

    public Callable FunctionAt(ReadOnlySpan<Value> arguments, int index) =>
        arguments[index].Function ?? throw At(index).Fault($"Expected a function, but found {Kinds.Name(arguments[index])}.");

    /// <summary>The culture named by an argument, or the one of the render.</summary>
    public CultureInfo CultureAt(ReadOnlySpan<Value> arguments, int index)
    {
        var name = TextAt(arguments, index);
        if (string.IsNullOrEmpty(name))
        {
            return Culture;
        }

        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            throw At(index).Fault($"Expected the name of a culture, but found `{name}`.");
        }
    }

    /// <summary>Text a function built: it may not be longer than anything that may be printed.</summary>
    public Value Built(string text)
    {
        Operators.CheckLength(this, text.Length, null);
        return new Value(text);
    }
}
