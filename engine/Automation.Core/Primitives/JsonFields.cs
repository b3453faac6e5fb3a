using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace Automation.Core.Primitives;

/// <summary>
/// How the shapes of our records look in JSON: nulls and empty lists left out, times as ISO-8601 in UTC with at most seven
/// digits, Chinese as it is. Facts and events are written with these and nothing else, so their bytes are canonical.
/// </summary>
public static class JsonFields
{
    // Ledger lines go into files and streams, never into HTML: the relaxed encoder keeps what people wrote readable.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static void Text(this Utf8JsonWriter to, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            to.WriteString(name, value);
        }
    }

    internal static void Flag(this Utf8JsonWriter to, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            to.WriteBoolean(name, true);
        }
    }

    internal static void Whole(this Utf8JsonWriter to, ReadOnlySpan<byte> name, long value) => to.WriteNumber(name, value);

    internal static void Exact(this Utf8JsonWriter to, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } exact)
        {
            to.WriteNumber(name, exact);
        }
    }

    internal static void Time(this Utf8JsonWriter to, ReadOnlySpan<byte> name, Instant? value)
    {
        if (value is { } time)
        {
            to.WriteString(name, time.ToDateTimeUtc());
        }
    }

    internal static void Texts(this Utf8JsonWriter to, ReadOnlySpan<byte> name, ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }
        to.WriteStartArray(name);
        foreach (var value in values)
        {
            to.WriteStringValue(value);
        }
        to.WriteEndArray();
    }

    internal static void Bag(this Utf8JsonWriter to, ReadOnlySpan<byte> name, PropertyBag? value)
    {
        if (value is not null)
        {
            to.WritePropertyName(name);
            PropertyJson.Write(to, value);
        }
    }

    internal static void Choice<T>(this Utf8JsonWriter to, ReadOnlySpan<byte> name, T value)
        where T : struct, Enum => to.WriteString(name, ChoiceNames.Of(value));

    internal static string Text(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.GetProperty(name).GetString() ?? throw new JsonException($"Expected a text in {Name(name)}, but found null.");

    internal static string? OptionalText(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static bool Flag(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var value) && value.GetBoolean();

    internal static long Whole(this JsonElement from, ReadOnlySpan<byte> name) => from.GetProperty(name).GetInt64();

    internal static int Int(this JsonElement from, ReadOnlySpan<byte> name) => from.GetProperty(name).GetInt32();

    internal static decimal? OptionalExact(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var value) ? value.GetDecimal() : null;

    internal static Instant Time(this JsonElement from, ReadOnlySpan<byte> name) =>
        Instant.FromDateTimeUtc(from.GetProperty(name).GetDateTime());

    internal static Instant? OptionalTime(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var value) ? Instant.FromDateTimeUtc(value.GetDateTime()) : null;

    internal static Guid Id(this JsonElement from, ReadOnlySpan<byte> name) => from.GetProperty(name).GetGuid();

    internal static ImmutableArray<string> Texts(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [];

    internal static PropertyBag? OptionalBag(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var value) ? PropertyJson.Parse(JsonMarshal.GetRawUtf8Value(value)) : null;

    internal static T Choice<T>(this JsonElement from, ReadOnlySpan<byte> name)
        where T : struct, Enum => ChoiceNames.Parse<T>(from.Text(name));

    internal static object? Value(this JsonElement from, ReadOnlySpan<byte> name)
    {
        if (!from.TryGetProperty(name, out var value))
        {
            return null;
        }
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
        reader.Read();
        return PropertyJson.ReadValue(ref reader);
    }

    private static string Name(ReadOnlySpan<byte> name) => System.Text.Encoding.UTF8.GetString(name);
}

/// <summary>The snake_case names of an enum's values, as they stand in JSON: <c>KeepsCounting</c> is <c>keeps_counting</c>.</summary>
public static class ChoiceNames
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var at = Array.IndexOf(Table<T>.Values, value);
        return at >= 0 ? Table<T>.Names[at] : throw new InvariantBrokenException(
            string.Create(CultureInfo.InvariantCulture, $"Expected a known {typeof(T).Name}, but found {value}."));
    }

    /// <summary>Throws <see cref="JsonException"/> for a name that is none.</summary>
    public static T Parse<T>(string name)
        where T : struct, Enum
    {
        var at = Array.IndexOf(Table<T>.Names, name);
        return at >= 0
            ? Table<T>.Values[at]
            : throw new JsonException($"Expected one of {string.Join(", ", Table<T>.Names)}, but found '{name}'.");
    }

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();
        public static readonly string[] Names = [.. Values.Select(v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()))];
    }
}
