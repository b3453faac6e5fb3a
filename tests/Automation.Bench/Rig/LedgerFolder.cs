namespace Automation.Bench.Rig;

/// <summary>Where the ledger that is asked lies: in a folder of its own that goes with the run, or in the one LEDGER_STORE names, which stays and is filled up where it is too short.</summary>
internal sealed class LedgerFolder : IDisposable
{
    private readonly DirectoryInfo _directory;

    public LedgerFolder() => _directory = Kept is { } folder ? Directory.CreateDirectory(folder) : Directory.CreateTempSubdirectory("automation-bench-");

    public static string? Kept => Environment.GetEnvironmentVariable("LEDGER_STORE") is { Length: > 0 } folder ? folder : null;

    public string Path => _directory.FullName;

    public void Dispose()
    {
        if (Kept is null)
        {
            _directory.Delete(recursive: true);
        }
    }
}
