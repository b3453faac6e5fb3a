using Automation.Core.Journeys.Documents;

namespace Automation.Core.Steps.Split;

/// <summary><c>{"variants": [{"name": "A", "weight": 50, "next": "a"}, {"name": "control", "weight": 50, "holdout": true}]}</c>.</summary>
internal static class SplitDocument
{
    private const decimal WeightMax = 1_000_000;

    public static SplitNode Read(ObjectReader reader, string id) =>
        new(id, [.. reader.Objects("variants", DocumentLimits.VariantsMax, required: true).Select(ReadVariant)]);

    public static void Write(DocumentWriter writer, SplitNode node)
    {
        writer.OpenList("variants");
        foreach (var variant in node.Variants)
        {
            writer.Open();
            writer.Text("name", variant.Name);
            writer.Number("weight", variant.Weight);
            writer.Flag("holdout", variant.Holdout);
            writer.Text("next", variant.Next);
            writer.Close();
        }
        writer.CloseList();
    }

    private static SplitVariant ReadVariant(ObjectReader reader)
    {
        // Weights of 0 and below are lint's to tell, with a code of their own.
        var variant = new SplitVariant(
            reader.Text("name"), reader.Number("weight", -WeightMax, WeightMax, null), reader.Flag("holdout"), reader.Next());
        reader.Done();
        return variant;
    }
}
