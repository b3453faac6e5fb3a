using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Automation.Server.Tests.Api;

/// <summary>The forms of accounts and messages are drawn from connectors' schemas, so what is read there is said in both languages.</summary>
public sealed partial class ConnectorFormsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task Every_field_has_a_title_and_every_explanation_is_in_Chinese_and_in_English()
    {
        var connectors = (await _server.GetAsync("/api/connectors")).GetProperty("connectors").EnumerateArray().ToList();
        var (untitled, oneSided) = (new List<string>(), new List<string>());

        foreach (var connector in connectors)
        {
            var key = connector.GetProperty("key").GetString()!;
            Look(connector.GetProperty("configuration_schema"), key, untitled, oneSided);
            foreach (var channel in connector.GetProperty("channels").EnumerateArray())
            {
                Look(channel.GetProperty("message_schema"), $"{key} {channel.GetProperty("key").GetString()}", untitled, oneSided);
            }
        }

        Assert.True(connectors.Count >= 6);
        Assert.Empty(untitled);
        Assert.Empty(oneSided);
    }

    private static void Look(JsonElement schema, string place, List<string> untitled, List<string> oneSided)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        if (schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String && !InBoth().IsMatch(text.GetString()!))
        {
            oneSided.Add(place);
        }
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (!property.Value.TryGetProperty("title", out _))
                {
                    untitled.Add($"{place}.{property.Name}");
                }
                Look(property.Value, $"{place}.{property.Name}", untitled, oneSided);
            }
        }
        if (schema.TryGetProperty("items", out var items))
        {
            Look(items, place + "[]", untitled, oneSided);
        }
    }

    [GeneratedRegex(@"^(?=[^/]*\p{IsCJKUnifiedIdeographs}).+? / \P{IsCJKUnifiedIdeographs}+$", RegexOptions.Singleline)]
    private static partial Regex InBoth();
}
