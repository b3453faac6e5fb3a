using System.Reflection;
using System.Text.Json;

namespace Automation.Connectors.WeChat;

/// <summary>The schemas, which are files beside the code.</summary>
internal static class WeChatSchemas
{
    public static JsonElement Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"schema.{name}.json")
            ?? throw new InvalidOperationException($"Expected the schema '{name}' within the assembly, but it is missing.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
