using System.Collections.Immutable;
using System.Reflection;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Tests.Codecs;

/// <summary>
/// Makes a record with something in every field, whatever fields it has today: a codec that forgets one cannot give it back.
/// With <c>sparse</c> some of the optional ones stay empty.
/// </summary>
internal sealed class Populated(int seed, bool sparse = false)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly Random _chance = new(seed);

    public static T Of<T>(int seed = 1, bool sparse = false) => (T)new Populated(seed, sparse).Make(typeof(T));

    public object Make(Type type)
    {
        if (type == typeof(string))
        {
            return Text();
        }
        if (type == typeof(object))
        {
            return Value(2)!;
        }
        if (type == typeof(PropertyBag))
        {
            return Bag(2);
        }
        if (type == typeof(EventHistory))
        {
            return History();
        }
        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            // Never the first: it is what a forgotten field would have.
            return values.GetValue(sparse ? _chance.Next(values.Length) : 1 + _chance.Next(values.Length - 1))!;
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return List(type.GetGenericArguments()[0]);
        }
        return Plain(type) ?? Record(type);
    }

    private object? Plain(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => !sparse || _chance.Next(2) == 0,
        TypeCode.Int32 => 1 + _chance.Next(1_000_000),
        TypeCode.Int64 => 1 + _chance.NextInt64(1_000_000_000_000),
        TypeCode.Double => _chance.NextDouble(),
        TypeCode.Decimal => Money(),
        _ when type == typeof(Guid) => Id(),
        _ when type == typeof(Instant) => Time(),
        _ when type == typeof(Duration) => Duration.FromMilliseconds(1 + _chance.Next(1_000_000_000)),
        _ => null,
    };

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"Expected a record that can be made, but {type} cannot.");
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p =>
            MayBeNull(p.ParameterType, Nullability.Create(p)) ? null : Make(Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType))]);
        var byConstructor = constructor.GetParameters().Select(p => p.Name).ToHashSet();
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null && !byConstructor.Contains(p.Name)))
        {
            if (!MayBeNull(property.PropertyType, Nullability.Create(property)))
            {
                property.SetValue(made, Make(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
            }
        }
        return made;
    }

    private bool MayBeNull(Type type, NullabilityInfo info) =>
        sparse && (Nullable.GetUnderlyingType(type) is not null || (!type.IsValueType && info.ReadState == NullabilityState.Nullable))
        && _chance.Next(2) == 0;

    private object List(Type item)
    {
        var items = Array.CreateInstance(item, sparse ? _chance.Next(4) : 2);
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(Make(item), i);
        }
        return typeof(ImmutableArray).GetMethods()
            .Single(m => m.Name == "Create" && m.GetParameters() is [var only] && only.ParameterType.IsArray)
            .MakeGenericMethod(item).Invoke(null, [items])!;
    }

    // It is made by events only; enough of them that some fall into its buckets.
    private EventHistory History()
    {
        var events = Enumerable.Range(0, EventHistory.RecentMax + 9).Select(_ => new ContactEvent(
            "id", EventType.Track, Text(), Time(), Time(), PropertyBag.Of(("amount", Money()), ("件数", (long)_chance.Next())).Overlay(Bag(0)), []));
        var first = events.First();
        return events.Take(sparse ? _chance.Next(3) : EventHistory.RecentMax + 8).Aggregate(EventHistory.Of(first), (history, more) => history.Add(more));
    }

    private string Text() => _chance.Next(5) switch
    {
        0 => "新人入群 24 小时福利",
        1 => "a \"quoted\" \\ line\n\u0001 with < & >",
        2 => "😀 four bytes",
        3 => new string('x', 200 + _chance.Next(100)),
        _ => $"text-{_chance.Next(1_000_000)}",
    };

    private PropertyBag Bag(int depth)
    {
        var bag = PropertyBag.Empty;
        for (var i = _chance.Next(1, 5); i > 0; i--)
        {
            bag = bag.With($"键 {_chance.Next(100)}", Value(depth));
        }
        return bag;
    }

    private object? Value(int depth) => _chance.Next(depth > 0 ? 10 : 7) switch
    {
        0 => null,
        1 => true,
        2 => false,
        3 => _chance.NextInt64(long.MinValue, long.MaxValue),
        4 => Money(),
        5 => 1e300 * _chance.NextDouble(),
        6 => Text(),
        7 => ImmutableArray.Create(Value(depth - 1), Value(depth - 1)),
        8 => ImmutableArray<object?>.Empty,
        _ => Bag(depth - 1),
    };

    private decimal Money() => _chance.Next(3) switch
    {
        0 => new decimal(_chance.Next(), _chance.Next(), _chance.Next(), _chance.Next(2) == 0, (byte)_chance.Next(1, 29)),
        1 => -0.10m,
        _ => _chance.Next(1, 1_000_000) / 100m,
    };

    private Guid Id()
    {
        var bytes = new byte[16];
        _chance.NextBytes(bytes);
        return new Guid(bytes);
    }

    // Some finer than a millisecond: the codecs keep them, although the door of the system rounds.
    private Instant Time() =>
        Instant.FromUnixTimeMilliseconds(_chance.NextInt64(-62_000_000_000_000, 250_000_000_000_000)).PlusTicks(_chance.Next(2) * _chance.Next(10_000));
}
