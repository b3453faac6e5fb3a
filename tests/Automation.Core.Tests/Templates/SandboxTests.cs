using System.Diagnostics;

using Automation.Core.Templates;

using Xunit;

namespace Automation.Core.Tests.Templates;

/// <summary>What a hostile or careless template may not do: run for ever, fill the memory, break the process, tear text.</summary>
public sealed class SandboxTests
{
    private static readonly TemplateLimits Unlooped = TemplateLimits.Default with { Loop = 0 };

    [Theory]
    [InlineData("{{ while true; end }}")]
    [InlineData("{{ for a in 1..900; for b in 1..900; end; end }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ f(x) = f(x + 1); f(1) }}")]
    [InlineData("{{ func f; [1] | array.each @f; end; f }}")]
    [InlineData("{{ 'ab' * 2000000000 }}")]
    [InlineData("{{ x = 'ab'; for i in 1..100; x = x + x; end }}")]
    [InlineData("{{ x = [1,2]; for i in 1..100; x = x + x; end }}")]
    [InlineData("{{ x = [1,2,3] * 2000000000 }}")]
    [InlineData("{{ x = 1..2000000000 }}")]
    [InlineData("{{ x = 1 << 2000000000 }}")]
    [InlineData("{{ x = 9; for i in 1..100; x = x * x; end }}")]
    [InlineData("{{ x = []; x[2000000000] = 1 }}")]
    [InlineData("{{ [1] | array.insert_at 2000000000 1 }}")]
    [InlineData("{{ 'x' | string.pad_left 2000000000 }}")]
    [InlineData("{{ 'aaaa' | string.replace 'a' ('b' * 500000) }}")]
    [InlineData("{{ 1.5 | math.format 'N999999999' }}")]
    [InlineData("{{ a = {}; a.self = a; a }}")]
    [InlineData("{{ a = {}; a.self = a; a | object.to_json }}")]
    [InlineData("{{ a = []; a[0] = a; a == a[0] }}{{ a }}")]
    [InlineData("{{ 'x' | regex.match '(a+)\\\\1' }}")]
    public void A_greedy_template_stops_with_an_error(string text)
    {
        var result = Render(text, new RenderOptions());

        Assert.Null(result.Text);
        Assert.Equal(TemplateErrorKind.Runtime, result.Error!.Kind);
        Assert.Equal("template_runtime_error", result.Error.Code);
    }

    [Theory]
    [InlineData("{{ while true; end }}")]
    [InlineData("{{ i = 0; while true; i = i + 1; end }}")]
    [InlineData("{{ for a in 1..2000; for b in 1..2000; for c in 1..2000; end; end; end }}")]
    [InlineData("{{ x = 'a' * 1000000; while true; y = x + 'b'; end }}")]
    [InlineData("{{ while true; y = 1..100000 | array.reverse; end }}")]
    public void Without_a_loop_limit_the_steps_still_end_it(string text)
    {
        var watch = Stopwatch.StartNew();

        var result = Render(text, new RenderOptions { Limits = Unlooped });

        Assert.NotNull(result.Error);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "Expected the budget of steps to end within seconds.");
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_ends_at_once()
    {
        var result = Render("{{ ('a' * 30000 + '!') | regex.match '^(a|a)*(a+)+$' | array.size }}", new RenderOptions());

        Assert.Equal("0", result.Text);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{a:", "}")]
    [InlineData("-", "")]
    [InlineData("!", "")]
    [InlineData("f(", ")")]
    [InlineData("x[", "]")]
    [InlineData("do;", ";end")]
    [InlineData("if 1;", ";end")]
    [InlineData("true ? 1 : ", "")]
    [InlineData("$'{", "}'")]
    public void Deep_nesting_is_refused_while_parsing(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000));

        var parsed = Scriban.Language.Parse("{{ " + text + " }}");

        Assert.Null(parsed.Template);
        Assert.Equal("template_parse_error", parsed.Errors[0].Code);
    }

    [Theory]
    [InlineData("1", " + 1", "")]
    [InlineData("'a'", " | string.upcase", "")]
    [InlineData("a", "?.b", "")]
    [InlineData("1", " && 1", "")]
    [InlineData("if 0", "; else if 0", "; end")]
    public void A_long_chain_renders_or_stops_but_never_overflows_the_stack(string first, string link, string last)
    {
        var text = "{{ " + first + string.Concat(Enumerable.Repeat(link, 50_000)) + last + " }}";

        var parsed = Scriban.Language.Parse(text);
        var result = parsed.Template?.Render(new Dictionary<string, object?>(), new RenderOptions());

        Assert.True(parsed.Errors.Length == 1 || result is { Text: not null } or { Error: not null });
    }

    [Fact]
    public void Deep_recursion_of_deep_expressions_leaves_the_stack_intact()
    {
        var deep = string.Concat(Enumerable.Repeat("(", 100)) + "f(n + 1)" + string.Concat(Enumerable.Repeat(")", 100));
        var limits = TemplateLimits.Default with { Recursion = 1_000_000 };

        var result = Render("{{ f(n) = " + deep + "; f(1) }}", new RenderOptions { Limits = limits });

        Assert.NotNull(result.Error);
    }

    [Fact]
    public void Output_past_the_limit_is_cut_and_marked()
    {
        var limits = TemplateLimits.Default with { Text = 10 };

        var result = Render("{{ for i in 1..100 }}abc{{ end }}", new RenderOptions { Limits = limits });

        Assert.Equal("abcabcabca...", result.Text);
    }

    [Fact]
    public void The_cut_never_falls_inside_a_character_of_four_bytes()
    {
        var limits = TemplateLimits.Default with { Text = 3 };

        var result = Render("ab😀😀", new RenderOptions { Limits = limits });

        Assert.Equal("ab...", result.Text);
    }

    [Theory]
    [InlineData("{{ e }}{{ e | string.upcase }}", "😀😀")]
    [InlineData("{{ e | string.size }}", "2")]
    [InlineData("{{ 'a😀b' | string.truncate 5 }}", "a😀b")]
    [InlineData("{{ 'a😀bcdef' | string.truncate 5 }}", "a...")]
    [InlineData("{{ e | html.escape }}", "&#128512;")]
    [InlineData("{{ e | html.url_encode }}", "%F0%9F%98%80")]
    [InlineData("{{ e | html.url_escape }}", "%F0%9F%98%80")]
    [InlineData("{{ e | string.base64_encode | string.base64_decode }}", "😀")]
    [InlineData("{{ \"\\uD83D\\uDE00\" == e }}", "true")]
    [InlineData("𠮷{{ '𠮷' }}𠮷", "𠮷𠮷𠮷")]
    public void Characters_of_four_bytes_survive(string text, string expected)
    {
        var result = Scriban.Language.Parse(text).Template!.Render(
            new Dictionary<string, object?> { ["e"] = "😀" }, new RenderOptions());

        Assert.Equal(expected, result.Text);
    }

    [Theory]
    [InlineData("[{{ n }}]", "[]")]
    [InlineData("[{{ n | string.upcase }}]", "[]")]
    [InlineData("[{{ n | html.escape }}{{ n | html.url_encode }}]", "[]")]
    [InlineData("[{{ n + 'x' }}]", "[x]")]
    [InlineData("[{{ n | string.truncate 3 }}]", "[]")]
    [InlineData("[{{ n | string.split ',' | array.size }}]", "[0]")]
    [InlineData("[{{ n | string.contains 'a' }}]", "[false]")]
    [InlineData("[{{ $'{n}' }}]", "[]")]
    [InlineData("[{{ list | array.join ',' }}]", "[a,,b]")]
    public void Null_in_place_of_text_prints_nothing_and_breaks_nothing(string text, string expected)
    {
        var model = new Dictionary<string, object?> { ["n"] = null, ["list"] = new List<object?> { "a", null, "b" } };

        Assert.Equal(expected, Scriban.Language.Parse(text).Template!.Render(model, new RenderOptions()).Text);
    }

    [Fact]
    public void A_template_never_changes_the_model()
    {
        var inner = new Dictionary<string, object?> { ["name"] = "Ada", ["tags"] = new List<object?> { "a" } };
        var model = new Dictionary<string, object?> { ["contact"] = inner };
        const string Text = "{{ contact.name = 'Bob'; contact.tags[0] = 'z'; x = 1; contact.name }}{{ contact.tags }}";

        var result = Scriban.Language.Parse(Text).Template!.Render(model, new RenderOptions());

        Assert.Equal("Bob[\"z\"]", result.Text);
        Assert.Equal("Ada", inner["name"]);
        Assert.Equal(["a"], (List<object?>)inner["tags"]!);
        Assert.Single(model);
    }

    private static TemplateResult Render(string text, RenderOptions options)
    {
        var parsed = Scriban.Language.Parse(text);
        Assert.Empty(parsed.Errors);
        return parsed.Template!.Render(new Dictionary<string, object?>(), options);
    }
}
