using System.Text.RegularExpressions;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>
/// <c>regex</c>. Patterns run on the engine that never backtracks, so no text makes them slow. Patterns it cannot run,
/// with look-arounds or back-references, are refused.
/// </summary>
internal static class RegexFunctions
{
    /// <summary>A time-out is a clock, and would make a render depend on the machine; length limits do not.</summary>
    private const int LongestPattern = 1000;

    public static ScriptObject Create()
    {
        var target = new ScriptObject();
        target.Add("escape", "pattern", static (r, a) => a[0].IsNull ? Value.Null : r.Built(Regex.Escape(r.TextAt(a, 0)!)));
        target.Add("match", "text pattern options?", static (r, a) => Match(r, a));
        target.Add("matches", "text pattern options?", static (r, a) => Matches(r, a));
        target.Add("replace", "text pattern replace options?", static (r, a) => Replace(r, a));
        target.Add("split", "text pattern options?", static (r, a) => Split(r, a));
        target.Add("unescape", "pattern", static (r, a) => Unescape(r, a));
        return target.Seal();
    }

    private static Regex Compile(Rendering r, string? pattern, string? options)
    {
        pattern ??= string.Empty;
        r.Step(100 + (10 * pattern.Length));
        if (pattern.Length > LongestPattern)
        {
            throw r.At(1).Fault($"Expected a pattern of at most {Rendering.Text(LongestPattern)} characters, but it is longer.");
        }

        var flags = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        foreach (var option in options ?? string.Empty)
        {
            flags |= option switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
        }

        try
        {
            return new Regex(pattern, flags);
        }
        catch (Exception failed) when (failed is ArgumentException or NotSupportedException)
        {
            throw r.At(1).Fault($"Expected a pattern without look-arounds and back-references, but found `{pattern}`.");
        }
    }

    private static string Subject(Rendering r, ReadOnlySpan<Value> a)
    {
        var text = r.TextAt(a, 0) ?? string.Empty;
        r.Step(text.Length);
        return text;
    }

    private static Value Match(Rendering r, ReadOnlySpan<Value> a)
    {
        var match = Compile(r, r.TextAt(a, 1), r.TextAt(a, 2)).Match(Subject(r, a));
        return new Value(match.Success ? Groups(r, match) : new ScriptArray());
    }

    private static Value Matches(Rendering r, ReadOnlySpan<Value> a)
    {
        var result = new ScriptArray();
        foreach (Match match in Compile(r, r.TextAt(a, 1), r.TextAt(a, 2)).Matches(Subject(r, a)))
        {
            result.Add(new Value(Groups(r, match)));
        }

        return new Value(result);
    }

    private static ScriptArray Groups(Rendering r, Match match)
    {
        var groups = new ScriptArray(match.Groups.Count);
        foreach (Group group in match.Groups)
        {
            r.Step();
            groups.Add(new Value(group.Value));
        }

        return groups;
    }

    private static Value Replace(Rendering r, ReadOnlySpan<Value> a)
    {
        var regex = Compile(r, r.TextAt(a, 1), r.TextAt(a, 3));
        var replacement = r.TextAt(a, 2) ?? string.Empty;
        long length = 0;
        var result = regex.Replace(Subject(r, a), match =>
        {
            var text = match.Result(replacement);
            Operators.CheckLength(r, length += text.Length, null);
            return text;
        });
        return r.Built(result);
    }

    private static Value Split(Rendering r, ReadOnlySpan<Value> a)
    {
        var result = new ScriptArray();
        foreach (var part in Compile(r, r.TextAt(a, 1), r.TextAt(a, 2)).Split(Subject(r, a)))
        {
            r.Step();
            result.Add(new Value(part));
        }

        return new Value(result);
    }

    private static Value Unescape(Rendering r, ReadOnlySpan<Value> a)
    {
        try
        {
            return a[0].IsNull ? Value.Null : r.Built(Regex.Unescape(r.TextAt(a, 0)!));
        }
        catch (ArgumentException)
        {
            throw new Fault("Expected a pattern to unescape, but found text that is none.");
        }
    }
}
