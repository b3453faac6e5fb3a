using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using StackExchange.Redis;

namespace Automation.Redis;

/// <summary>
/// One bucket for each account and channel, shared by all dispatchers: one script takes from it at once, by Redis's own clock, and saves
/// up no more than a tenth of a second's worth. While Redis is away each dispatcher keeps to its share of the rate.
/// </summary>
/// <param name="share">This process's share of each rate while Redis is away: one over the number of living dispatchers.</param>
public sealed class RedisRateLimits(RedisLink redis, Func<double> share) : IRateLimits
{
    private const string Take = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000
        local rate = tonumber(ARGV[1]) / 1000
        local most = math.max(1, tonumber(ARGV[1]) / 10)
        local known = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens = tonumber(known[1] or most)
        local at = tonumber(known[2] or now)
        tokens = math.min(most, tokens + math.max(0, now - at) * rate)
        local granted = math.min(tonumber(ARGV[2]), math.floor(tokens))
        tokens = tokens - granted
        redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.3f', now))
        redis.call('PEXPIRE', KEYS[1], 60000)
        local wait = 0
        if granted == 0 then wait = math.ceil((1 - tokens) / rate) end
        return { granted, wait }
        """;

    private const string Return = """
        local tokens = tonumber(redis.call('HGET', KEYS[1], 'tokens') or '0')
        local most = math.max(1, tonumber(ARGV[1]) / 10)
        redis.call('HSET', KEYS[1], 'tokens', tostring(math.min(most, tokens + tonumber(ARGV[2]))))
        return 1
        """;

    private readonly ProcessRateLimits _own = new(share);

    public async ValueTask<RateGrant> TakeAsync(string lane, double perSecond, int wanted, CancellationToken cancellation)
    {
        var (done, answer) = await redis.TryAsync(
            database => database.ScriptEvaluateAsync(Take, [Key(lane)], [perSecond, wanted]));
        if (!done)
        {
            return await _own.TakeAsync(lane, perSecond, wanted, cancellation);
        }
        var numbers = (RedisValue[])answer!;
        return new RateGrant((int)numbers[0], TimeSpan.FromMilliseconds((double)numbers[1]));
    }

    public async ValueTask ReturnAsync(string lane, double perSecond, int unused)
    {
        var (done, _) = await redis.TryAsync(database => database.ScriptEvaluateAsync(Return, [Key(lane)], [perSecond, unused]));
        if (!done)
        {
            await _own.ReturnAsync(lane, perSecond, unused);
        }
    }

    private RedisKey Key(string lane) => $"{redis.Prefix}:rate:{lane}";
}
