using System.Text;

using Automation.Core.Templates;

using Xunit;

namespace Automation.Core.Tests.Templates;

/// <summary>Text put together at random is a template or is none, but it never brings the engine down.</summary>
public sealed class RandomTemplateTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{{-", "~}}", "{%{", "}%}", "\n", " ", " ", ";", "(", ")", "[", "]", "{", "}", ",", ":", ".", "?.", "..", "|", "?", "??",
        "+", "-", "*", "/", "//", "%", "<<", ">>", "==", "<", "&&", "||", "!", "=", "+=", "++", "@", "^", "$", "$0", "$$", "$x", "#", "##",
        "if ", "else ", "end", "for ", "x", "y", " in ", "while ", "case ", "when ", "func ", "ret ", "do", "with ", "wrap ", "capture ",
        "import ", "readonly ", "break", "continue", "tablerow ", "this", "empty", "null", "true", "false", "contact", "limit:", "reversed",
        "1", "2147483647", "9223372036854775807", "1.5", "1.5m", "0x1F", "1e3", "'a'", "\"b\"", "`c`", "$'{x}'", "'\\u0041'", "'unclosed",
        "string.upcase ", "array.sort ", "array.each ", "date.parse ", "date.now", "math.format 'N2'", "math.divided_by ", "object.to_json",
        "regex.match ", "html.escape", "string.slice ", "date.add_years ", "timespan.from_days ", "include ", "object.eval ", "😀", "é",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_text_never_throws(int seed)
    {
        var random = new Random(seed);
        var limits = TemplateLimits.Default with { Steps = 20_000, Text = 5_000, Loop = 50 };
        var options = new RenderOptions { Limits = limits, Seed = 1 };
        var model = new Dictionary<string, object?> { ["x"] = 5, ["y"] = new List<object?> { 1, "b", null }, ["contact"] = new Dictionary<string, object?> { ["x"] = "z" } };
        var rendered = 0;
        for (var i = 0; i < 3000; i++)
        {
            var text = new StringBuilder("{{ ");
            for (var count = random.Next(1, 14); count > 0; count--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            var parsed = Scriban.Language.Parse(text.Append(" }}").ToString());
            Assert.Equal(parsed.Template is null, parsed.Errors.Length > 0);
            if (parsed.Template?.Render(model, options) is { } result)
            {
                Assert.NotEqual(result.Text is null, result.Error is null);
                rendered++;
            }
        }

        Assert.InRange(rendered, 50, 2999);
    }
}
