namespace Automation.Storage.Sqlite;

/// <summary>
/// Copies what stands in the write-ahead log into the database file, beside the commits instead of within one. Left to itself SQLite does
/// it in the commit that crosses the line, and everybody behind that commit waits while 80 MB are copied. So most is copied on a
/// connection of its own, and the next commit copies what came in meanwhile: little, and only a writer can see the log come to its end,
/// so that it begins anew instead of growing for ever.
/// </summary>
/// <remarks>Called in the store's write turn only; the copying itself runs on another thread.</remarks>
internal sealed class Checkpoints(string path, SqliteDatabase writer) : IDisposable
{
    /// <summary>80 MB instead of SQLite's usual 4: a batch touches a thousand pages, and pages that are written again and again between two checkpoints are copied once.</summary>
    public const int PagesDefault = 20_000;

    /// <summary>So many times the line, and commits wait for the copying: a disk that cannot keep up must not fill with log.</summary>
    private const int Patience = 4;

    private readonly SqliteDatabase _copier = SqliteDatabase.OpenWriter(path);
    private Task? _copying;
    private long _pages;

    /// <summary>From how many pages in the log on it is copied.</summary>
    public int Pages { get; init; } = PagesDefault;

    /// <summary>A commit is on the disk.</summary>
    public void Committed()
    {
        _pages += writer.TakePagesWritten();
        if (_copying is null)
        {
            if (_pages >= Pages)
            {
                _copying = Task.Run(_copier.TryCheckpoint);
            }
            return;
        }
        if (!_copying.IsCompleted && _pages < (long)Pages * Patience)
        {
            return;
        }
        _copying.Wait();
        _copying = null;
        _pages = 0;
        // What cannot be copied now, for want of space or because a reader still needs it, is copied at the next line.
        writer.TryCheckpoint();
    }

    /// <summary>Copies the whole log and cuts it off, so that nothing of what was deleted stays in it; as far as readers allow.</summary>
    public void Empty()
    {
        _copying?.Wait();
        _copying = null;
        _pages = 0;
        writer.TryEmptyLog();
    }

    public void Dispose()
    {
        _copying?.Wait();
        _copier.Dispose();
    }
}
