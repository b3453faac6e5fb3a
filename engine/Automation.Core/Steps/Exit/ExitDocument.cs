using Automation.Core.Journeys.Documents;

namespace Automation.Core.Steps.Exit;

/// <summary><c>{"reason": "not interested"}</c>.</summary>
internal static class ExitDocument
{
    public static ExitNode Read(ObjectReader reader, string id) => new(id, reader.Remark("reason"));

    public static void Write(DocumentWriter writer, ExitNode node) => writer.Text("reason", node.Reason);
}
