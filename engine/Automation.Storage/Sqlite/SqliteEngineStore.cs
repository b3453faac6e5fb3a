using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>
/// The loop's store on SQLite: loads on a connection of its own, so that the next batch is loaded while the last is flushed, and
/// writes each batch in one transaction with one flush.
/// </summary>
internal sealed class SqliteEngineStore : IEngineStore, IDisposable
{
    private const int RecordsWorthAThread = 64;

    private readonly SqliteDatabase _writer;
    private readonly WriteTurn _turn;
    private readonly NameTable _names;
    private readonly TallyTable _tallies;
    private readonly LedgerRows _ledger;
    private readonly BatchEncoder _encoder = new();
    private readonly ContactRows _contacts;
    private readonly MessageRows _messages;
    private readonly PersonalRows _personal;
    private readonly SqliteStatement _counter;
    private readonly SqliteStatement _day;
    private readonly Dictionary<int, byte[]> _lastSeals = [];
    private readonly BatchLoader _loader;
    private readonly Checkpoints _checkpoints;
    private readonly Lock _loading = new();
    private bool _isClosed;

    public SqliteEngineStore(string path, WriteTurn turn)
    {
        _turn = turn;
        _writer = SqliteDatabase.OpenWriter(path);
        Migrator.Migrate(_writer);
        _writer.CheckpointsItself(0);
        _checkpoints = new Checkpoints(path, _writer);
        _names = new NameTable(_writer);
        _tallies = new TallyTable(_writer);
        _ledger = new LedgerRows(_writer, _names, _tallies);
        _contacts = new ContactRows(_writer, _names);
        _messages = new MessageRows(_writer, _names);
        _personal = new PersonalRows(_writer);
        _counter = _writer.Prepare("add_to_counter");
        _day = _writer.Prepare("add_to_day");
        _loader = new BatchLoader(SqliteDatabase.OpenReader(path, cacheKilobytes: 32_768));
    }

    /// <summary>For tests that fill the disk or look at what was written.</summary>
    internal SqliteDatabase Writer => _writer;

    public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation)
    {
        lock (_loading)
        {
            return ValueTask.FromResult(Loader.Load(request));
        }
    }

    public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation)
    {
        lock (_loading)
        {
            return ValueTask.FromResult(Loader.Due(now, limit));
        }
    }

    public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation)
    {
        lock (_loading)
        {
            return ValueTask.FromResult(Loader.Head(partition));
        }
    }

    public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation) =>
        _turn.TakeAsync(() => Commit(batch), cancellation);

    public void Dispose()
    {
        lock (_loading)
        {
            _isClosed = true;
            _loader.Dispose();
        }
        _encoder.Dispose();
        _messages.Dispose();
        _checkpoints.Dispose();
        _writer.Dispose();
    }

    // Statements are native: used after their end they would take the process along.
    private BatchLoader Loader
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return _loader;
        }
    }

    private CommitResult Commit(CommitBatch batch)
    {
        var encoding = Encode(batch, LastSeal(batch.Partition));
        try
        {
            if (batch.Erased.Count > 0)
            {
                // What is freed is wiped, which costs too much to do it always.
                _writer.Execute("PRAGMA secure_delete = ON");
            }
            _writer.BeginWriting();
            _contacts.Write(batch.Contacts);
            _contacts.Write(batch.Identities);
            var claimed = _messages.Write(batch);
            _personal.Write(batch);
            WriteCounters(batch);
            var seal = encoding.GetAwaiter().GetResult();
            _ledger.Write(batch, _encoder, seal);
            _writer.Commit();
            _names.Committed();
            _tallies.Committed();
            _lastSeals[batch.Partition] = seal;
            _checkpoints.Committed();
            if (batch.Erased.Count > 0)
            {
                _writer.Execute("PRAGMA secure_delete = OFF");
                _checkpoints.Empty();
            }
            return new CommitResult(claimed, seal);
        }
        catch
        {
            // The encoder is used again for the next batch: it must have let go of this one.
            ((IAsyncResult)encoding).AsyncWaitHandle.WaitOne();
            _names.RolledBack();
            _tallies.RolledBack();
            _lastSeals.Remove(batch.Partition);
            _writer.Rollback();
            throw;
        }
    }

    /// <summary>Beside the writing where that is worth a second thread.</summary>
    private Task<byte[]> Encode(CommitBatch batch, byte[] previousSeal)
    {
        if (batch.Events.Count + batch.Facts.Count >= RecordsWorthAThread)
        {
            return Task.Run(() => _encoder.Encode(batch, previousSeal, batch.At));
        }
        try
        {
            return Task.FromResult(_encoder.Encode(batch, previousSeal, batch.At));
        }
        catch (InvariantBrokenException broken)
        {
            return Task.FromException<byte[]>(broken);
        }
    }

    private void WriteCounters(CommitBatch batch)
    {
        foreach (var (key, count) in batch.Days)
        {
            _day.Bind(1, EpochDays.Of(key.Day)).Bind(2, _names.Of(key.Journey)).Bind(3, _names.Of(key.Name)).Bind(4, count).Run();
        }
        foreach (var (key, count) in batch.Counters)
        {
            _counter
                .Bind(1, _names.Of(key.Journey)).Bind(2, key.Version).Bind(3, _names.Of(key.Step)).Bind(4, _names.Of(key.Name)).Bind(5, count)
                .Run();
        }
    }

    private byte[] LastSeal(int partition)
    {
        if (!_lastSeals.TryGetValue(partition, out var seal))
        {
            lock (_loading)
            {
                _lastSeals[partition] = seal = _loader.Head(partition).LastSeal;
            }
        }
        return seal;
    }
}
