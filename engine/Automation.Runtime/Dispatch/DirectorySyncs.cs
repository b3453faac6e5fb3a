using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// Reads the lists of vendors that have one, a page after the other: a page's events are durable before its place is noted, so a crash
/// reads a page twice, and known events change nothing. It goes on where it stood, in whatever process.
/// </summary>
public sealed partial class DirectorySyncs : IAsyncDisposable
{
    private static readonly TimeSpan PageTime = TimeSpan.FromSeconds(100);
    private static readonly Duration FailureFirst = Duration.FromSeconds(10);
    private static readonly Duration FailureMax = Duration.FromMinutes(30);

    private readonly IEngine _engine;
    private readonly IDefinitionStore _definitions;
    private readonly ConnectorRegistry _connectors;
    private readonly Func<string, InboundEvent, ContactEvent> _read;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _ordered = new(0, 1);
    private Task _running = Task.CompletedTask;
    private int _isDisposed;

    /// <param name="read">Makes of a vendor's event one of ours, by account.</param>
    public DirectorySyncs(
        IEngine engine, IDefinitionStore definitions, ConnectorRegistry connectors, Func<string, InboundEvent, ContactEvent> read, ILogger<DirectorySyncs> log)
    {
        _engine = engine;
        _definitions = definitions;
        _connectors = connectors;
        _read = read;
        _log = log;
    }

    /// <summary>How often it is looked whether one is due. Default 1 min.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether this process reads them; of several one does.</summary>
    public Func<bool> IsHere { get; set; } = static () => true;

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Begins one as soon as may be; one that is under way goes on as it is.</summary>
    /// <returns>How it stands; null where the account has no list.</returns>
    public async Task<DirectoryState?> OrderAsync(string account, CancellationToken cancellation)
    {
        if (await StateAsync(account, cancellation) is not { } state)
        {
            return null;
        }
        if (!state.IsUnderWay)
        {
            state = state with { OrderedAt = _engine.Clock.GetCurrentInstant(), NotBefore = null };
            await _definitions.SetStateAsync(DefinitionKinds.Account, account, state.Write(), cancellation);
        }
        Wake();
        return state;
    }

    /// <summary>How it stands; null where the account has no list.</summary>
    public async Task<DirectoryState?> StateAsync(string account, CancellationToken cancellation)
    {
        using var lease = _connectors.Lease(account);
        return lease?.Connector is IDirectory && await _definitions.FindAsync(DefinitionKinds.Account, account, cancellation) is { Published: not null } found
            ? DirectoryState.Read(found.State)
            : null;
    }

    /// <summary>Reads everything that is due now, to its end or its first failure. It runs by itself; this is for tests and tools.</summary>
    public async Task RunDueAsync(CancellationToken cancellation = default)
    {
        foreach (var definition in await _definitions.ListAsync(DefinitionKinds.Account, cancellation))
        {
            while (IsHere() && await StepAsync(definition.Key, cancellation))
            {
                // The next page; another process may have taken over meanwhile.
            }
        }
    }

    /// <summary>May be called twice: by its owner, and by a container that lends it out.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _ordered.Dispose();
    }

    /// <returns>Whether there may be more to do at once.</returns>
    private async Task<bool> StepAsync(string account, CancellationToken cancellation)
    {
        using var lease = _connectors.Lease(account);
        if (lease?.Connector is not IDirectory directory
            || await _definitions.FindAsync(DefinitionKinds.Account, account, cancellation) is not { Published: not null } found)
        {
            return false;
        }
        var now = _engine.Clock.GetCurrentInstant();
        var state = DirectoryState.Read(found.State);
        if (!state.IsDue(now, lease.Account.SyncEvery is { } every ? Duration.FromTimeSpan(every) : null))
        {
            return false;
        }
        state = state.IsUnderWay ? state : new DirectoryState(BegunAt: now);
        try
        {
            state = await ReadAsync(account, directory, state, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (ConnectorNotSentException error)
        {
            state = Failed(state, error.Message, error.RetryAfter);
        }
#pragma warning disable CA1031 // A stranger's code, or the store: the page is read again later.
        catch (Exception error) when (error is not EngineUnavailableException)
#pragma warning restore CA1031
        {
            LogNotRead(error, account);
            state = Failed(state, $"Expected a page of the vendor's list, but the connector threw {error.GetType().Name}.", null);
        }
        await _definitions.SetStateAsync(DefinitionKinds.Account, account, state.Write(), cancellation);
        return state is { IsUnderWay: true, Problem: null };
    }

    private async Task<DirectoryState> ReadAsync(string account, IDirectory directory, DirectoryState state, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(PageTime);
        var page = await directory.ReadAsync(state.Place, limit.Token);
        var duplicates = 0;
        if (page.Events.Count > 0)
        {
            duplicates = (await _engine.SubmitAsync([.. page.Events.Select(one => _read(account, one))], cancellation)).Duplicates;
        }
        return state with
        {
            Place = page.Next,
            Pages = state.Pages + 1,
            Events = state.Events + page.Events.Count,
            News = state.News + page.Events.Count - duplicates,
            EndedAt = page.Next is null ? _engine.Clock.GetCurrentInstant() : null,
            Problem = null,
            NotBefore = null,
            Failures = 0,
        };
    }

    private DirectoryState Failed(DirectoryState state, string problem, TimeSpan? retryAfter)
    {
        var wait = retryAfter is { } told
            ? Duration.FromTimeSpan(told)
            : Duration.Min(FailureFirst * (1L << Math.Min(state.Failures, 10)), FailureMax);
        return state with { Problem = problem, NotBefore = _engine.Clock.GetCurrentInstant() + wait, Failures = state.Failures + 1 };
    }

    private void Wake()
    {
        try
        {
            _ordered.Release();
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // It is on its way already, or the process stops.
        }
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _ordered.WaitAsync(LookEvery, _stopping.Token);
                await RunDueAsync(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // It is tried again at the next look, whatever the store threw.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogLater(error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of account {Account} could not be read; it is tried again")]
    private partial void LogNotRead(Exception error, string account);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading vendors' lists failed; it is tried again")]
    private partial void LogLater(Exception error);
}
