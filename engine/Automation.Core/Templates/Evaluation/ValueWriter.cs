using System.Runtime.CompilerServices;

using Automation.Core.Templates.Functions;

namespace Automation.Core.Templates.Evaluation;

/// <summary>Prints a value the way templates show it: texts inside lists are quoted, null inside lists is spelt out.</summary>
internal static class ValueWriter
{
    public static void Write(Rendering rendering, Value value, bool isNested, int depth)
    {
        var output = rendering.Output;
        var culture = rendering.Culture;
        switch (value.Kind)
        {
            case ValueKind.Null or ValueKind.Missing:
                output.Append(isNested ? "null" : string.Empty);
                break;
            case ValueKind.String:
                WriteText(output, value.Text!, isNested);
                break;
            case ValueKind.Bool:
                output.Append(value.Bool ? "true" : "false");
                break;
            case ValueKind.Int:
                output.Append(value.Int, default, culture);
                break;
            case ValueKind.Long:
                output.Append(value.Long, default, culture);
                break;
            case ValueKind.Double:
                output.Append(value.Double, default, culture);
                break;
            case ValueKind.Float:
                output.Append(value.Float, default, culture);
                break;
            case ValueKind.Decimal:
                output.Append(value.Decimal, default, culture);
                break;
            case ValueKind.BigInteger:
                rendering.Step((int)(value.BigInteger.GetBitLength() >> 3));
                output.Append(value.BigInteger, default, culture);
                break;
            case ValueKind.Date:
                DatePattern.Write(output, value.Date, rendering.ToText(rendering.DateFormat), culture);
                break;
            case ValueKind.TimeSpan:
                output.Append(value.TimeSpan, default, culture);
                break;
            case ValueKind.List:
                WriteList(rendering, rendering.Current(value.List!), Deeper(rendering, depth));
                break;
            case ValueKind.Object:
                WriteRecord(rendering, rendering.Current(value.Object!), Deeper(rendering, depth));
                break;
            case ValueKind.Function:
                output.Append("<function>");
                break;
            default:
                break;
        }
    }

    private static int Deeper(Rendering rendering, int depth) =>
        depth < rendering.Limits.ObjectRecursion && RuntimeHelpers.TryEnsureSufficientExecutionStack()
            ? depth + 1
            : throw new Fault("Expected values that end, but they nest too deeply or contain themselves.");

    /// <summary>Stops early once the text is longer than anything that may be printed.</summary>
    private static bool IsEnough(Rendering rendering, int start) =>
        rendering.Output.Length - start > (rendering.Limits.Text > 0 ? rendering.Limits.Text : TemplateLimits.Default.Text);

    private static void WriteList(Rendering rendering, Sequence list, int depth)
    {
        var start = rendering.Output.Length;
        rendering.Output.Append('[');
        for (var i = 0; i < list.Count && !IsEnough(rendering, start); i++)
        {
            rendering.Step();
            rendering.Output.Append(i == 0 ? string.Empty : ", ");
            Write(rendering, list[i], isNested: true, depth);
        }

        rendering.Output.Append(']');
    }

    private static void WriteRecord(Rendering rendering, Record record, int depth)
    {
        var output = rendering.Output;
        var start = output.Length;
        output.Append('{');
        var isFirst = true;
        foreach (var (name, value) in record.Members())
        {
            rendering.Step();
            if (IsEnough(rendering, start))
            {
                break;
            }

            output.Append(isFirst ? string.Empty : ", ");
            isFirst = false;
            WriteText(output, name, isQuoted: !IsIdentifier(name));
            output.Append(": ");
            Write(rendering, value, isNested: true, depth);
        }

        output.Append('}');
    }

    private static bool IsIdentifier(string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteText(TextBuffer output, string text, bool isQuoted)
    {
        if (!isQuoted)
        {
            output.Append(text);
            return;
        }

        output.Append('"');
        StringEscapes.Write(output, text);
        output.Append('"');
    }
}
