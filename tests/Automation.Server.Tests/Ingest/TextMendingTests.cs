using System.Text;
using Automation.Server.Ingest;
using Xunit;

namespace Automation.Server.Tests.Ingest;

public sealed class TextMendingTests
{
    [Theory]
    [InlineData("""{"a":"x\u0000y"}""", """{"a":"x\uFFFDy"}""")]
    [InlineData("""{"a":"\ud83c"}""", """{"a":"\uFFFD"}""")]
    [InlineData("""{"a":"\udf31"}""", """{"a":"\uFFFD"}""")]
    [InlineData("""{"a":"\ud83c\ud83c\udf31"}""", """{"a":"\uFFFD\ud83c\udf31"}""")]
    [InlineData("[\"\\ud83c\"", "[\"\\uFFFD\"")]
    public void What_no_store_can_keep_becomes_the_replacement_character(string json, string mended)
    {
        Assert.Equal(mended, Mended(json));
    }

    [Theory]
    [InlineData("""{"a":"\ud83c\udf31 \u6797 林 🌱"}""")]
    [InlineData("""{"a":"\\u0000 \\\\ud83c \n\t"}""")]
    [InlineData("""{"a":"\uZZZZ"}""")]
    [InlineData("\\")]
    [InlineData("\\u00")]
    public void Everything_else_stays_as_it_is(string json)
    {
        Assert.Equal(json, Mended(json));
    }

    private static string Mended(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        TextMending.Mend(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
