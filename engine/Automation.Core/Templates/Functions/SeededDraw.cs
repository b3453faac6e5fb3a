using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>Random values that come out the same whenever the same render is repeated: they derive from its seed.</summary>
internal static class SeededDraw
{
    public static Value Between(Rendering r, int lowest, int beyond)
    {
        if (lowest > beyond)
        {
            throw new Fault("Expected a lowest value not above the highest, but it is.");
        }

        var span = (ulong)((long)beyond - lowest);
        return new Value((int)(span == 0 ? lowest : lowest + (long)(Next(r) % span)));
    }

    public static string Uuid(Rendering r)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next(r));
        BitConverter.TryWriteBytes(bytes[8..], Next(r));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>One step of SplitMix64, whose state is the seed and how often was drawn.</summary>
    private static ulong Next(Rendering r)
    {
        var seed = r.Seed ?? throw new Fault("Expected a seed for random values, but this render has none.");
        unchecked
        {
            var z = seed + ((ulong)++r.Draws * 0x9E3779B97F4A7C15UL);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
