using System.Text;
using Automation.Core.Journeys.Documents;
using Xunit;

namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>The journeys that come with the program are the first that people read: they keep to the schema and the reader.</summary>
public sealed class ShippedJourneysTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "engine"), "*.json", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "journeys")
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_journey_keeps_to_schema_and_reader(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Root, file));

        Assert.Empty(JourneyDocument.Read(bytes).Findings);
        Assert.True(JourneySchemaTests.IsValid(Encoding.UTF8.GetString(bytes)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_journey_means_the_same_when_written_again(string file)
    {
        var journey = JourneyDocument.Read(File.ReadAllBytes(Path.Combine(Repository.Root, file))).Value!;

        Assert.Equal(Structure.Of(journey), Structure.Of(JourneyDocument.Read(JourneyDocument.Write(journey)).Value));
    }
}
