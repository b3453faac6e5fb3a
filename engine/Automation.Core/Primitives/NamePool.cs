using System.Text;

namespace Automation.Core.Primitives;

/// <summary>
/// Gives the same string for the same bytes as long as it remembers them: a contact's state names the same journeys, steps and
/// events as everybody else's. A fixed table where a newcomer replaces whoever sits in its place, so it never grows. One user at a time.
/// </summary>
public sealed class NamePool
{
    private const int Places = 1024;
    private const int BytesMax = 48;

    private readonly string[] _names = new string[Places];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > BytesMax)
        {
            return Encoding.UTF8.GetString(utf8);
        }
        ref var place = ref _names[Place(utf8)];
        if (place is null || !Is(place, utf8))
        {
            place = Encoding.UTF8.GetString(utf8);
        }
        return place;
    }

    private static int Place(ReadOnlySpan<byte> utf8)
    {
        unchecked
        {
            var hash = 2166136261u; // FNV-1a; only a place in this table, never stored.
            foreach (var part in utf8)
            {
                hash = (hash ^ part) * 16777619u;
            }
            return (int)((hash ^ (hash >> 15)) & (Places - 1));
        }
    }

    private static bool Is(string name, ReadOnlySpan<byte> utf8)
    {
        if (Ascii.Equals(utf8, name))
        {
            return true;
        }
        Span<byte> own = stackalloc byte[3 * BytesMax];
        return name.Length <= BytesMax && utf8.SequenceEqual(own[..Encoding.UTF8.GetBytes(name, own)]);
    }
}
