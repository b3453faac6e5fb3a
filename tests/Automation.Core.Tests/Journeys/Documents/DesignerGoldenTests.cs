using System.Text;
using System.Text.Json.Nodes;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Xunit;

namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>
/// The designer writes documents byte for byte as the engine does: its tests read these files and must write the same.
/// <c>UPDATE_GOLDEN=1</c> writes them anew.
/// </summary>
public sealed class DesignerGoldenTests
{
    private const int RandomJourneys = 25;

    private static readonly string Golden = Path.Combine(Repository.Root, "designer", "src", "model", "golden");

    private static readonly string Demo = Path.Combine(Repository.Root, "engine", "Automation.Server", "Demo", "Workspace", "journeys");

    [Fact]
    public void The_designers_examples_are_what_the_engine_writes()
    {
        var whole = new JsonArray();
        foreach (var file in Directory.GetFiles(Demo, "*.json").Order(StringComparer.Ordinal))
        {
            var source = File.ReadAllBytes(file);
            whole.Add(Example(Path.GetFileNameWithoutExtension(file), Encoding.UTF8.GetString(source), JourneyDocument.Read(source).Value!));
        }
        for (var seed = 1; seed <= RandomJourneys; seed++)
        {
            var journey = new RandomJourney(seed).Make();
            whole.Add(Example($"random-{seed}", Encoding.UTF8.GetString(JourneyDocument.Write(journey)), journey));
        }
        var path = Path.Combine(Golden, "journeys.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Golden);
            File.WriteAllText(path, whole.ToJsonString() + "\n");
        }

        Assert.Equal(File.ReadAllText(path), whole.ToJsonString() + "\n");
    }

    private static JsonObject Example(string name, string source, Journey journey) => new()
    {
        ["name"] = name,
        ["source"] = source,
        ["canonical"] = Encoding.UTF8.GetString(JourneyDocument.Write(journey)),
    };
}
