using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using StackExchange.Redis;

namespace Automation.Redis;

/// <summary>
/// One bucket for each account and channel, shared by all dispatchers: one script takes from it at once, by Redis's own clock, and saves
/// up no more than half a second's worth, and grants no more than the rate in any second. While Redis is away each dispatcher keeps to its share of the rate.
/// </summary>
/// <param name="share">This process's share of each rate while Redis is away: one over the number of living dispatchers.</param>
public sealed class RedisRateLimits(RedisLink redis, Func<double> share) : IRateLimits
{
    // Beside the bucket lies a list of what was granted in the last second, and its sum: no second sees more than the rate.
    private const string Take = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000
        local rate = tonumber(ARGV[1]) / 1000
        local most = math.max(1, tonumber(ARGV[1]) / 2)
        local second = math.max(1, math.ceil(tonumber(ARGV[1])))
        local known = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'sum')
        local tokens = tonumber(known[1] or most)
        local at = tonumber(known[2] or now)
        local sum = tonumber(known[3] or 0)
        tokens = math.min(most, tokens + math.max(0, now - at) * rate)
        local oldest = nil
        while true do
            local entry = redis.call('LINDEX', KEYS[2], 0)
            if not entry then sum = 0 break end
            local space = string.find(entry, ' ', 1, true)
            oldest = tonumber(string.sub(entry, 1, space - 1))
            if oldest > now - 1000 then break end
            sum = sum - tonumber(string.sub(entry, space + 1))
            redis.call('LPOP', KEYS[2])
        end
        local granted = math.max(0, math.min(tonumber(ARGV[2]), math.floor(tokens), second - sum))
        if granted > 0 then
            tokens = tokens - granted
            sum = sum + granted
            redis.call('RPUSH', KEYS[2], string.format('%.3f %d', now, granted))
            redis.call('PEXPIRE', KEYS[2], 60000)
        end
        redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.3f', now), 'sum', sum)
        redis.call('PEXPIRE', KEYS[1], 60000)
        local wait = 0
        if granted == 0 then
            local token = 0
            local room = 0
            if tokens < 1 then token = (1 - tokens) / rate end
            if sum >= second and oldest then room = oldest + 1000 - now end
            wait = math.max(1, math.ceil(math.max(token, room)))
        end
        return { granted, wait }
        """;

    private const string Return = """
        local tokens = tonumber(redis.call('HGET', KEYS[1], 'tokens') or '0')
        local sum = tonumber(redis.call('HGET', KEYS[1], 'sum') or '0')
        local most = math.max(1, tonumber(ARGV[1]) / 2)
        local unused = tonumber(ARGV[2])
        redis.call('HSET', KEYS[1], 'tokens', tostring(math.min(most, tokens + unused)))
        while unused > 0 do
            local entry = redis.call('RPOP', KEYS[2])
            if not entry then break end
            local space = string.find(entry, ' ', 1, true)
            local count = tonumber(string.sub(entry, space + 1))
            local back = math.min(unused, count)
            unused = unused - back
            sum = sum - back
            if count > back then redis.call('RPUSH', KEYS[2], string.sub(entry, 1, space) .. (count - back)) end
        end
        redis.call('HSET', KEYS[1], 'sum', sum)
        return 1
        """;

    private readonly ProcessRateLimits _own = new(share);

    public async ValueTask<RateGrant> TakeAsync(string lane, double perSecond, int wanted, CancellationToken cancellation)
    {
        var (done, answer) = await redis.TryAsync(
            database => database.ScriptEvaluateAsync(Take, Keys(lane), [perSecond, wanted]));
        if (!done)
        {
            return await _own.TakeAsync(lane, perSecond, wanted, cancellation);
        }
        var numbers = (RedisValue[])answer!;
        return new RateGrant((int)numbers[0], TimeSpan.FromMilliseconds((double)numbers[1]));
    }

    public async ValueTask ReturnAsync(string lane, double perSecond, int unused)
    {
        var (done, _) = await redis.TryAsync(database => database.ScriptEvaluateAsync(Return, Keys(lane), [perSecond, unused]));
        if (!done)
        {
            await _own.ReturnAsync(lane, perSecond, unused);
        }
    }

    private RedisKey[] Keys(string lane) => [$"{redis.Prefix}:rate:{lane}", $"{redis.Prefix}:granted:{lane}"];
}
