using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using StackExchange.Redis;

namespace Automation.Redis;

/// <summary>
/// One bucket for each account and channel, shared by all dispatchers: scripts take from it and enter its seconds, by Redis's own clock.
/// While Redis is away each dispatcher keeps to its share of the rate.
/// </summary>
/// <param name="share">This process's share of each rate while Redis is away: one over the number of living dispatchers.</param>
public sealed class RedisRateLimits(RedisLink redis, Func<double> share) : IRateLimits
{
    private const string Take = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000
        local per_millisecond, saved_up, size = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local known = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens = tonumber(known[1] or saved_up)
        local at = tonumber(known[2] or now)
        tokens = math.min(saved_up, tokens + math.max(0, now - at) * per_millisecond)
        local granted, wait = 0, 0
        if tokens < size then
            wait = math.max(1, math.ceil((size - tokens) / per_millisecond))
        else
            granted = size
        end
        redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - granted), 'at', string.format('%.3f', math.max(now, at)))
        redis.call('PEXPIRE', KEYS[1], 60000)
        return { granted, wait }
        """;

    private const string Return = """
        local tokens = tonumber(redis.call('HGET', KEYS[1], 'tokens') or '0')
        redis.call('HSET', KEYS[1], 'tokens', tostring(math.min(tonumber(ARGV[1]), tokens + tonumber(ARGV[2]))))
        return 1
        """;

    // A list of what is in the window, "until count", the oldest first; their sum is with the tokens.
    private const string Enter = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000
        local places, window, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local sum = tonumber(redis.call('HGET', KEYS[1], 'sum') or '0')
        local function read(index)
            local entry = redis.call('LINDEX', KEYS[2], index)
            if not entry then return nil end
            local space = string.find(entry, ' ', 1, true)
            return tonumber(string.sub(entry, 1, space - 1)), tonumber(string.sub(entry, space + 1))
        end
        while true do
            local til, leaving = read(0)
            if not til then sum = 0 break end
            if til > now then break end
            sum = sum - leaving
            redis.call('LPOP', KEYS[2])
        end
        local missing = math.min(count, places) - (places - sum)
        local wait = 0
        if missing <= 0 then
            sum = sum + count
            redis.call('RPUSH', KEYS[2], string.format('%.3f %d', now + window, count))
        else
            local index = 0
            wait = window
            while missing > 0 do
                local til, leaving = read(index)
                if not til then break end
                missing = missing - leaving
                wait = til - now
                index = index + 1
            end
            wait = math.max(1, math.ceil(wait))
        end
        redis.call('HSET', KEYS[1], 'sum', sum)
        redis.call('PEXPIRE', KEYS[1], 60000)
        redis.call('PEXPIRE', KEYS[2], 60000)
        return wait
        """;

    private readonly ProcessRateLimits _own = new(share);

    public async ValueTask<RateGrant> TakeAsync(string lane, double perSecond, int wanted, CancellationToken cancellation)
    {
        var (done, answer) = await redis.TryAsync(
            database => database.ScriptEvaluateAsync(
                Take, Keys(lane), [RatePolicy.PerMillisecond(perSecond), RatePolicy.SavedUp(perSecond), RatePolicy.CallSize(perSecond, wanted)]));
        if (!done)
        {
            return await _own.TakeAsync(lane, perSecond, wanted, cancellation);
        }
        var numbers = (RedisValue[])answer!;
        return new RateGrant((int)numbers[0], TimeSpan.FromMilliseconds((double)numbers[1]));
    }

    public async ValueTask ReturnAsync(string lane, double perSecond, int unused)
    {
        var (done, _) = await redis.TryAsync(database => database.ScriptEvaluateAsync(Return, Keys(lane), [RatePolicy.SavedUp(perSecond), unused]));
        if (!done)
        {
            await _own.ReturnAsync(lane, perSecond, unused);
        }
    }

    public async ValueTask<TimeSpan> EnterAsync(string lane, double perSecond, int count, CancellationToken cancellation)
    {
        var (done, answer) = await redis.TryAsync(
            database => database.ScriptEvaluateAsync(Enter, Keys(lane), [RatePolicy.Places(perSecond), RatePolicy.Window, count]));
        return done ? TimeSpan.FromMilliseconds((double)answer!) : await _own.EnterAsync(lane, perSecond, count, cancellation);
    }

    private RedisKey[] Keys(string lane) => [$"{redis.Prefix}:rate:{lane}", $"{redis.Prefix}:granted:{lane}"];
}
