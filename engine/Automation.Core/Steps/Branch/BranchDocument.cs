using Automation.Core.Journeys.Documents;

namespace Automation.Core.Steps.Branch;

/// <summary><c>{"branches": [{"name": "VIP", "when": {…}, "next": "vip"}], "otherwise": "offer"}</c>.</summary>
internal static class BranchDocument
{
    public static BranchNode Read(ObjectReader reader, string id) => new(
        id,
        [.. reader.Objects("branches", DocumentLimits.BranchesMax, required: true).Select(ReadCase)],
        reader.Next("otherwise"));

    public static void Write(DocumentWriter writer, BranchNode node)
    {
        writer.OpenList("branches");
        foreach (var branch in node.Branches)
        {
            writer.Open();
            writer.Text("name", branch.Name);
            writer.Rule("when", branch.When, always: true);
            writer.Text("next", branch.Next);
            writer.Close();
        }
        writer.CloseList();
        writer.Text("otherwise", node.Otherwise);
    }

    private static BranchCase ReadCase(ObjectReader reader)
    {
        var branch = new BranchCase(reader.Text("name"), reader.Rule("when", required: true), reader.Next());
        reader.Done();
        return branch;
    }
}
