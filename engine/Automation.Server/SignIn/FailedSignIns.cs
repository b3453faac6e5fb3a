using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.SignIn;

/// <summary>
/// Sign-ins that failed, in the ledger: the first at once, and what follows within the minute together at its end. However many come,
/// the ledger gets a line a minute from each process.
/// </summary>
internal sealed class FailedSignIns(IEngine engine, TimeProvider time) : IHostedService, IAsyncDisposable
{
    private const int NamesMax = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _from = new(StringComparer.Ordinal);
    private long _count;
    private long _unknown;
    private Instant _since;
    private ITimer? _timer;

    /// <param name="user">Null for a name that nobody has.</param>
    public async Task NoteAsync(string? user, string from)
    {
        bool isFirst;
        lock (_gate)
        {
            if (_count++ == 0)
            {
                _since = engine.Clock.GetCurrentInstant();
            }
            _unknown += user is null ? 1 : 0;
            Add(_users, user);
            Add(_from, from);
            isFirst = _timer is null;
            _timer ??= time.CreateTimer(_ => _ = EndPauseAsync(), null, Pause, Timeout.InfiniteTimeSpan);
        }
        if (isFirst)
        {
            await TellAsync();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before the engine stops: what was counted is told.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => TellAsync();

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    private static void Add(HashSet<string> names, string? name)
    {
        if (name is not null && names.Count < NamesMax)
        {
            names.Add(name);
        }
    }

    private async Task EndPauseAsync()
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }
            _timer?.Change(Pause, Timeout.InfiniteTimeSpan);
        }
        await TellAsync();
    }

    private async Task TellAsync()
    {
        WorkspaceFact.SignInsFailed fact;
        lock (_gate)
        {
            if (_count == 0)
            {
                return;
            }
            fact = new WorkspaceFact.SignInsFailed(_count, _unknown, [.. _users.Order(StringComparer.Ordinal)], [.. _from.Order(StringComparer.Ordinal)], _since);
            (_count, _unknown) = (0, 0);
            _users.Clear();
            _from.Clear();
        }
        try
        {
            await engine.RecordAsync([fact]);
        }
        catch (Exception error) when (error is StoreFullException or EngineUnavailableException or EngineFullException)
        {
            // They are told with the next ones.
            lock (_gate)
            {
                (_count, _unknown, _since) = (_count + fact.Count, _unknown + fact.UnknownNames, fact.Since);
                _users.UnionWith(fact.Users);
                _from.UnionWith(fact.From);
            }
        }
    }
}
