using System.Globalization;
using Automation.Runtime.Ports;

namespace Automation.Storage;

/// <summary>The folder of an embedded store, and the lock that keeps a second engine out of it for as long as the first lives.</summary>
internal sealed class StoreDirectory : IDisposable
{
    private const string LockFile = "automation.lock";

    // A locked file cannot be read by others, so whose it is stands beside it.
    private const string OwnerFile = "automation.pid";

    private readonly FileStream _lock;

    private StoreDirectory(FileStream held) => _lock = held;

    public static string DatabasePath(string directory) => Path.Combine(directory, "automation.db");

    /// <summary>The system lets go of the lock when the process ends, however it ends; the file stays and means nothing by itself.</summary>
    public static StoreDirectory Lock(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            // Names and phone numbers are in it: nobody else on the machine may look. One that is there keeps what its owner chose.
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        var owner = Path.Combine(directory, OwnerFile);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(directory, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            var who = File.Exists(owner) ? "process " + File.ReadAllText(owner) : "another process";
            throw new StoreUnusableException(
                "data_directory_in_use", $"Expected the data directory {directory} to be free, but {who} uses it: stop that one, or ask it: commands that write take --server and --key.");
        }
        File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new StoreDirectory(held);
    }

    public void Dispose() => _lock.Dispose();
}
