using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;

namespace Automation.Core.Steps.Update;

/// <summary><c>{"set": {"level": "vip"}, "unset": ["trial"], "add_tags": ["vip"], "remove_tags": ["new"]}</c>.</summary>
internal static class UpdateDocument
{
    public static UpdateNode Read(ObjectReader reader, string id)
    {
        if (!reader.Has("set") && !reader.Has("unset") && !reader.Has("add_tags") && !reader.Has("remove_tags"))
        {
            reader.Findings.Add(LintCodes.MissingProperty, reader.Pointer,
                "Expected \"set\", \"unset\", \"add_tags\" or \"remove_tags\", but all are missing.");
        }
        return new UpdateNode(
            id, reader.Bag("set"), reader.Texts("unset"), reader.Texts("add_tags"), reader.Texts("remove_tags"), reader.Next());
    }

    public static void Write(DocumentWriter writer, UpdateNode node)
    {
        // An update of nothing is still an update in the document, or it could not be read again.
        var nothing = node.Unset.IsEmpty && node.AddTags.IsEmpty && node.RemoveTags.IsEmpty;
        writer.Bag("set", node.Set, always: nothing);
        writer.Texts("unset", node.Unset);
        writer.Texts("add_tags", node.AddTags);
        writer.Texts("remove_tags", node.RemoveTags);
        writer.Text("next", node.Next);
    }
}
