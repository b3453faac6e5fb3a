using Automation.Bench.Templates;

namespace Automation.Bench.Scenarios;

/// <summary>Messages per second on one core, with the template parsed before.</summary>
internal static class TemplateScenario
{
    public static IReadOnlyList<Figure> Run()
    {
        var (renders, parses) = TemplateBenchmark.Run();
        return
        [
            new Figure("template", "renders", renders, "1/s", AtLeast: 100_000),
            new Figure("template", "parses", parses, "1/s"),
        ];
    }
}
