using System.Security.Cryptography;
using System.Text;
using Automation.Storage.Personal;

namespace Automation.Server.Security;

/// <summary>
/// Accounts' secrets at rest: AES-GCM under a key of the data directory that only its owner may read. A copy of the database alone
/// tells no secret; whoever has the directory has them, as the server itself must.
/// </summary>
internal sealed class SecretBox
{
    private const string Version = "v1.";

    private readonly byte[] _key;

    private SecretBox(byte[] key) => _key = key;

    /// <summary>With a key that several processes share.</summary>
    public static SecretBox Of(byte[] key) => key.Length == AesBox.KeyBytes
        ? new SecretBox(key)
        : throw new ArgumentException($"Expected a key of {AesBox.KeyBytes} bytes, but it has {key.Length}.", nameof(key));

    public static SecretBox Open(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "secrets.key");
        if (File.Exists(path))
        {
            var known = File.ReadAllBytes(path);
            return known.Length == AesBox.KeyBytes
                ? new SecretBox(known)
                : throw new InvalidDataException($"Expected a key of {AesBox.KeyBytes} bytes in secrets.key, but it has {known.Length}.");
        }
        var key = RandomNumberGenerator.GetBytes(AesBox.KeyBytes);
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

    public string Hide(string secret) => Version + Convert.ToBase64String(AesBox.Close(_key, Encoding.UTF8.GetBytes(secret)));

    /// <exception cref="CryptographicException">It was hidden with another key, or changed.</exception>
    public string Reveal(string hidden) => hidden.StartsWith(Version, StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(AesBox.Open(_key, Convert.FromBase64String(hidden[Version.Length..])))
        : throw new CryptographicException("Expected a secret that this server has hidden, but it is of another form.");
}
