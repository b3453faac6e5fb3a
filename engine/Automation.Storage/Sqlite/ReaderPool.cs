using System.Collections.Concurrent;
using Automation.Core.Primitives;

namespace Automation.Storage.Sqlite;

/// <summary>A read connection with what readers need beside it.</summary>
internal sealed class StoreReader(SqliteDatabase database) : IDisposable
{
    public SqliteDatabase Database => database;

    public NameReader Names { get; } = new(database);

    public NamePool Pool { get; } = new();

    public SqliteStatement Query(string name) => database.PrepareOnce(SqlText.Query(name));

    public void Dispose() => database.Dispose();
}

/// <summary>Read connections that are used again; each reading has one for itself and sees one unchanging view.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int KeptMax = 4;

    private readonly ConcurrentBag<StoreReader> _kept = [];

    public T Read<T>(Func<StoreReader, T> reading)
    {
        if (!_kept.TryTake(out var reader))
        {
            reader = new StoreReader(SqliteDatabase.OpenReader(path));
        }
        T result;
        try
        {
            result = reader.Database.Read(() => reading(reader));
        }
        catch
        {
            // A statement may stand in the middle of its rows: the next reader gets a fresh connection.
            reader.Dispose();
            throw;
        }
        if (_kept.Count < KeptMax)
        {
            _kept.Add(reader);
        }
        else
        {
            reader.Dispose();
        }
        return result;
    }

    public void Dispose()
    {
        while (_kept.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
