using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>
/// The right-hand side of a comparison, prepared once: what its literal can stand for. Form editors save everything as
/// text, so what is compared with is decided by the value found:
/// <list type="bullet">
/// <item>a number found, or a text found where the literal is a number: numbers;</item>
/// <item>two texts: moments if both are ISO dates or times; for order, numbers if both are numbers; else ordinal texts;</item>
/// <item>a flag found: true or false, also written as text;</item>
/// <item>two single values of kinds that have nothing in common differ, and have no order.</item>
/// </list>
/// </summary>
internal sealed class Operand
{
    private readonly object? _literal;
    private readonly ValueKind _kind;
    private readonly decimal? _number;
    private readonly bool? _flag;
    private readonly IsoMoment? _moment;

    public Operand(object? literal)
    {
        _literal = literal;
        var value = RuleValue.Of(literal);
        _kind = value.Kind;
        Text = PropertyValues.Text(literal) ?? "";
        switch (_kind)
        {
            case ValueKind.Number:
                _number = value.Number;
                break;
            case ValueKind.Flag:
                _flag = value.Flag;
                break;
            case ValueKind.Text:
                _number = RuleValue.TryNumber(Text, out var number) ? number : null;
                _flag = bool.TryParse(Text, out var flag) ? flag : null;
                _moment = IsoMoment.TryParse(Text, out var moment) ? moment : null;
                FromNow = RelativeTime.TryParse(Text, out var fromNow) ? fromNow : null;
                break;
        }
    }

    /// <summary>The literal as text, for the text operators.</summary>
    public string Text { get; }

    /// <summary>For a value such as <c>30d ago</c>.</summary>
    public Duration? FromNow { get; }

    public bool IsNumber => _number is not null;

    public bool IsFlag => _flag is not null;

    public bool IsMoment => _moment is not null || FromNow is not null;

    /// <summary>Equality; null where the two cannot be compared, and so neither equal nor differ.</summary>
    public bool? SameAs(in RuleValue found, in RuleContext context)
    {
        switch (found.Kind)
        {
            case ValueKind.Number when IsScalar:
                return found.Number == _number;
            case ValueKind.Flag when IsScalar:
                return found.Flag == _flag;
            case ValueKind.Text when IsScalar:
                return SameText(found, context);
            case ValueKind.Moment when IsMoment:
                return found.Moment == MomentIn(context);
            case ValueKind.List when _kind == ValueKind.List:
            case ValueKind.Other when _kind == ValueKind.Other:
                return PropertyValues.Same(found.Source, _literal);
            default:
                return null;
        }
    }

    /// <summary>Below zero where the value found comes before this one; null where there is no order between them.</summary>
    public int? Order(in RuleValue found, in RuleContext context)
    {
        switch (found.Kind)
        {
            case ValueKind.Number when _number is { } number:
                return found.Number.CompareTo(number);
            case ValueKind.Moment when IsMoment:
                return found.Moment.CompareTo(MomentIn(context));
            case ValueKind.Text when IsMoment && IsoMoment.TryParse(found.Text, out var moment):
                return moment.In(context.Zone).CompareTo(MomentIn(context));
            case ValueKind.Text when _number is { } number && RuleValue.TryNumber(found.Text, out var written):
                return written.CompareTo(number);
            case ValueKind.Text when _kind == ValueKind.Text && FromNow is null:
                return string.CompareOrdinal(found.Text, Text);
            default:
                return null;
        }
    }

    /// <summary>The moment a value found stands for, if it stands for one.</summary>
    public static Instant? MomentOf(in RuleValue found, in RuleContext context) => found.Kind switch
    {
        ValueKind.Moment => found.Moment,
        ValueKind.Text when IsoMoment.TryParse(found.Text, out var moment) => moment.In(context.Zone),
        _ => null,
    };

    private bool IsScalar => _kind is ValueKind.Number or ValueKind.Flag or ValueKind.Text;

    private bool SameText(in RuleValue found, in RuleContext context)
    {
        if (_kind == ValueKind.Number)
        {
            return RuleValue.TryNumber(found.Text, out var number) && number == _number;
        }
        if (_kind == ValueKind.Flag)
        {
            return bool.TryParse(found.Text, out var flag) && flag == _flag;
        }
        return string.Equals(found.Text, Text, StringComparison.Ordinal)
            || (IsMoment && IsoMoment.TryParse(found.Text, out var moment) && moment.In(context.Zone) == MomentIn(context));
    }

    private Instant MomentIn(in RuleContext context) =>
        FromNow is { } fromNow ? Moments.Plus(context.Now, fromNow) : _moment!.Value.In(context.Zone);
}
