using System.Globalization;
using System.Text.Json;

namespace Automation.Bench;

/// <summary>The figures as a table for people and as JSON for machines.</summary>
internal static class Report
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Print(IReadOnlyList<Figure> figures)
    {
        Console.WriteLine();
        Console.WriteLine($"{"scenario",-22} {"figure",-66} {"value",14} {"unit",-14} {"goal",14}");
        foreach (var figure in figures)
        {
            var goal = figure.AtLeast is { } least ? $">= {Number(least)}" : figure.AtMost is { } most ? $"<= {Number(most)}" : "";
            var mark = figure.Met switch { true => "met", false => "MISSED", null => "" };
            Console.WriteLine($"{figure.Scenario,-22} {figure.Name,-66} {Number(figure.Value),14} {figure.Unit,-14} {goal,14} {mark}");
        }
    }

    public static void Write(string path, IReadOnlyList<Figure> figures) =>
        File.WriteAllText(path, JsonSerializer.Serialize(figures, Json));

    private static string Number(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
