using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Live;

/// <summary>
/// The live feed within one process: gathers what commits say, and passes it on a second at a time. Who follows too slowly misses
/// the oldest seconds, and holds up nobody.
/// </summary>
/// <param name="share">Where several processes feed each other: takes a second and says whether it will come back by <see cref="Deliver"/>.</param>
public sealed class LiveFeed(IClock clock, Func<LiveSecond, ValueTask<bool>>? share = null) : ILiveFeed, IAsyncDisposable
{
    /// <summary>Minutes that are kept.</summary>
    public const int MinutesMax = 60;

    private const int SecondsWaitingMax = 30;

    private readonly Lock _gate = new();
    private readonly List<Channel<LiveSecond>> _followers = [];
    private readonly SortedDictionary<Instant, Dictionary<CounterKey, long>> _minutes = [];
    private readonly CancellationTokenSource _stopping = new();
    private Dictionary<CounterKey, long> _now = [];
    private int _isDisposed;
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(RunAsync);

    public void Happened(IReadOnlyDictionary<CounterKey, long> counters)
    {
        lock (_gate)
        {
            Add(_now, counters);
        }
    }

    /// <summary>Passes on what was gathered since the last time.</summary>
    public async ValueTask PassOnAsync()
    {
        LiveSecond second;
        lock (_gate)
        {
            if (_now.Count == 0)
            {
                return;
            }
            second = new LiveSecond(clock.GetCurrentInstant(), _now);
            _now = [];
        }
        if (share is null || !await share(second))
        {
            Deliver(second);
        }
    }

    /// <summary>A second of this process or another one.</summary>
    public void Deliver(LiveSecond second)
    {
        lock (_gate)
        {
            var minute = MinuteOf(second.At);
            if (!_minutes.TryGetValue(minute, out var counters))
            {
                _minutes.Add(minute, counters = []);
            }
            Add(counters, second.Counters);
            while (_minutes.Count > MinutesMax)
            {
                _minutes.Remove(_minutes.Keys.First());
            }
            foreach (var follower in _followers)
            {
                follower.Writer.TryWrite(second);
            }
        }
    }

    public async IAsyncEnumerable<LiveSecond> FollowAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var mine = Channel.CreateBounded<LiveSecond>(new BoundedChannelOptions(SecondsWaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            _followers.Add(mine);
        }
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
            while (await WaitAsync(mine.Reader, ending.Token))
            {
                while (mine.Reader.TryRead(out var second))
                {
                    yield return second;
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _followers.Remove(mine);
            }
        }
    }

    public ValueTask<IReadOnlyList<LiveMinute>> RecentAsync(int minutes, CancellationToken cancellation)
    {
        var from = MinuteOf(clock.GetCurrentInstant()) - Duration.FromMinutes(minutes - 1);
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<LiveMinute>>(
                [.. _minutes.Where(one => one.Key >= from).Reverse().Select(one => new LiveMinute(one.Key, new Dictionary<CounterKey, long>(one.Value)))]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return; // The engine owns it, and the container that lends it out disposes of it as well.
        }
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    public static Instant MinuteOf(Instant at)
    {
        var seconds = at.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds - (((seconds % 60) + 60) % 60));
    }

    private static async ValueTask<bool> WaitAsync(ChannelReader<LiveSecond> seconds, CancellationToken cancellation)
    {
        try
        {
            return await seconds.WaitToReadAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static void Add(Dictionary<CounterKey, long> to, IReadOnlyDictionary<CounterKey, long> counters)
    {
        foreach (var (key, count) in counters)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(to, key, out _) += count;
        }
    }

    private async Task RunAsync()
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await second.WaitForNextTickAsync(_stopping.Token))
            {
                await PassOnAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The process stops; the store has every count.
        }
    }
}
