using Automation.Core.Templates;

namespace Automation.Bench.Templates;

/// <summary>How fast one core renders and parses a message of 15 lines: two conditions, a loop of three, five numbers.</summary>
public static class TemplateBenchmark
{
    private const string Message = """
        Hello {{ contact.first_name | string.upcase }},
        {{ if contact.vip ~}}
        thank you for being with us.
        {{ end -}}
        Your order:
        {{ for item in cart.items ~}}
        {{ item.qty }} {{ item.name }}: {{ item.price | math.format "0.00" }}
        {{ end -}}
        Total {{ cart.total | math.format "N2" }}
        {{ if cart.total > 20 ~}}
        You save {{ cart.saved | math.format "0.0" }}.
        {{ else ~}}
        No discount today.
        {{ end -}}
        https://shop.example/c?m={{ contact.email | html.url_encode }}
        """;

    private static readonly Dictionary<string, object?> Model = new(StringComparer.Ordinal)
    {
        ["contact"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["first_name"] = "Ada",
            ["vip"] = true,
            ["email"] = "ada@example.com",
        },
        ["cart"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["items"] = new List<object?> { Item("Tea", 4.5, 2), Item("Mug", 12.0, 1), Item("Café crème", 3.245, 4) },
            ["total"] = 33.99,
            ["saved"] = 3.4,
        },
    };

    public static (double RendersPerSecond, double ParsesPerSecond) Run()
    {
        var template = Scriban.Language.Parse(Message).Template
            ?? throw new InvalidOperationException("Expected the message to parse, but it does not.");
        var options = new RenderOptions();
        var text = template.Render(Model, options).Text
            ?? throw new InvalidOperationException("Expected the message to render, but it does not.");
        if (text.Length is < 150 or > 200)
        {
            throw new InvalidOperationException("Expected a message of about 172 characters, but its length is another.");
        }

        return (PerSecond(() => template.Render(Model, options)), PerSecond(() => Scriban.Language.Parse(Message)));
    }

    /// <summary>
    /// The best of eight rounds. The processor's time is counted, not the clock's: a busy neighbour makes a round longer, not
    /// slower.
    /// </summary>
    private static double PerSecond<T>(Func<T> work)
    {
        var best = 0.0;
        for (var round = 0; round < 8; round++)
        {
            var start = Environment.CpuUsage.TotalTime;
            var count = 0;
            TimeSpan used;
            do
            {
                for (var i = 0; i < 500; i++)
                {
                    work();
                }

                count += 500;
                used = Environment.CpuUsage.TotalTime - start;
            }
            while (used < TimeSpan.FromMilliseconds(250));

            best = Math.Max(best, count / used.TotalSeconds);
        }

        return best;
    }

    private static Dictionary<string, object?> Item(string name, double price, int quantity) => new(StringComparer.Ordinal)
    {
        ["name"] = name,
        ["price"] = price,
        ["qty"] = quantity,
    };
}
