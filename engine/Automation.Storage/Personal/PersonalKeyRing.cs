using System.Security.Cryptography;
using System.Text;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>
/// The keys that wrap contacts' own keys, and the one under which telephone numbers are found. They lie outside the database: a copy of it
/// alone tells no name and no number. The last key of the ring wraps what is new; earlier ones stay until nothing is wrapped in them.
/// </summary>
public sealed class PersonalKeyRing
{
    private readonly byte[] _index;
    private readonly IReadOnlyDictionary<int, byte[]> _keys;

    internal PersonalKeyRing(byte[] index, IReadOnlyDictionary<int, byte[]> keys)
    {
        _index = index;
        _keys = keys;
        Current = keys.Keys.Max();
    }

    /// <summary>Number of the key that wraps what is new.</summary>
    public int Current { get; }

    public IEnumerable<int> Keys => _keys.Keys.Order();

    /// <summary>A ring of one key out of a secret that several processes share.</summary>
    public static PersonalKeyRing Of(byte[] secret) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, AesBox.KeyBytes, info: "automation personal index 1"u8.ToArray()),
        new Dictionary<int, byte[]>
        {
            [1] = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, AesBox.KeyBytes, info: "automation personal key 1"u8.ToArray()),
        });

    internal ContactKey Wrap(long contact, byte[] key) => new(contact, Current, AesBox.Close(_keys[Current], key, contact));

    /// <exception cref="StoreUnusableException">The ring has not the key in which it is wrapped.</exception>
    internal byte[] Unwrap(in ContactKey wrapped)
    {
        if (!_keys.TryGetValue(wrapped.Ring, out var key))
        {
            throw Missing(wrapped.Ring);
        }
        try
        {
            return AesBox.Open(key, wrapped.Wrapped, wrapped.Contact);
        }
        catch (CryptographicException)
        {
            throw Missing(wrapped.Ring);
        }
    }

    /// <summary>What stands in the table of identities in place of a number: always the same for the same, and nothing without the key.</summary>
    internal Identity Index(Identity identity) => identity with { Value = IndexPrefix + Hash(identity.Type, identity.Value) };

    /// <summary>The same for the address of a message, by which receipts of a batch are told apart.</summary>
    internal string Index(string address) => IndexPrefix + Hash("address", address);

    internal const string IndexPrefix = "h1.";

    private string Hash(string type, string value)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_index, Encoding.UTF8.GetBytes($"{type}\0{value}"), hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Whether a key that is there can be unwrapped: looked at once, at the start, and not when somebody needs it.</summary>
    internal void Check(ContactKey? any)
    {
        if (any is { } wrapped)
        {
            Unwrap(wrapped);
        }
    }

    internal static StoreUnusableException Missing(int ring) => new(
        "personal_key_missing",
        $"Expected key {ring} of the ring that hides personal data, but it is not there or another one: bring back the file personal.keys, or the secret_key, that belongs to this store.");
}
