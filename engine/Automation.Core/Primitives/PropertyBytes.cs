using System.Buffers.Binary;

namespace Automation.Core.Primitives;

/// <summary>Property values in binary, for the state of contacts: a byte for the kind, then the value. Numbers keep their kind and scale.</summary>
internal static class PropertyBytes
{
    private const byte Null = 0;
    private const byte False = 1;
    private const byte True = 2;
    private const byte Whole = 3;
    private const byte Exact = 4;
    private const byte Wide = 5;
    private const byte Text = 6;
    private const byte List = 7;
    private const byte Bag = 8;

    private const int Negative = 0x80;
    private const int HasHigh = 0x40;
    private const int ScaleMask = 0x3F;

    public static void Append(ByteBuffer buffer, PropertyBag bag)
    {
        buffer.AppendVarint((ulong)bag.Count);
        for (var i = 0; i < bag.Count; i++)
        {
            var (key, value) = bag.At(i);
            buffer.AppendText(key);
            AppendValue(buffer, value);
        }
    }

    public static PropertyBag ReadBag(ref ByteCursor cursor)
    {
        var count = cursor.Count();
        if (count == 0)
        {
            return PropertyBag.Empty;
        }
        var keys = new string[count];
        var values = new object?[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = cursor.Name();
            values[i] = ReadValue(ref cursor);
        }
        return new PropertyBag(keys, values);
    }

    public static void AppendDecimal(ByteBuffer buffer, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        unchecked
        {
            var scale = (bits[3] >> 16) & ScaleMask;
            var isHigh = bits[2] != 0;
            buffer.Append((byte)(scale | (isHigh ? HasHigh : 0) | (bits[3] < 0 ? Negative : 0)));
            buffer.AppendVarint((uint)bits[0] | ((ulong)(uint)bits[1] << 32));
            if (isHigh)
            {
                buffer.AppendVarint((uint)bits[2]);
            }
        }
    }

    public static decimal ReadDecimal(ref ByteCursor cursor)
    {
        var head = cursor.Byte();
        var low = cursor.Varint();
        var high = (head & HasHigh) != 0 ? cursor.Varint() : 0;
        return unchecked(new decimal((int)low, (int)(low >> 32), (int)high, (head & Negative) != 0, (byte)(head & ScaleMask)));
    }

    public static void SkipDecimal(ref ByteCursor cursor)
    {
        var head = cursor.Byte();
        cursor.Varint();
        if ((head & HasHigh) != 0)
        {
            cursor.Varint();
        }
    }

    private static void AppendValue(ByteBuffer buffer, object? value)
    {
        switch (value)
        {
            case null: buffer.Append(Null); break;
            case bool flag: buffer.Append(flag ? True : False); break;
            case string text:
                buffer.Append(Text);
                buffer.AppendText(text);
                break;
            case long whole:
                buffer.Append(Whole);
                buffer.AppendZigzag(whole);
                break;
            case int whole:
                buffer.Append(Whole);
                buffer.AppendZigzag(whole);
                break;
            case decimal exact:
                buffer.Append(Exact);
                AppendDecimal(buffer, exact);
                break;
            case double wide:
                buffer.Append(Wide);
                BinaryPrimitives.WriteDoubleLittleEndian(buffer.GetSpan(8), wide);
                buffer.Advance(8);
                break;
            case PropertyBag bag:
                buffer.Append(Bag);
                Append(buffer, bag);
                break;
            case IReadOnlyList<object?> list:
                buffer.Append(List);
                buffer.AppendVarint((ulong)list.Count);
                foreach (var item in list)
                {
                    AppendValue(buffer, item);
                }
                break;
            default: throw new InvariantBrokenException($"Expected a property value, but found a {value.GetType().Name}.");
        }
    }

    private static object? ReadValue(ref ByteCursor cursor)
    {
        var kind = cursor.Byte();
        return kind switch
        {
            Null => null,
            False => false,
            True => true,
            Whole => cursor.Zigzag(),
            Exact => ReadDecimal(ref cursor),
            Wide => cursor.Double(),
            Text => cursor.Text(),
            List => ReadList(ref cursor),
            Bag => ReadBag(ref cursor),
            _ => throw new FormatException($"Expected a kind of value, but found {kind}."),
        };
    }

    private static object?[] ReadList(ref ByteCursor cursor)
    {
        var items = new object?[cursor.Count()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadValue(ref cursor);
        }
        return items;
    }
}
