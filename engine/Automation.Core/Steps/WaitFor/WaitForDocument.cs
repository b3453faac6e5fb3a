using Automation.Core.Journeys.Documents;

namespace Automation.Core.Steps.WaitFor;

/// <summary><c>{"event": "order_paid", "where": {…}, "timeout": "2d", "next": "thanks", "otherwise": "remind"}</c>.</summary>
internal static class WaitForDocument
{
    public static WaitForNode Read(ObjectReader reader, string id) =>
        new(id, reader.Text("event"), reader.Rule("where"), reader.Span("timeout"), reader.Next(), reader.Next("otherwise"));

    public static void Write(DocumentWriter writer, WaitForNode node)
    {
        writer.Text("event", node.Event);
        writer.Rule("where", node.Where);
        writer.Span("timeout", node.Timeout);
        writer.Text("next", node.Next);
        writer.Text("otherwise", node.Otherwise);
    }
}
