using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>A ring of keys as a file that only its owner may read: <c>personal.keys</c> of a data directory, or one that several processes share.</summary>
public static class KeyRingFile
{
    public const string Name = "personal.keys";

    /// <summary>The ring of a data directory; made where there is none.</summary>
    public static PersonalKeyRing OpenOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path))
        {
            try
            {
                WriteNew(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process made it in the same moment, and its ring is the one.
            }
        }
        return Read(path);
    }

    /// <summary>The ring in a file.</summary>
    /// <exception cref="StoreUnusableException">There is none, or it is no ring.</exception>
    public static PersonalKeyRing Read(string path)
    {
        try
        {
            var document = Parse(path);
            var keys = document["keys"]!.AsObject().ToDictionary(
                one => int.Parse(one.Key, System.Globalization.CultureInfo.InvariantCulture), one => Key(one.Value!));
            return new PersonalKeyRing(Key(document["index"]!), keys);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException or NullReferenceException or IOException)
        {
            throw new StoreUnusableException("bad_key_ring", $"Expected a ring of keys in {path}, but it cannot be read as one.");
        }
    }

    /// <summary>Puts a new key at the end, which wraps what is new from the next start on. Makes a ring where there is none.</summary>
    public static int Add(string path)
    {
        if (!File.Exists(path))
        {
            WriteNew(path);
            return 1;
        }
        var document = Parse(path);
        var number = Read(path).Current + 1;
        document["keys"]!.AsObject().Add(number.ToString(System.Globalization.CultureInfo.InvariantCulture), NewKey());
        Write(path, document);
        return number;
    }

    /// <summary>Takes all keys away but the last. What is wrapped in one of them is lost for good.</summary>
    public static void Drop(string path)
    {
        var document = Parse(path);
        var last = Read(path).Current.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var keys = document["keys"]!.AsObject();
        foreach (var name in keys.Select(static one => one.Key).Where(name => name != last).ToList())
        {
            keys.Remove(name);
        }
        Write(path, document);
    }

    private static void WriteNew(string path) =>
        Write(path, new JsonObject { ["index"] = NewKey(), ["keys"] = new JsonObject { ["1"] = NewKey() } }, isNew: true);

    private static JsonObject Parse(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    private static byte[] Key(JsonNode node) => Convert.FromBase64String(node.GetValue<string>()) is { Length: AesBox.KeyBytes } key
        ? key
        : throw new FormatException($"Expected a key of {AesBox.KeyBytes} bytes, but it has another length.");

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(AesBox.KeyBytes));

    // Beside the old one and then in its place: a process that dies must not leave half a ring.
    private static void Write(string path, JsonObject document, bool isNew = false)
    {
        var half = $"{path}.{Environment.ProcessId}.part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var file = new FileStream(half, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(document));
            file.Flush(flushToDisk: true);
        }
        File.Move(half, path, overwrite: !isNew);
    }
}
