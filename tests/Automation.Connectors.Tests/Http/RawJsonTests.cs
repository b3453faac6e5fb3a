using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;

namespace Automation.Connectors.Tests.Http;

public sealed class RawJsonTests
{
    [Theory]
    [InlineData("🎁 你好", "\"🎁 你好\"")]
    [InlineData("\u2028\u00A0\uFEFF", "\"\u2028\u00A0\uFEFF\"")]
    [InlineData("a\"b\\u0041\n\u0001", "\"a\\\"b\\\\u0041\\n\\u0001\"")]
    [InlineData("\\", "\"\\\\\"")]
    public void Every_character_stands_for_itself(string text, string json)
    {
        var written = RawJson.Text(JsonValue.Create(text));

        Assert.Equal(json, written);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(written));
    }
}
