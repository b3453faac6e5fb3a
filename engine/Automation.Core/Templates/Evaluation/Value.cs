using System.Numerics;
using System.Runtime.CompilerServices;

namespace Automation.Core.Templates.Evaluation;

/// <summary>
/// One value of the language in 16 bytes, so that it travels in two registers: numbers and booleans sit in the bits,
/// everything else behind the reference. Nothing is boxed on the way through a template.
/// </summary>
internal readonly struct Value
{
    public static readonly Value Null;
    public static readonly Value True = new(Scalar.Bool, 1);
    public static readonly Value False = new(Scalar.Bool, 0);
    public static readonly Value Missing = new(Scalar.Missing, 0);
    public static readonly Value Empty = new(Scalar.Empty, 0);
    public static readonly Value EmptyText = new(string.Empty);

    private readonly object? _thing;
    private readonly long _bits;

    private Value(object? thing, long bits)
    {
        _thing = thing;
        _bits = bits;
    }

    public Value(string? text)
    {
        _thing = text;
        _bits = 0;
    }

    public Value(Thing? thing)
    {
        _thing = thing;
        _bits = 0;
    }

    public Value(bool value)
        : this(Scalar.Bool, value ? 1 : 0)
    {
    }

    public Value(int value)
        : this(Scalar.Int, value)
    {
    }

    public Value(long value)
        : this(Scalar.Long, value)
    {
    }

    public Value(float value)
        : this(Scalar.Float, BitConverter.SingleToInt32Bits(value))
    {
    }

    public Value(double value)
        : this(Scalar.Double, BitConverter.DoubleToInt64Bits(value))
    {
    }

    public Value(TimeSpan value)
        : this(Scalar.TimeSpan, value.Ticks)
    {
    }

    public Value(decimal value)
        : this(new BoxedDecimal(value))
    {
    }

    public Value(BigInteger value)
        : this(new BoxedInteger(value))
    {
    }

    public Value(DateTimeOffset value)
        : this(new BoxedDate(value))
    {
    }

    public ValueKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var thing = _thing;
            if (thing is null)
            {
                return ValueKind.Null;
            }

            return thing.GetType() == typeof(string) ? ValueKind.String : Unsafe.As<Thing>(thing).Kind;
        }
    }

    public bool IsNull => _thing is null;

    public bool IsMissing => ReferenceEquals(_thing, Scalar.Missing);

    public bool IsNumber => Kind is >= ValueKind.Int and <= ValueKind.Decimal;

    public bool IsInteger => Kind is ValueKind.Int or ValueKind.Long or ValueKind.BigInteger;

    public string? Text => _thing as string;

    public Sequence? List => _thing as Sequence;

    public Record? Object => _thing as Record;

    public Callable? Function => _thing as Callable;

    public bool Bool => _bits != 0;

    public int Int => unchecked((int)_bits);

    public long Long => _bits;

    public float Float => BitConverter.Int32BitsToSingle(unchecked((int)_bits));

    public double Double => BitConverter.Int64BitsToDouble(_bits);

    public TimeSpan TimeSpan => new(_bits);

    public decimal Decimal => ((BoxedDecimal)_thing!).Value;

    public BigInteger BigInteger => ((BoxedInteger)_thing!).Value;

    public DateTimeOffset Date => ((BoxedDate)_thing!).Value;

    /// <summary>Only null, false and <c>empty</c> are false: zero, "" and [] are true.</summary>
    public bool IsTrue => Kind switch
    {
        ValueKind.Null or ValueKind.Empty or ValueKind.Missing => false,
        ValueKind.Bool => Bool,
        _ => true,
    };

    public bool SameReference(Value other) => ReferenceEquals(_thing, other._thing);

    /// <summary>Numbers shrink to the narrowest integer that holds them, as the language's results do.</summary>
    public static Value Shrink(long value) =>
        value is >= int.MinValue and <= int.MaxValue ? new Value((int)value) : new Value(value);

    public static Value Shrink(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Shrink((long)value) : new Value(value);

    /// <summary>What the host hands in becomes a value; a type the language does not know becomes its text.</summary>
    public static Value From(object? host) => host switch
    {
        null => Null,
        string text => new Value(text),
        int number => new Value(number),
        bool truth => new Value(truth),
        long number => new Value(number),
        double number => new Value(number),
        decimal number => new Value(number),
        Thing thing => new Value(thing),
        IReadOnlyDictionary<string, object?> map => new Value(new HostRecord(map)),
        IReadOnlyList<object?> list => new Value(new HostSequence(list)),
        _ => FromRare(host),
    };

    private static Value FromRare(object host) => host switch
    {
        DateTimeOffset date => new Value(date),
        DateTime date => new Value(new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc))),
        NodaTime.Instant instant => new Value(instant.ToDateTimeOffset()),
        TimeSpan span => new Value(span),
        BigInteger number => new Value(number),
        float number => new Value(number),
        short or sbyte or byte or ushort =>
            new Value(Convert.ToInt32(host, System.Globalization.CultureInfo.InvariantCulture)),
        uint number => Shrink(number),
        ulong number => Shrink(new BigInteger(number)),
        System.Collections.IEnumerable items => new Value(new HostSequence([.. items.Cast<object?>()])),
        IFormattable formattable =>
            new Value(formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture)),
        _ => new Value(host.ToString()),
    };
}
