using System.Text;

namespace Automation.Storage.Ledger;

/// <summary>Names by their UTF-8, so that one that recurs is decoded once. Bounded, as event names come from outside.</summary>
internal sealed class NameCache
{
    private const int NamesMax = 20_000;

    private readonly Dictionary<byte[], StoredName>.AlternateLookup<ReadOnlySpan<byte>> _names =
        new Dictionary<byte[], StoredName>(new ByBytes()).GetAlternateLookup<ReadOnlySpan<byte>>();

    public StoredName Of(ReadOnlySpan<byte> utf8)
    {
        if (_names.TryGetValue(utf8, out var known))
        {
            return known;
        }
        var name = new StoredName(null, Encoding.UTF8.GetString(utf8));
        if (_names.Dictionary.Count < NamesMax)
        {
            _names[utf8] = name;
        }
        return name;
    }

    private sealed class ByBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
