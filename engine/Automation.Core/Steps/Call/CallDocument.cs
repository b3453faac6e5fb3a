using Automation.Core.Journeys.Documents;
using NodaTime;

namespace Automation.Core.Steps.Call;

/// <summary><c>{"account": "coupons", "content": {"user": "{{ contact.id }}"}, "timeout": "10s", "on_failure": {"next": "plain"}}</c>.</summary>
internal static class CallDocument
{
    /// <summary>How long an answer may take where the document does not say.</summary>
    public static readonly Duration TimeoutDefault = Duration.FromSeconds(10);

    public static CallNode Read(ObjectReader reader, string id) => new(
        id,
        reader.Text("account"),
        reader.Bag("content"),
        reader.OptionalSpan("timeout") ?? TimeoutDefault,
        reader.OnFailure(),
        reader.Next());

    public static void Write(DocumentWriter writer, CallNode node)
    {
        writer.Text("account", node.Account);
        writer.Bag("content", node.Content);
        writer.Span("timeout", node.Timeout == TimeoutDefault ? null : node.Timeout);
        writer.OnFailure(node.OnFailure);
        writer.Text("next", node.Next);
    }
}
