using System.Globalization;
using System.Text.Json;
using Automation.Runtime.Live;
using Automation.Runtime.Ports;
using NodaTime;
using StackExchange.Redis;

namespace Automation.Redis;

/// <summary>
/// The live feed of all processes: each publishes its seconds, everybody hears them, and the minutes are added up in Redis for whoever
/// comes later. While Redis is away each process shows its own.
/// </summary>
public sealed class RedisLiveFeed : ILiveFeed, IAsyncDisposable
{
    private const char Between = '\n';
    private static readonly TimeSpan MinutesKept = TimeSpan.FromHours(2);

    private readonly RedisLink _redis;
    private readonly IClock _clock;
    private readonly LiveFeed _own;
    private bool _listens;

    public RedisLiveFeed(RedisLink redis, IClock clock)
    {
        _redis = redis;
        _clock = clock;
        _own = new LiveFeed(clock, ShareAsync);
    }

    public void Start() => _own.Start();

    public void Happened(IReadOnlyDictionary<CounterKey, long> counters) => _own.Happened(counters);

    /// <summary>Passes on what was gathered since the last time.</summary>
    public ValueTask PassOnAsync() => _own.PassOnAsync();

    public async IAsyncEnumerable<LiveSecond> FollowAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await ListenAsync();
        await foreach (var second in _own.FollowAsync(cancellation))
        {
            yield return second;
        }
    }

    public async ValueTask<IReadOnlyList<LiveMinute>> RecentAsync(int minutes, CancellationToken cancellation)
    {
        var found = new List<LiveMinute>();
        var minute = LiveFeed.MinuteOf(_clock.GetCurrentInstant());
        for (var i = 0; i < Math.Min(minutes, LiveFeed.MinutesMax); i++, minute -= Duration.FromMinutes(1))
        {
            var at = minute;
            var (done, entries) = await _redis.TryAsync(database => database.HashGetAllAsync(Key(at)));
            if (!done)
            {
                return await _own.RecentAsync(minutes, cancellation);
            }
            if (entries!.Length > 0)
            {
                found.Add(new LiveMinute(at, entries.ToDictionary(entry => KeyOf(entry.Name!), entry => (long)entry.Value)));
            }
        }
        return found;
    }

    public ValueTask DisposeAsync() => _own.DisposeAsync();

    private async ValueTask<bool> ShareAsync(LiveSecond second)
    {
        await ListenAsync();
        var (done, _) = await _redis.TryAsync(async database =>
        {
            var key = Key(LiveFeed.MinuteOf(second.At));
            var adding = second.Counters.Select(one => (Task)database.HashIncrementAsync(key, TextOf(one.Key), one.Value)).ToList();
            adding.Add(database.KeyExpireAsync(key, MinutesKept));
            adding.Add(database.PublishAsync($"{_redis.Prefix}:live", Write(second)));
            await Task.WhenAll(adding);
            return true;
        });
        // Published and heard again by everybody, this process among them.
        return done && _listens;
    }

    private async ValueTask ListenAsync()
    {
        if (!_listens && !_redis.IsAway)
        {
            _listens = await _redis.TryListenAsync($"{_redis.Prefix}:live", bytes =>
            {
                if (Read(bytes) is { } second)
                {
                    _own.Deliver(second);
                }
            });
        }
    }

    private RedisKey Key(Instant minute) =>
        string.Create(CultureInfo.InvariantCulture, $"{_redis.Prefix}:live:{minute.ToUnixTimeSeconds()}");

    private static string TextOf(in CounterKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.Journey}{Between}{key.Version}{Between}{key.Step}{Between}{key.Name}");

    private static CounterKey KeyOf(string text)
    {
        var parts = text.Split(Between);
        return new CounterKey(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3]);
    }

    private static byte[] Write(LiveSecond second) => JsonSerializer.SerializeToUtf8Bytes(
        new Wire(second.At.ToUnixTimeMilliseconds(), second.Counters.ToDictionary(one => TextOf(one.Key), one => one.Value)));

    private static LiveSecond? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<Wire>(bytes) is { } wire
                ? new LiveSecond(Instant.FromUnixTimeMilliseconds(wire.At), wire.Counters.ToDictionary(one => KeyOf(one.Key), one => one.Value))
                : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or IndexOutOfRangeException)
        {
            return null; // Of a newer engine; a missing second on a screen is no loss.
        }
    }

    private sealed record Wire(long At, Dictionary<string, long> Counters);
}
