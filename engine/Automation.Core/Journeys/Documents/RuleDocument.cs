using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Journeys.Linting;
using Automation.Core.Rules;

namespace Automation.Core.Journeys.Documents;

/// <summary>
/// Rules as the React Query Builder keeps them. Its own housekeeping keys (<c>id</c>, <c>path</c>, …) are passed over in
/// silence; its features that would change the meaning of a rule (<c>valueSource</c> other than value, <c>muted</c>) are findings.
/// </summary>
internal static class RuleDocument
{
    private static readonly (string, Combinator)[] Combinators = [("and", Combinator.And), ("or", Combinator.Or)];

    public static RuleGroup Read(JsonElement element, string pointer, FindingList findings)
    {
        var left = DocumentLimits.RulesMax;
        var group = ObjectReader.Of(element, pointer, findings) is { } reader ? Group(reader, 1, ref left) : RuleGroup.Everything;
        if (left < 0)
        {
            findings.Add(LintCodes.TooMany, pointer, $"Expected at most {DocumentLimits.RulesMax} rules, but found {DocumentLimits.RulesMax - left}.");
        }
        // Everything has one form, or documents that mean the same would differ.
        return group.IsEmpty ? RuleGroup.Everything : group;
    }

    public static void Write(DocumentWriter writer, RuleGroup group)
    {
        writer.Open();
        writer.Text("combinator", group.Combinator == Combinator.And ? "and" : "or");
        writer.Flag("not", group.Not);
        writer.OpenList("rules");
        foreach (var node in group.Rules)
        {
            if (node is RuleGroup inner)
            {
                Write(writer, inner);
            }
            else
            {
                Write(writer, (Rule)node);
            }
        }
        writer.CloseList();
        writer.Close();
    }

    private static void Write(DocumentWriter writer, Rule rule)
    {
        writer.Open();
        writer.Text("field", rule.Field);
        writer.Text("operator", rule.Operator);
        if (rule.Value is not null)
        {
            writer.Value("value", rule.Value);
        }
        writer.Span("within", rule.Within);
        writer.Close();
    }

    private static RuleGroup Group(ObjectReader reader, int depth, ref int left)
    {
        reader.Ignore("id", "path", "disabled");
        RefuseMuted(reader);
        var combinator = reader.Choice("combinator", Combinators, Combinator.And);
        var not = reader.Flag("not");
        var rules = ImmutableArray.CreateBuilder<RuleNode>();
        if (depth > DocumentLimits.RuleDepthMax)
        {
            reader.Findings.Add(LintCodes.TooDeep, reader.Pointer,
                $"Expected groups nested at most {DocumentLimits.RuleDepthMax} deep, but they go on.");
            return RuleGroup.Everything;
        }
        foreach (var item in reader.Objects("rules", DocumentLimits.RulesMax, required: true))
        {
            rules.Add(item.Has("rules") || item.Has("combinator") ? Group(item, depth + 1, ref left) : Rule(item, ref left));
        }
        reader.Done();
        return new RuleGroup(combinator, not, rules.ToImmutable());
    }

    private static Rule Rule(ObjectReader reader, ref int left)
    {
        left--;
        reader.Ignore("id", "path", "disabled");
        RefuseMuted(reader);
        if (reader.OptionalText("valueSource") is { } source && source != "value")
        {
            reader.Findings.Add(LintCodes.UnsupportedRule, reader.At("valueSource"),
                $"Expected a rule that compares with a value, but its valueSource is {Found.Quote(source)}.");
        }
        var field = reader.Text("field");
        var @operator = reader.Text("operator");
        var value = reader.Optional("value") is { } element ? PropertyReader.Value(element, reader.At("value"), reader.Findings) : null;
        var within = reader.OptionalSpan("within");
        reader.Done();
        return new Rule(field, @operator, value, within);
    }

    private static void RefuseMuted(ObjectReader reader)
    {
        if (reader.Flag("muted"))
        {
            reader.Findings.Add(LintCodes.UnsupportedRule, reader.At("muted"),
                "Expected rules that hold, but this one is muted: take it out instead.");
        }
    }
}
