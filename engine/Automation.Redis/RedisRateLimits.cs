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

    // What is in the window, as "id count" by when it leaves; the sum is with the tokens.
    private const string Enter = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000
        local places, window, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local sum = tonumber(redis.call('HGET', KEYS[1], 'sum') or '0')
        local function size(entry) return tonumber(string.sub(entry, string.find(entry, ' ', 1, true) + 1)) end
        for _, entry in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
            sum = sum - size(entry)
            redis.call('ZREM', KEYS[2], entry)
        end
        if redis.call('ZCARD', KEYS[2]) == 0 then sum = 0 end
        local missing = math.min(count, places) - (places - sum)
        local wait, id = 0, 0
        if missing <= 0 then
            sum = sum + count
            id = redis.call('HINCRBY', KEYS[1], 'entries', 1)
            redis.call('ZADD', KEYS[2], string.format('%.3f', now + window), id .. ' ' .. count)
        else
            local index = 0
            wait = window
            while missing > 0 do
                local entry = redis.call('ZRANGE', KEYS[2], index, index, 'WITHSCORES')
                if not entry[1] then break end
                missing = missing - size(entry[1])
                wait = tonumber(entry[2]) - now
                index = index + 1
            end
            wait = math.max(1, math.ceil(wait))
        end
        redis.call('HSET', KEYS[1], 'sum', sum)
        redis.call('PEXPIRE', KEYS[1], 60000)
        redis.call('PEXPIRE', KEYS[2], 60000)
        return { wait, id }
        """;

    private const string Late = """
        local entry = ARGV[1] .. ' ' .. ARGV[2]
        if redis.call('ZSCORE', KEYS[2], entry) then redis.call('ZINCRBY', KEYS[2], ARGV[3], entry) end
        return 1
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

    public async ValueTask<RateEntry> EnterAsync(string lane, double perSecond, int count, CancellationToken cancellation)
    {
        var (done, answer) = await redis.TryAsync(
            database => database.ScriptEvaluateAsync(Enter, Keys(lane), [RatePolicy.Places(perSecond), RatePolicy.Window, count]));
        if (!done)
        {
            return await _own.EnterAsync(lane, perSecond, count, cancellation);
        }
        var numbers = (RedisValue[])answer!;
        return new RateEntry(TimeSpan.FromMilliseconds((double)numbers[0]), (long)numbers[1], count);
    }

    public async ValueTask LateAsync(string lane, double perSecond, RateEntry entry, TimeSpan late)
    {
        if (entry.Id < 0)
        {
            await _own.LateAsync(lane, perSecond, entry, late);
            return;
        }
        // While Redis is away nobody enters the seconds it keeps.
        await redis.TryAsync(database => database.ScriptEvaluateAsync(Late, Keys(lane), [entry.Id, entry.Count, late.TotalMilliseconds]));
    }

    private RedisKey[] Keys(string lane) => [$"{redis.Prefix}:rate:{lane}", $"{redis.Prefix}:granted:{lane}"];
}
