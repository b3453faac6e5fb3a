using Automation.Connectors.Tokens;
using Automation.Redis;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Live;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>
/// What several processes share beside the store and can do without for a while: limits, tokens and the live feed. In Redis where it is
/// set; else each process has its own, with a share of each rate.
/// </summary>
internal sealed class SharedState : IAsyncDisposable
{
    private readonly RedisLink? _redis;
    private readonly LiveFeed? _ownFeed;
    private readonly RedisLiveFeed? _feed;

    /// <param name="share">This dispatcher's share of each rate, by the number of dispatchers that live.</param>
    public SharedState(ClusterOptions cluster, IClock clock, Func<double> share, SecretBox secrets, ILoggerFactory logs)
    {
        if (cluster.Redis is not { } address)
        {
            Limits = new ProcessRateLimits(share);
            Live = _ownFeed = new LiveFeed(clock);
            return;
        }
        _redis = new RedisLink(address, cluster.Rabbit.Prefix, logs.CreateLogger<RedisLink>());
        Limits = new RedisRateLimits(_redis, share);
        Tokens = new RedisTokenStore(_redis, TimeProvider.System, secrets.Hide, secrets.Reveal);
        Live = _feed = new RedisLiveFeed(_redis, clock);
    }

    public IRateLimits Limits { get; }

    /// <summary>Null where each process keeps its own.</summary>
    public ITokenStore? Tokens { get; }

    public ILiveFeed Live { get; }

    public void Start()
    {
        _ownFeed?.Start();
        _feed?.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownFeed is not null)
        {
            await _ownFeed.DisposeAsync();
        }
        if (_feed is not null)
        {
            await _feed.DisposeAsync();
        }
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }
}
