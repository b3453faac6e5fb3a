using System.Globalization;
using Automation.Core.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Automation.Core.Rules;

internal enum ValueKind : byte
{
    Missing,
    Flag,
    Number,
    Text,
    Moment,
    List,

    /// <summary>Present, but nothing a rule can compare except with its like: a bag, or a number beyond decimals.</summary>
    Other,
}

/// <summary>A value found by a rule, without a box, so that looking allocates nothing.</summary>
internal readonly struct RuleValue
{
    private readonly object? _source;

    private RuleValue(ValueKind kind, object? source, decimal number = 0, Instant moment = default)
    {
        Kind = kind;
        _source = source;
        Number = number;
        Moment = moment;
    }

    public ValueKind Kind { get; }

    public decimal Number { get; }

    public Instant Moment { get; }

    public bool Flag => Number != 0;

    public string Text => (string)_source!;

    public IReadOnlyList<object?> List => (IReadOnlyList<object?>)_source!;

    public object? Source => _source;

    public static RuleValue Of(decimal number) => new(ValueKind.Number, null, number);

    public static RuleValue Of(bool flag) => new(ValueKind.Flag, null, flag ? 1 : 0);

    public static RuleValue Of(Instant? moment) =>
        moment is { } known ? new(ValueKind.Moment, null, 0, known) : default;

    /// <summary>A property value, as <see cref="PropertyBag"/> lists them.</summary>
    public static RuleValue Of(object? value) => value switch
    {
        null => default,
        string text => new(ValueKind.Text, text),
        bool flag => new(ValueKind.Flag, value, flag ? 1 : 0),
        Instant moment => new(ValueKind.Moment, null, 0, moment),
        _ when PropertyValues.TryNumber(value, out var number) => new(ValueKind.Number, value, number),
        IReadOnlyList<object?> => new(ValueKind.List, value),
        _ => new(ValueKind.Other, value),
    };

    /// <summary>The value as a property value, for traces.</summary>
    public object? ToProperty() => Kind switch
    {
        ValueKind.Missing => null,
        _ when _source is not null => _source,
        ValueKind.Flag => Flag,
        ValueKind.Moment => InstantPattern.ExtendedIso.Format(Moment),
        _ => decimal.IsInteger(Number) && Math.Abs(Number) <= long.MaxValue ? (object)(long)Number : Number,
    };

    /// <summary>A number that people or form editors wrote as text: digits, sign, point; nothing culture could change.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
