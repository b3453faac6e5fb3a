using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>
/// Makes rules ready for evaluation. What cannot be made ready is a problem for lint; whoever compiles anyway gets a rule
/// in which that comparison matches nobody, because a published journey must not stop the engine.
/// </summary>
public sealed class RuleCompiler
{
    public const int DepthMax = 32;
    public const int ComparisonsMax = 1000;

    private readonly List<RuleProblem> _problems = [];
    private readonly List<FieldPath> _fields = [];
    private readonly SortedSet<string> _segments = new(StringComparer.Ordinal);
    private bool _asksForAllSegments;
    private int _comparisons;

    private RuleCompiler()
    {
    }

    public static CompiledRule Compile(RuleGroup group) => new RuleCompiler().Build(group);

    /// <summary>Compiles, or tells everything that is wrong with the rule.</summary>
    public static bool TryCompile(
        RuleGroup group, [NotNullWhen(true)] out CompiledRule? rule, out ImmutableArray<RuleProblem> problems)
    {
        var compiler = new RuleCompiler();
        var built = compiler.Build(group);
        problems = [.. compiler._problems];
        rule = problems.IsEmpty ? built : null;
        return problems.IsEmpty;
    }

    private CompiledRule Build(RuleGroup group)
    {
        if (group.IsEmpty)
        {
            return CompiledRule.Everything;
        }
        var condition = Group(group, "", 1);
        return new CompiledRule(condition, [.. _fields], false)
        {
            SegmentKeys = [.. _segments],
            AsksForAllSegments = _asksForAllSegments,
        };
    }

    private GroupCondition Group(RuleGroup group, string pointer, int depth)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>(group.Rules.Length);
        for (var i = 0; i < group.Rules.Length; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{pointer}/rules/{i}");
            conditions.Add(group.Rules[i] switch
            {
                RuleGroup inner when depth < DepthMax => Group(inner, at, depth + 1),
                RuleGroup => TooDeep(at),
                Rule rule => Comparison(rule, at),
                var other => throw new ArgumentException($"Expected a rule or a group, but found {other.GetType().Name}.", nameof(group)),
            });
        }
        return new GroupCondition(group.Combinator, group.Not, conditions.MoveToImmutable());
    }

    private GroupCondition TooDeep(string at)
    {
        Report(RuleProblem.TooDeep, at, $"Expected at most {DepthMax} groups within one another, but found more.");
        return new GroupCondition(Combinator.And, true, []);
    }

    private Condition Comparison(Rule rule, string at)
    {
        var before = _problems.Count;
        if (++_comparisons > ComparisonsMax)
        {
            if (_comparisons == ComparisonsMax + 1)
            {
                Report(RuleProblem.TooLong, at, $"Expected at most {ComparisonsMax} comparisons in one rule, but found more.");
            }
            return new NeverCondition(rule);
        }
        if (!FieldPath.TryParse(rule.Field, out var field, out var problem))
        {
            Report(RuleProblem.UnknownField, $"{at}/field", problem);
        }
        else if (!_fields.Contains(field))
        {
            _fields.Add(field);
        }
        if (!RuleOperators.TryParse(rule.Operator, out var with))
        {
            Report(RuleProblem.UnknownOperator, $"{at}/operator",
                $"Expected an operator such as =, !=, <, contains, in, between or null, but found '{rule.Operator}'.");
        }
        if (field is null || _problems.Count > before)
        {
            return new NeverCondition(rule);
        }
        CheckWindow(rule, field, at);
        if (ComparisonValue.Problem(rule.Value, field, with) is var (code, part, message))
        {
            Report(code, $"{at}/{part}", message);
        }
        if (_problems.Count > before)
        {
            return new NeverCondition(rule);
        }
        var operands = ComparisonValue.Operands(rule.Value, with);
        if (field is FieldPath.Segments)
        {
            _segments.UnionWith(operands.Select(operand => operand.Text));
            _asksForAllSegments |= with.TakesNothing();
        }
        return field.IsSet
            ? new SetCondition(rule, field, with, operands)
            : new ValueCondition(rule, field, with, operands);
    }

    private void CheckWindow(Rule rule, FieldPath field, string at)
    {
        if (rule.Within is not { } within)
        {
            return;
        }
        if (!field.HasWindow)
        {
            Report(RuleProblem.WithinNotUsable, $"{at}/within",
                $"Expected within only on history fields, but found it on '{rule.Field}'.");
        }
        else if (within <= Duration.Zero)
        {
            Report(RuleProblem.WithinNotUsable, $"{at}/within", "Expected within to be longer than zero, but it is not.");
        }
    }

    private void Report(string code, string pointer, string message) => _problems.Add(new RuleProblem(code, pointer, message));
}
