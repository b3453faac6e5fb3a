using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Definitions;

/// <summary>
/// Notices what another process saved or published: by its word, at once, and by the store's count of changes each second, for a word
/// may be lost. Then everything that is kept in memory is read again.
/// </summary>
public sealed partial class DefinitionWatch(IDefinitionChanges changes, Func<CancellationToken, ValueTask> reload, ILogger<DefinitionWatch> log)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _told = new(0, 1);
    private long _seen;
    private Task _watching = Task.CompletedTask;

    /// <summary>How often the store is asked. Default 1 s.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Reads everything, and watches from there on.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        // The count before the reading: what is saved in between is read twice rather than missed.
        _seen = await changes.RevisionAsync(cancellation);
        await reload(cancellation);
        _watching = Task.Run(WatchAsync, CancellationToken.None);
    }

    /// <summary>Somebody said that something changed. Any thread.</summary>
    public void Look()
    {
        try
        {
            _told.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // It looks already, or the process stops.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _told.Dispose();
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _told.WaitAsync(AskEvery, _stopping.Token);
                var now = await changes.RevisionAsync(_stopping.Token);
                if (now != _seen)
                {
                    await reload(_stopping.Token);
                    _seen = now;
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Decisions go on by what was read last; it asks again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogNotRead(error.Message);
                await Task.Delay(AskEvery, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Definitions could not be read again; those known before still hold: {Problem}")]
    private partial void LogNotRead(string problem);
}
