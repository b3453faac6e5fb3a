using System.Numerics;

namespace Automation.Core.Templates.Evaluation;

internal enum ValueKind : byte
{
    Null,
    Missing,
    Empty,
    Bool,
    Int,
    Long,
    BigInteger,
    Float,
    Double,
    Decimal,
    String,
    Date,
    TimeSpan,
    List,
    Object,
    Function,
}

/// <summary>Whatever a <see cref="Value"/> points at, apart from text: it knows its own kind, so no type test is needed.</summary>
internal abstract class Thing
{
    protected Thing(ValueKind kind)
    {
        Kind = kind;
    }

    public ValueKind Kind { get; }
}

/// <summary>The marker of a value that lives in the bits of the struct itself.</summary>
internal sealed class Scalar : Thing
{
    public static readonly Scalar Bool = new(ValueKind.Bool);
    public static readonly Scalar Int = new(ValueKind.Int);
    public static readonly Scalar Long = new(ValueKind.Long);
    public static readonly Scalar Float = new(ValueKind.Float);
    public static readonly Scalar Double = new(ValueKind.Double);
    public static readonly Scalar TimeSpan = new(ValueKind.TimeSpan);
    public static readonly Scalar Missing = new(ValueKind.Missing);
    public static readonly Scalar Empty = new(ValueKind.Empty);

    private Scalar(ValueKind kind)
        : base(kind)
    {
    }
}

internal sealed class BoxedDecimal(decimal value) : Thing(ValueKind.Decimal)
{
    public decimal Value { get; } = value;
}

internal sealed class BoxedInteger(BigInteger value) : Thing(ValueKind.BigInteger)
{
    public BigInteger Value { get; } = value;
}

internal sealed class BoxedDate(DateTimeOffset value) : Thing(ValueKind.Date)
{
    public DateTimeOffset Value { get; } = value;
}
