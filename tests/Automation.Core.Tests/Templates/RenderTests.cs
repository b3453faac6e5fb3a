using Automation.Core.Templates;

using NodaTime;

using Xunit;

namespace Automation.Core.Tests.Templates;

public sealed class RenderTests
{
    private static readonly Dictionary<string, object?> Nothing = [];

    [Fact]
    public void Now_is_the_moment_of_the_options()
    {
        var options = new RenderOptions { Now = Instant.FromUtc(2026, 11, 3, 4, 5) };

        Assert.Equal("2026-11-03 04:05", Render("{{ date.now | date.to_string '%F %R' }}", options).Text);
    }

    [Fact]
    public void The_same_seed_draws_the_same_values()
    {
        const string Text = "{{ math.random 1 1000000 }} {{ math.uuid }} {{ math.uuid }}";

        var first = Render(Text, new RenderOptions { Seed = 1 }).Text;

        Assert.Equal(first, Render(Text, new RenderOptions { Seed = 1 }).Text);
        Assert.NotEqual(first, Render(Text, new RenderOptions { Seed = 2 }).Text);
        Assert.Equal(3, first!.Split(' ').Distinct().Count());
    }

    [Fact]
    public void Without_a_seed_random_values_are_an_error() =>
        Assert.NotNull(Render("{{ math.uuid }}", new RenderOptions()).Error);

    [Fact]
    public void Default_options_are_the_usual_ones() =>
        Assert.Equal("1.5", Render("{{ 1.5 }}", default).Text);

    [Fact]
    public void An_error_names_line_and_column()
    {
        var error = Render("a\n  {{ b.c }}", new RenderOptions()).Error!;

        Assert.Equal((TemplateErrorKind.Runtime, 2), (error.Kind, error.Line));
        Assert.Contains("b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_the_paths_of_the_model()
    {
        const string Text = """
            {{ contact.name | string.upcase }} {{ x = 1; x }} {{ for i in cart.items; i.price; end }}
            {{ if contact.tags[0] == plan; order?.id.size; end }} {{ f(a) = a + rate; f 2 }} {{ $y }} {{ html.escape 'x' }}
            """;

        var template = Scriban.Language.Parse(Text).Template!;

        Assert.Equal(["cart.items", "contact.name", "contact.tags", "order.id", "plan", "rate"], template.Variables);
    }

    [Fact]
    public void One_template_renders_on_many_threads_at_once()
    {
        var template = Scriban.Language.Parse("{{ for i in 1..n; x = i * n; x; ','; end }}{{ capture y; n; end; y }}").Template!;
        var expected = Enumerable.Range(0, 8).Select(n => RenderOne(template, n)).ToArray();
        var actual = new string?[800];

        Parallel.For(0, actual.Length, i => actual[i] = RenderOne(template, i % 8));

        Assert.All(Enumerable.Range(0, actual.Length), i => Assert.Equal(expected[i % 8], actual[i]));
    }

    [Fact]
    public void A_render_that_failed_leaves_nothing_to_the_next()
    {
        var bad = Scriban.Language.Parse("text{{ capture x }}more{{ nothing.here }}{{ end }}").Template!;
        var good = Scriban.Language.Parse("ok").Template!;

        Assert.NotNull(bad.Render(Nothing, new RenderOptions()).Error);
        Assert.Equal("ok", good.Render(Nothing, new RenderOptions()).Text);
    }

    [Fact]
    public void Values_of_every_type_the_host_may_give_print_as_expected()
    {
        var model = new Dictionary<string, object?>
        {
            ["a"] = 1,
            ["b"] = 2L,
            ["c"] = new System.Numerics.BigInteger(3),
            ["d"] = 4.50m,
            ["e"] = 5.5,
            ["f"] = 6.5f,
            ["g"] = true,
            ["h"] = new DateTimeOffset(2026, 3, 9, 1, 2, 3, TimeSpan.Zero),
            ["i"] = TimeSpan.FromHours(1.5),
            ["j"] = new List<object?> { 1, "x", null },
        };

        var text = Scriban.Language.Parse("{{a}} {{b}} {{c}} {{d}} {{e}} {{f}} {{g}} {{h}} {{i}} {{j}}").Template!
            .Render(model, new RenderOptions()).Text;

        Assert.Equal("1 2 3 4.50 5.5 6.5 true 09 Mar 2026 01:30:00 [1, \"x\", null]", text);
    }

    private static string? RenderOne(IParsedTemplate template, int n) =>
        template.Render(new Dictionary<string, object?> { ["n"] = n + 1 }, new RenderOptions()).Text;

    private static TemplateResult Render(string text, RenderOptions options) =>
        Scriban.Language.Parse(text).Template!.Render(Nothing, options);
}
