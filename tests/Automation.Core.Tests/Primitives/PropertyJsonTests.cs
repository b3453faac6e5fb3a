using System.Text;
using System.Text.Json;
using Automation.Core.Primitives;
using Xunit;

namespace Automation.Core.Tests.Primitives;

public sealed class PropertyJsonTests
{
    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":["\ud83d"]}""")]
    [InlineData("""{"a":1e999}""")]
    [InlineData("""{"a":-1e999}""")]
    [InlineData("""[]""")]
    [InlineData("""{"a":""")]
    public void What_no_bag_can_hold_is_a_fault_of_the_json(string json) =>
        Assert.ThrowsAny<JsonException>(() => PropertyJson.Parse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"a":9223372036854775807}""")]
    [InlineData("""{"a":19.90}""")]
    [InlineData("""{"a":1E+300}""")]
    [InlineData("""{"a":"\uD83C\uDF81","b":[null,true,{"c":[]}]}""")]
    public void What_a_bag_holds_is_written_as_it_was(string json)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            PropertyJson.Write(writer, PropertyJson.Parse(Encoding.UTF8.GetBytes(json)));
        }

        Assert.Equal(json, Encoding.UTF8.GetString(bytes.WrittenSpan));
    }
}
