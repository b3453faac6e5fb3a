using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Automation.Redis;

/// <summary>
/// The connection to Redis. Everything that is kept there can be done without for a while, so nothing waits long for it: after a failure
/// it is left alone for a second, and whoever asks meanwhile learns at once that it is away.
/// </summary>
public sealed partial class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan PatienceDefault = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(1);

    private readonly ConfigurationOptions _options;
    private readonly ILogger _log;
    private readonly TimeSpan _patience;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private ConnectionMultiplexer? _connection;
    private long _awayUntil;
    private int _isAway;

    /// <param name="address"><c>host:port</c>, several separated by commas, and StackExchange.Redis's own options behind them.</param>
    /// <param name="patience">How long an answer may take; null for half a second.</param>
    public RedisLink(string address, string prefix, ILogger<RedisLink> log, TimeSpan? patience = null)
    {
        _patience = patience ?? PatienceDefault;
        _options = ConfigurationOptions.Parse(address);
        _options.AbortOnConnectFail = false;
        _options.ConnectTimeout = (int)_patience.TotalMilliseconds;
        _options.SyncTimeout = (int)_patience.TotalMilliseconds;
        _log = log;
        Prefix = prefix;
    }

    /// <summary>First word of every key.</summary>
    public string Prefix { get; }

    /// <summary>Whether the last word of it was a failure.</summary>
    public bool IsAway => Volatile.Read(ref _isAway) == 1;

    /// <summary>Does something in Redis. False, and the default, when it is away.</summary>
    public async ValueTask<(bool Done, T? Answer)> TryAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        if (Environment.TickCount64 < Interlocked.Read(ref _awayUntil))
        {
            return (false, default);
        }
        try
        {
            var connection = await OpenAsync();
            var answer = await ask(connection.GetDatabase()).WaitAsync(_patience);
            if (Interlocked.Exchange(ref _isAway, 0) == 1)
            {
                LogBack();
            }
            return (true, answer);
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            Away(error);
            return (false, default);
        }
    }

    /// <summary>Hears what is published; comes back by itself when Redis does. Disposing the answer ends it.</summary>
    public async ValueTask<bool> TryListenAsync(string channel, Action<byte[]> hear)
    {
        try
        {
            var connection = await OpenAsync();
            await connection.GetSubscriber().SubscribeAsync(channel, (_, message) => hear(message)).WaitAsync(_patience);
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            Away(error);
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        _opening.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<ConnectionMultiplexer> OpenAsync()
    {
        if (_connection is { } open)
        {
            return open;
        }
        await _opening.WaitAsync();
        try
        {
            return _connection ??= await ConnectionMultiplexer.ConnectAsync(_options);
        }
        finally
        {
            _opening.Release();
        }
    }

    private void Away(Exception error)
    {
        Interlocked.Exchange(ref _awayUntil, Environment.TickCount64 + (long)LeftAlone.TotalMilliseconds);
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            LogAway(error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is away ({Problem}): limits fall back to a share of each rate, tokens and live figures to this process")]
    private partial void LogAway(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back: limits, tokens and live figures are shared again")]
    private partial void LogBack();
}
