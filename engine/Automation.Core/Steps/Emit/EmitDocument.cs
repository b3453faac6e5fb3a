using Automation.Core.Journeys.Documents;

namespace Automation.Core.Steps.Emit;

/// <summary><c>{"event": "level_reached", "properties": {"level": "{{ contact.level }}"}}</c>.</summary>
internal static class EmitDocument
{
    public static EmitNode Read(ObjectReader reader, string id) =>
        new(id, reader.Text("event"), reader.Bag("properties"), reader.Next());

    public static void Write(DocumentWriter writer, EmitNode node)
    {
        writer.Text("event", node.Event);
        writer.Bag("properties", node.Properties);
        writer.Text("next", node.Next);
    }
}
