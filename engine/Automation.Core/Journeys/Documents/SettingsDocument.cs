using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Journeys.Documents;

/// <summary>The settings of a workspace, <c>workspace.yaml</c>, as JSON. Everything has a default, so an empty object is fine.</summary>
public static class SettingsDocument
{
    private const int AttemptsMax = 20;
    private const int FactorMax = 10;

    private static readonly (string, bool)[] Thens = [("postpone", true), ("drop", false)];

    private static readonly (string, ConsentMode)[] Consents = [("required", ConsentMode.Required), ("assumed", ConsentMode.Assumed)];

    public static Reading<WorkspaceSettings> Read(ReadOnlyMemory<byte> utf8) => DocumentText.Read(utf8, Read);

    public static Reading<WorkspaceSettings> Read(JsonElement element)
    {
        var findings = new FindingList();
        return Reading<WorkspaceSettings>.Of(ObjectReader.Of(element, "", findings) is { } reader ? Read(reader) : null, findings);
    }

    public static byte[] Write(WorkspaceSettings settings) => DocumentWriter.Document(writer =>
    {
        var usual = WorkspaceSettings.Default;
        writer.Open();
        writer.Text("time_zone", settings.TimeZone);
        WriteMap(writer, "quiet_hours", settings.QuietHours, WriteQuietHours);
        WriteCaps(writer, settings.Caps);
        WriteMap(writer, "consent", settings.Consent, static (writer, channel, mode) => writer.Word(channel, Consents, mode));
        WriteMap(writer, "accounts", settings.Accounts, static (writer, channel, account) => writer.Text(channel, account));
        if (settings.HoldoutPercent != usual.HoldoutPercent)
        {
            writer.Number("holdout_percent", settings.HoldoutPercent);
        }
        writer.Span("late_after", settings.LateAfter == usual.LateAfter ? null : settings.LateAfter);
        if (settings.Retry != usual.Retry)
        {
            writer.Open("retry");
            writer.Number("attempts_max", settings.Retry.AttemptsMax);
            writer.Span("first", settings.Retry.First);
            writer.Number("factor", settings.Retry.Factor);
            writer.Span("delay_max", settings.Retry.DelayMax);
            writer.Close();
        }
        writer.Texts("personal", settings.Personal.Declared);
        writer.Close();
    });

    private static WorkspaceSettings Read(ObjectReader reader)
    {
        var usual = WorkspaceSettings.Default;
        var settings = new WorkspaceSettings
        {
            TimeZone = ReadZone(reader),
            QuietHours = ReadMap(reader, "quiet_hours", ReadQuietHours),
            Caps = [.. reader.Objects("caps", DocumentLimits.CapsMax).Select(ReadCap)],
            Consent = ReadMap(reader, "consent", static (map, channel) => map.Choice(channel, Consents, ConsentMode.Required)),
            Accounts = ReadMap(reader, "accounts", static (map, channel) => map.Text(channel)),
            HoldoutPercent = reader.Number("holdout_percent", 0, 100, usual.HoldoutPercent),
            LateAfter = reader.OptionalSpan("late_after") ?? usual.LateAfter,
            Retry = ReadRetry(reader.Object("retry")),
            Personal = PersonalFields.Of(reader.Texts("personal")),
        };
        reader.Done();
        return settings;
    }

    private static string ReadZone(ObjectReader reader)
    {
        var zone = reader.OptionalText("time_zone");
        if (zone is { Length: > 0 } && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            reader.Findings.Add(LintCodes.BadZone, reader.At("time_zone"),
                $"Expected an IANA time zone such as {WorkspaceSettings.DefaultZone}, but found {Found.Quote(zone)}.");
            return WorkspaceSettings.DefaultZone;
        }
        return zone ?? WorkspaceSettings.DefaultZone;
    }

    private static QuietHours ReadQuietHours(ObjectReader map, string channel)
    {
        if (map.Object(channel, required: true) is not { } reader)
        {
            return new QuietHours(LocalTime.Midnight, LocalTime.Midnight, Postpone: true);
        }
        var quiet = new QuietHours(reader.Time("from"), reader.Time("to"), reader.Choice("then", Thens, true));
        if (quiet.From == quiet.To && !reader.Findings.HasErrors)
        {
            reader.Findings.Add(LintCodes.BadTime, reader.At("to"), "Expected an end other than the beginning, but they are equal.");
        }
        reader.Done();
        return quiet;
    }

    private static FrequencyCap ReadCap(ObjectReader reader)
    {
        var cap = new FrequencyCap(reader.OptionalText("channel"), reader.Whole("at_most", 1, 1_000_000), reader.Span("per"));
        reader.Done();
        return cap;
    }

    private static RetryPolicy ReadRetry(ObjectReader? reader)
    {
        var usual = RetryPolicy.Default;
        if (reader is null)
        {
            return usual;
        }
        var retry = new RetryPolicy(
            reader.OptionalWhole("attempts_max", 1, AttemptsMax) ?? usual.AttemptsMax,
            reader.OptionalSpan("first") ?? usual.First,
            reader.OptionalWhole("factor", 1, FactorMax) ?? usual.Factor,
            reader.OptionalSpan("delay_max") ?? usual.DelayMax);
        reader.Done();
        return retry;
    }

    private static ImmutableDictionary<string, T> ReadMap<T>(ObjectReader reader, string key, Func<ObjectReader, string, T> read)
    {
        var map = ImmutableDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        if (reader.Object(key) is { } entries)
        {
            foreach (var (name, _) in entries.Entries().ToList())
            {
                map[name] = read(entries, name);
            }
        }
        return map.ToImmutable();
    }

    private static void WriteQuietHours(DocumentWriter writer, string channel, QuietHours quiet)
    {
        writer.Open(channel);
        writer.Time("from", quiet.From);
        writer.Time("to", quiet.To);
        writer.Word("then", Thens, quiet.Postpone);
        writer.Close();
    }

    private static void WriteCaps(DocumentWriter writer, ImmutableArray<FrequencyCap> caps)
    {
        if (caps.IsEmpty)
        {
            return;
        }
        writer.OpenList("caps");
        foreach (var cap in caps)
        {
            writer.Open();
            writer.Text("channel", cap.Channel);
            writer.Number("at_most", cap.AtMost);
            writer.Span("per", cap.Per);
            writer.Close();
        }
        writer.CloseList();
    }

    private static void WriteMap<T>(
        DocumentWriter writer, string key, ImmutableDictionary<string, T> map, Action<DocumentWriter, string, T> write)
    {
        if (map.IsEmpty)
        {
            return;
        }
        writer.Open(key);
        // A dictionary has no order; a document has.
        foreach (var (name, value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            write(writer, name, value);
        }
        writer.Close();
    }
}
