using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Core.Rules;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Documents;

/// <summary>A segment as JSON: <c>{"key", "name", "rule"}</c>, or <c>{"key", "name", "list": true}</c> for an imported list.</summary>
public static class SegmentDocument
{
    public static Reading<Segment> Read(ReadOnlyMemory<byte> utf8) => DocumentText.Read(utf8, Read);

    public static Reading<Segment> Read(JsonElement element)
    {
        var findings = new FindingList();
        return Reading<Segment>.Of(ObjectReader.Of(element, "", findings) is { } reader ? Read(reader) : null, findings);
    }

    public static byte[] Write(Segment segment) => DocumentWriter.Document(writer =>
    {
        writer.Open();
        writer.Text("key", segment.Key);
        writer.Text("name", segment.Name == segment.Key ? null : segment.Name);
        writer.Flag("list", segment.List);
        writer.Rule("rule", segment.Rule, always: !segment.List);
        writer.Close();
    });

    private static Segment Read(ObjectReader reader)
    {
        var key = reader.Key("key");
        var name = reader.OptionalText("name") ?? key;
        var list = reader.Flag("list");
        if (list && reader.Has("rule"))
        {
            reader.Findings.Add(LintCodes.ConflictingKeys, reader.At("rule"), "Expected a rule or a list, but found both.");
        }
        var rule = list ? RuleGroup.Everything : reader.Rule("rule", required: true);
        reader.Done();
        return new Segment(key, name, rule, list);
    }
}
