using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Documents;

/// <summary>A template as JSON: <c>{"key", "channel", "name", "content"}</c>. The version is the store's and not in the document.</summary>
public static class TemplateDocument
{
    public static Reading<MessageTemplate> Read(ReadOnlyMemory<byte> utf8) => DocumentText.Read(utf8, Read);

    public static Reading<MessageTemplate> Read(JsonElement element)
    {
        var findings = new FindingList();
        return Reading<MessageTemplate>.Of(ObjectReader.Of(element, "", findings) is { } reader ? Read(reader) : null, findings);
    }

    public static byte[] Write(MessageTemplate template) => DocumentWriter.Document(writer =>
    {
        writer.Open();
        writer.Text("key", template.Key);
        writer.Text("channel", template.Channel);
        writer.Text("name", template.Name);
        writer.Bag("content", template.Content, always: true);
        writer.Close();
    });

    private static MessageTemplate Read(ObjectReader reader)
    {
        var template = new MessageTemplate(reader.Key("key"), reader.Text("channel"), reader.Bag("content", required: true))
        {
            Name = reader.Remark("name"),
        };
        reader.Done();
        return template;
    }
}
