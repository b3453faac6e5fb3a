using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Core.Rules;

namespace Automation.Core.Deciding;

/// <summary>What every fact can be asked for, whatever its kind; these have columns in the ledger, and stand before the details in JSON.</summary>
public readonly record struct FactHeader(
    string Kind, string? Journey, int? Version, int? Ordinal, string? Step, string? Reason, string? Actor);

/// <summary>
/// Facts as JSON: <c>{kind, journey, version, ordinal, step, reason, actor, details}</c>, in this order, nulls left out. The
/// details of a kind are one row of <see cref="FactKinds"/>. Ledger seals cover these bytes, so a released kind is never written differently.
/// </summary>
public static class FactJson
{
    private static readonly FrozenDictionary<Type, FactKind> ByType = FactKinds.All.ToFrozenDictionary(k => k.Type);
    private static readonly FrozenDictionary<string, FactKind> ByName = FactKinds.All.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>Every kind's name, for lists people choose from.</summary>
    public static ImmutableArray<string> KindNames { get; } = [.. FactKinds.All.Select(k => k.Name)];

    /// <summary>The stable name of the fact's kind, e.g. <c>message_queued</c>.</summary>
    public static string Kind(Fact fact) => KindOf(fact).Name;

    public static FactHeader Header(Fact fact)
    {
        var kind = Kind(fact);
        return fact switch
        {
            StepFact step => new(kind, step.Journey, step.Version, step.Ordinal, step.Step, fact.Reason, fact.Actor),
            JourneyFact.Enrolled enrolled => Of(enrolled, enrolled.Ordinal),
            JourneyFact.GoalWatched watched => Of(watched, watched.Ordinal),
            JourneyFact.GoalReached reached => Of(reached, reached.Ordinal),
            JourneyFact.GoalMissed missed => Of(missed, missed.Ordinal),
            JourneyFact journey => Of(journey, null),
            WorkspaceFact.DefinitionSaved { Kind: "journey" } saved => new(kind, saved.Key, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.DefinitionDeleted { Kind: "journey" } deleted => new(kind, deleted.Key, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.JourneyPublished published => new(kind, published.Journey, published.Version, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.ScheduleSwept swept => new(kind, swept.Journey, swept.Version, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.JourneyWasPaused paused => new(kind, paused.Journey, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.JourneyResumed resumed => new(kind, resumed.Journey, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.JourneyArchived archived => new(kind, archived.Journey, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.ApprovalAsked asked => new(kind, asked.Journey, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.ApprovalGiven given => new(kind, given.Journey, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.ApprovalRejected rejected => new(kind, rejected.Journey, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.ApprovalWithdrawn withdrawn => new(kind, withdrawn.Journey, null, null, null, fact.Reason, fact.Actor),
            WorkspaceFact.ApprovalVoided voided => new(kind, voided.Journey, null, null, null, fact.Reason, fact.Actor),
            _ => new(kind, null, null, null, null, fact.Reason, fact.Actor),
        };

        FactHeader Of(JourneyFact about, int? ordinal) => new(kind, about.Journey, about.Version, ordinal, null, about.Reason, about.Actor);
    }

    public static void WriteDetails(Utf8JsonWriter to, Fact fact)
    {
        to.WriteStartObject();
        KindOf(fact).Write(to, fact);
        if (!fact.Looked.IsDefaultOrEmpty)
        {
            WriteLooked(to, fact.Looked);
        }
        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, Fact fact)
    {
        var header = Header(fact);
        to.WriteStartObject();
        to.Text("kind"u8, header.Kind);
        to.Text("journey"u8, header.Journey);
        to.Exact("version"u8, header.Version);
        to.Exact("ordinal"u8, header.Ordinal);
        to.Text("step"u8, header.Step);
        to.Text("reason"u8, header.Reason);
        to.Text("actor"u8, header.Actor);
        to.WritePropertyName("details"u8);
        WriteDetails(to, fact);
        to.WriteEndObject();
    }

    public static byte[] Write(Fact fact)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(bytes, JsonFields.Options);
        Write(writer, fact);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Throws <see cref="JsonException"/> where the kind is unknown or a field is missing.</summary>
    public static Fact Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var from = document.RootElement;
        var header = new FactHeader(
            from.Text("kind"u8), from.OptionalText("journey"u8), (int?)from.OptionalExact("version"u8), (int?)from.OptionalExact("ordinal"u8),
            from.OptionalText("step"u8), from.OptionalText("reason"u8), from.OptionalText("actor"u8));
        return Read(header, from.GetProperty("details"u8));
    }

    public static Fact ReadDetails(in FactHeader header, ReadOnlyMemory<byte> details)
    {
        using var document = JsonDocument.Parse(details);
        return Read(header, document.RootElement);
    }

    private static Fact Read(in FactHeader header, JsonElement details)
    {
        if (!ByName.TryGetValue(header.Kind, out var kind))
        {
            throw new JsonException($"Expected a known kind of fact, but found '{header.Kind}': a newer engine wrote it.");
        }
        try
        {
            var fact = kind.Read(new FactSource(header, details));
            return fact with { Reason = header.Reason, Actor = header.Actor, Looked = ReadLooked(details) };
        }
        catch (KeyNotFoundException missing)
        {
            throw new JsonException($"Expected every field of '{header.Kind}', but one is missing.", missing);
        }
    }

    private static FactKind KindOf(Fact fact) =>
        ByType.TryGetValue(fact.GetType(), out var kind)
            ? kind
            : throw new InvariantBrokenException($"Expected every kind of fact in FactKinds, but {fact.GetType().Name} is not there.");

    private static void WriteLooked(Utf8JsonWriter to, ImmutableArray<EvaluatedValue> looked)
    {
        to.WriteStartArray("looked"u8);
        foreach (var value in looked)
        {
            to.WriteStartObject();
            to.Text("field"u8, value.Field);
            to.Text("operator"u8, value.Operator);
            WriteValue(to, "needed"u8, value.Needed);
            WriteValue(to, "was"u8, value.Was);
            to.WriteBoolean("matched"u8, value.Matched);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter to, ReadOnlySpan<byte> name, object? value)
    {
        if (value is not null)
        {
            to.WritePropertyName(name);
            PropertyJson.WriteValue(to, value);
        }
    }

    private static ImmutableArray<EvaluatedValue> ReadLooked(JsonElement details) =>
        details.TryGetProperty("looked"u8, out var looked)
            ? [.. looked.EnumerateArray().Select(v => new EvaluatedValue(
                v.Text("field"u8), v.Text("operator"u8), v.Value("needed"u8), v.Value("was"u8), v.Flag("matched"u8)))]
            : default;
}
