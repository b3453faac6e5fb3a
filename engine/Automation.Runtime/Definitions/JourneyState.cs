using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Core.Journeys;
using Automation.Runtime.Sweeps;
using NodaTime;
using NodaTime.Text;

namespace Automation.Runtime.Definitions;

/// <summary>What is so of a journey beside its document: live, paused or archived, and the sweeps that are under way.</summary>
public sealed record JourneyState
{
    public static readonly JourneyState Fresh = new();

    /// <summary>When the current version went live.</summary>
    public Instant? PublishedAt { get; init; }

    /// <summary>Whether contacts who matched a dormancy, date or segment trigger already then may enter.</summary>
    public bool CountExisting { get; init; } = true;

    public JourneyPause? Pause { get; init; }

    /// <summary>Enrols nobody any more; who is on the way goes on.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Sweeps that have not ended, oldest first. They go on where they stood when the process starts again.</summary>
    public IReadOnlyList<SweepPlan> Sweeps { get; init; } = [];

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new InstantText(), new DurationMilliseconds() },
    };

    public static JourneyState Read(string? json) =>
        json is null ? Fresh : JsonSerializer.Deserialize<JourneyState>(json, Options) ?? Fresh;

    public string Write() => JsonSerializer.Serialize(this, Options);

    private sealed class InstantText : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }

    private sealed class DurationMilliseconds : JsonConverter<Duration>
    {
        public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Duration.FromMilliseconds(long.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

        public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(((long)value.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
    }
}
