namespace Automation.Storage.Sqlite;

/// <summary>
/// Whose turn it is to write, within this process. SQLite would let writers poll for the file's lock; waiting in line is fair
/// and costs nothing, so the loop never starves whoever saves a journey.
/// </summary>
internal sealed class WriteTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isClosed;

    public async ValueTask<T> TakeAsync<T>(Func<T> writing, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            // The disk's flush blocks a thread; it must not be the caller's, who decides the next batch meanwhile.
            return await Task.Run(writing, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits for who is writing; whoever comes afterwards, or waits in line, is refused. Connections may be closed then.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _isClosed = true;
        _turn.Release();
    }
}
