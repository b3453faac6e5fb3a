using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>A rule made ready once per published version: fields parsed, values prepared. Immutable, safe to share.</summary>
public sealed class CompiledRule
{
    public static readonly CompiledRule Everything = new(new GroupCondition(Combinator.And, false, []), [], true);

    internal static readonly CompiledRule Nobody = new(new GroupCondition(Combinator.And, true, []), [], false);

    private readonly Condition _condition;

    internal CompiledRule(Condition condition, ImmutableArray<FieldPath> fields, bool isEverything)
    {
        _condition = condition;
        Fields = fields;
        IsEverything = isEverything;
    }

    /// <summary>Every field the rule may look at, each once, in the order of the document.</summary>
    public ImmutableArray<FieldPath> Fields { get; }

    /// <summary>Segments it asks for by name.</summary>
    public ImmutableArray<string> SegmentKeys { get; internal init; } = [];

    /// <summary>Whether it asks if the contact is in any segment at all: then every segment matters to it.</summary>
    public bool AsksForAllSegments { get; internal init; }

    /// <summary>True for the empty rule: nothing to look at, nothing to explain.</summary>
    public bool IsEverything { get; }

    /// <summary>Allocates nothing.</summary>
    public bool Matches(in RuleContext context) => _condition.Matches(context, null);

    /// <summary>The same answer, and adds every value it looked at, in order; what was not needed is not looked at.</summary>
    public bool Matches(in RuleContext context, List<EvaluatedValue> looked) => _condition.Matches(context, looked);

    /// <summary>
    /// The next moment, after now, at which time alone can change the answer: until then, not including it, the answer
    /// stays. Null where it never does. The moment may be a nanosecond after a full one: whoever keeps it more coarsely
    /// has to round up.
    /// </summary>
    public Instant? NextChange(in RuleContext context) => _condition.NextChange(context);
}
