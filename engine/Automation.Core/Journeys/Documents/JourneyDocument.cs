using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Journeys.Linting;

namespace Automation.Core.Journeys.Documents;

/// <summary>
/// A journey as JSON. Reading is strict: every property is understood or named in a finding. Writing is canonical: the same
/// journey always gives the same bytes. Writing what was read changes the form at most, never the meaning.
/// </summary>
public static class JourneyDocument
{
    public static Reading<Journey> Read(ReadOnlyMemory<byte> utf8) => DocumentText.Read(utf8, Read);

    public static Reading<Journey> Read(JsonElement element)
    {
        var findings = new FindingList();
        return Reading<Journey>.Of(ObjectReader.Of(element, "", findings) is { } reader ? Read(reader) : null, findings);
    }

    public static byte[] Write(Journey journey) => DocumentWriter.Document(writer =>
    {
        writer.Open();
        writer.Text("key", journey.Key);
        writer.Text("name", journey.Name == journey.Key ? null : journey.Name);
        writer.Text("description", journey.Description);
        TriggerDocument.Write(writer, journey.Trigger);
        EntryDocument.Write(writer, journey.Entry);
        WriteExits(writer, journey.Exits);
        WriteGoal(writer, journey.Goal);
        writer.OpenList("steps");
        foreach (var step in journey.Steps)
        {
            StepDocument.Write(writer, step);
        }
        writer.CloseList();
        WriteNotes(writer, journey.Notes);
        writer.Close();
    });

    private static Journey Read(ObjectReader reader)
    {
        // Editors find the schema by it.
        reader.Ignore("$schema");
        var key = reader.Key("key");
        var journey = new Journey(
            key,
            reader.OptionalText("name") ?? key,
            TriggerDocument.Read(reader.Object("trigger", required: true)),
            EntryDocument.Read(reader.Object("entry")),
            [.. reader.Objects("exit", DocumentLimits.ExitsMax).Select(ReadExit)],
            ReadGoal(reader.Object("goal")),
            [.. reader.Objects("steps", DocumentLimits.StepsMax, required: true).Select(StepDocument.Read)])
        {
            Description = reader.Remark("description"),
            Notes = [.. reader.Objects("notes", DocumentLimits.NotesMax).Select(ReadNote)],
        };
        reader.Done();
        return journey;
    }

    private static ExitRule ReadExit(ObjectReader reader)
    {
        var exit = new ExitRule(reader.Text("event"), reader.Rule("where"));
        reader.Done();
        return exit;
    }

    private static Goal? ReadGoal(ObjectReader? reader)
    {
        if (reader is null)
        {
            return null;
        }
        var goal = new Goal(reader.Text("event"), reader.Rule("where"), reader.OptionalSpan("within"), Worth(reader));
        reader.Done();
        return goal;
    }

    // The property stands alone, but who writes it as rules do means the same.
    private static string? Worth(ObjectReader reader)
    {
        const string prefix = "event.";
        var value = reader.OptionalText("value");
        return value?.StartsWith(prefix, StringComparison.Ordinal) == true ? value[prefix.Length..] : value;
    }

    private static JourneyNote ReadNote(ObjectReader reader)
    {
        var note = new JourneyNote(reader.OptionalText("step"), reader.Text("text", DocumentLimits.TextLengthMax));
        reader.Done();
        return note;
    }

    private static void WriteExits(DocumentWriter writer, ImmutableArray<ExitRule> exits)
    {
        if (exits.IsEmpty)
        {
            return;
        }
        writer.OpenList("exit");
        foreach (var exit in exits)
        {
            writer.Open();
            writer.Text("event", exit.Event);
            writer.Rule("where", exit.Where);
            writer.Close();
        }
        writer.CloseList();
    }

    private static void WriteGoal(DocumentWriter writer, Goal? goal)
    {
        if (goal is null)
        {
            return;
        }
        writer.Open("goal");
        writer.Text("event", goal.Event);
        writer.Rule("where", goal.Where);
        writer.Span("within", goal.Within);
        writer.Text("value", goal.Value);
        writer.Close();
    }

    private static void WriteNotes(DocumentWriter writer, ImmutableArray<JourneyNote> notes)
    {
        if (notes.IsEmpty)
        {
            return;
        }
        writer.OpenList("notes");
        foreach (var note in notes)
        {
            writer.Open();
            writer.Text("step", note.Step);
            writer.Text("text", note.Text);
            writer.Close();
        }
        writer.CloseList();
    }
}
