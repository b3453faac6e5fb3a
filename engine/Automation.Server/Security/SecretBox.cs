using System.Security.Cryptography;
using System.Text;

namespace Automation.Server.Security;

/// <summary>
/// Accounts' secrets at rest: AES-GCM under a key of the data directory that only its owner may read. A copy of the database alone
/// tells no secret; whoever has the directory has them, as the server itself must.
/// </summary>
internal sealed class SecretBox
{
    private const string Version = "v1.";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    private SecretBox(byte[] key) => _key = key;

    /// <summary>With a key that several processes share.</summary>
    public static SecretBox Of(byte[] key) => key.Length == KeyBytes
        ? new SecretBox(key)
        : throw new ArgumentException($"Expected a key of {KeyBytes} bytes, but it has {key.Length}.", nameof(key));

    public static SecretBox Open(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "secrets.key");
        if (File.Exists(path))
        {
            var known = File.ReadAllBytes(path);
            return known.Length == KeyBytes
                ? new SecretBox(known)
                : throw new InvalidDataException($"Expected a key of {KeyBytes} bytes in secrets.key, but it has {known.Length}.");
        }
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var file = new FileStream(path, options);
        file.Write(key);
        file.Flush(flushToDisk: true);
        return new SecretBox(key);
    }

    public string Hide(string secret)
    {
        var clear = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceBytes + clear.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), clear, box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length));
        return Version + Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">It was hidden with another key, or changed.</exception>
    public string Reveal(string hidden)
    {
        var box = hidden.StartsWith(Version, StringComparison.Ordinal) ? Convert.FromBase64String(hidden[Version.Length..]) : [];
        if (box.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("Expected a secret that this server has hidden, but it is of another form.");
        }
        var clear = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length), clear);
        return Encoding.UTF8.GetString(clear);
    }
}
