using System.Text.Json;
using Automation.Core.Journeys.Linting;

namespace Automation.Core.Journeys.Documents;

/// <summary>
/// Who may enter and how often. Read liberally (<c>"repeat": "after", "after": "30d"</c> and <c>"after": "30d"</c> alone mean
/// <c>"repeat": {"after": "30d"}</c>), written in the one form that cannot contradict itself.
/// </summary>
internal static class EntryDocument
{
    private const string Choices = "Expected \"once\", \"always\", {\"after\": \"30d\"} or {\"per\": \"event.order_id\"}";

    public static EntryRule Read(ObjectReader? reader)
    {
        if (reader is null)
        {
            return EntryRule.Once;
        }
        var beside = Repeat(reader);
        var repeat = reader.Optional("repeat") switch
        {
            null => beside ?? EntryRule.Once,
            { ValueKind: JsonValueKind.Object } => Inside(reader, beside),
            { ValueKind: JsonValueKind.String } element => Word(reader, Found.Text(element), beside),
            { } other => Refuse(reader, LintCodes.WrongType, $"{Choices}, but {Found.In(other)}."),
        };
        var entry = repeat with { Audience = reader.Rule("audience"), HoldoutPercent = reader.Number("holdout_percent", 0, 100, 0) };
        reader.Done();
        return entry;
    }

    public static void Write(DocumentWriter writer, EntryRule entry)
    {
        if (entry is { Repeat: EntryRepeat.Once, Audience.IsEmpty: true, HoldoutPercent: 0 })
        {
            return;
        }
        writer.Open("entry");
        if (entry.Repeat is EntryRepeat.Once or EntryRepeat.Always)
        {
            writer.Text("repeat", entry.Repeat == EntryRepeat.Once ? "once" : "always");
        }
        else
        {
            writer.Open("repeat");
            writer.Span("after", entry.After);
            writer.Text("per", entry.Per);
            writer.Close();
        }
        writer.Rule("audience", entry.Audience);
        if (entry.HoldoutPercent != 0)
        {
            writer.Number("holdout_percent", entry.HoldoutPercent);
        }
        writer.Close();
    }

    /// <summary>What <c>after</c> or <c>per</c> in this object say; null when neither is there.</summary>
    private static EntryRule? Repeat(ObjectReader reader)
    {
        if (reader.Has("after") && reader.Has("per"))
        {
            reader.Findings.Add(LintCodes.ConflictingKeys, reader.At("per"), "Expected after or per, but found both.");
        }
        if (reader.OptionalSpan("after") is { } after)
        {
            return EntryRule.Once with { Repeat = EntryRepeat.After, After = after };
        }
        return reader.OptionalText("per") is { } per ? EntryRule.Once with { Repeat = EntryRepeat.Per, Per = per } : null;
    }

    private static EntryRule Inside(ObjectReader reader, EntryRule? beside)
    {
        var inner = reader.Object("repeat")!;
        var repeat = Repeat(inner);
        inner.Done();
        if (beside is not null)
        {
            return Refuse(reader, LintCodes.ConflictingKeys, $"{Choices}, but after or per stand inside repeat and beside it.");
        }
        return repeat ?? Refuse(reader, LintCodes.UnknownValue, $"{Choices}, but found an object without after and per.");
    }

    private static EntryRule Word(ObjectReader reader, string? word, EntryRule? beside)
    {
        var repeat = word switch
        {
            "once" => EntryRepeat.Once,
            "always" => EntryRepeat.Always,
            "after" => EntryRepeat.After,
            "per" => EntryRepeat.Per,
            _ => (EntryRepeat?)null,
        };
        return repeat switch
        {
            null => Refuse(reader, LintCodes.UnknownValue, $"{Choices}, but found {Found.Quote(word ?? "")}."),
            EntryRepeat.Once or EntryRepeat.Always when beside is null => EntryRule.Once with { Repeat = repeat.Value },
            EntryRepeat.After or EntryRepeat.Per when beside is null =>
                Refuse(reader, LintCodes.MissingProperty, $"Expected {Found.Quote(word!)} beside repeat, but it is missing."),
            _ when beside?.Repeat == repeat => beside!,
            _ => Refuse(reader, LintCodes.ConflictingKeys, $"{Choices}, but repeat is {Found.Quote(word!)} and something else stands beside it."),
        };
    }

    private static EntryRule Refuse(ObjectReader reader, LintCode code, string message)
    {
        reader.Findings.Add(code, reader.At("repeat"), message);
        return EntryRule.Once;
    }
}
