using System.Text;
using System.Text.Json;
using Automation.Core.Journeys.Documents;
using Automation.Core.Tests.Journeys.Linting;
using Xunit;

namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>The published schema and the reader must not disagree: people see one in their editor and the other in lint.</summary>
public sealed class JourneySchemaTests
{
    /// <summary>Shapes that JSON Schema cannot hold, or whose sentence lint tells better.</summary>
    private static readonly string[] BeyondSchema =
        ["malformed_json", "too_large", "duplicate_property", "bad_cron", "too_deep"];

    private static readonly SchemaCheck Schema = new(JsonElement.Parse(JourneySchema.Utf8.Span));

    [Fact]
    public void The_designs_example_is_valid() => Assert.True(IsValid(DesignExample.Json));

    [Fact]
    public void Any_written_journey_is_valid()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var json = Encoding.UTF8.GetString(JourneyDocument.Write(new RandomJourney(seed).Make()));

            Assert.True(IsValid(json), json);
        }
    }

    [Theory]
    [MemberData(nameof(LintTests.Cases), MemberType = typeof(LintTests))]
    public void A_document_that_the_reader_refuses_is_invalid(int row, string code, string shownPointer)
    {
        var (_, kind, json, pointer) = LintCases.All[row];
        Assert.NotNull(shownPointer);
        if (kind != LintCases.Journey || BeyondSchema.Contains(code) || IsBeyondPatterns(json, pointer))
        {
            return;
        }

        var isRefused = JourneyDocument.Read(Encoding.UTF8.GetBytes(json)).Value is null;

        Assert.Equal(isRefused, !IsValid(json));
    }

    // Ranges of durations, halves of characters and counts over several lists.
    private static bool IsBeyondPatterns(string json, string pointer) =>
        json.Contains("\"0s\"", StringComparison.Ordinal)
        || json.Contains("40000d", StringComparison.Ordinal)
        || json.Contains("\\ud800", StringComparison.Ordinal)
        || pointer is "/trigger/where";

    public static bool IsValid(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.IsValid(document.RootElement);
    }
}
