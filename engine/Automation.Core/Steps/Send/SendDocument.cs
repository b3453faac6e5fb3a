using Automation.Core.Journeys.Documents;
using NodaTime;

namespace Automation.Core.Steps.Send;

/// <summary>
/// <c>{"channel": "wecom", "account": "shop", "template": "hello", "quota": "…", "fallback": [{"channel": "sms", "template": "hello-sms",
/// "after": "4h"}], "on_failure": "continue", "next": "…"}</c>.
/// </summary>
internal static class SendDocument
{
    public static SendNode Read(ObjectReader reader, string id) => new(
        id,
        reader.Text("channel"),
        reader.OptionalText("account"),
        reader.Text("template"),
        reader.OptionalText("quota"),
        [.. reader.Objects("fallback", DocumentLimits.FallbacksMax).Select(ReadFallback)],
        reader.OnFailure(),
        reader.Next());

    public static void Write(DocumentWriter writer, SendNode node)
    {
        writer.Text("channel", node.Channel);
        writer.Text("account", node.Account);
        writer.Text("template", node.Template);
        writer.Text("quota", node.Quota);
        if (!node.Fallback.IsEmpty)
        {
            writer.OpenList("fallback");
            foreach (var fallback in node.Fallback)
            {
                writer.Open();
                writer.Text("channel", fallback.Channel);
                writer.Text("account", fallback.Account);
                writer.Text("template", fallback.Template);
                writer.Text("quota", fallback.Quota);
                writer.Span("after", fallback.After);
                writer.Close();
            }
            writer.CloseList();
        }
        writer.OnFailure(node.OnFailure);
        writer.Text("next", node.Next);
    }

    private static SendFallback ReadFallback(ObjectReader reader)
    {
        var fallback = new SendFallback(
            reader.Text("channel"), reader.OptionalText("account"), reader.Text("template"), reader.OptionalText("quota"),
            reader.Span("after", Duration.Zero));
        reader.Done();
        return fallback;
    }
}
