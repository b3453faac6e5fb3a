using System.Collections.Frozen;
using Automation.Runtime.Ports;

namespace Automation.Server.Security;

/// <summary>
/// The keys in memory, because every request asks. Keys are also made and revoked by the command line, in another process, so the
/// ring is read again every few seconds, and at once when an unknown key comes, but not for every one.
/// </summary>
internal sealed partial class KeyRing(IDefinitionStore store, KeyUses uses, TimeProvider time, ILogger<KeyRing> log) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private FrozenDictionary<string, ApiKey> _keys = FrozenDictionary<string, ApiKey>.Empty;
    private long _readAt = long.MinValue;

    /// <summary>The key, or null when it is unknown, revoked or expired.</summary>
    public async ValueTask<ApiKey?> FindAsync(string presented)
    {
        if (presented.Length is 0 or > ApiKey.LengthMax)
        {
            return null;
        }
        var hash = ApiKey.HashOf(presented);
        if (Age > FreshFor)
        {
            await RefreshAsync(FreshFor);
        }
        var key = Find(hash);
        if (key is null && Age > AskedAgainAfter)
        {
            await RefreshAsync(AskedAgainAfter);
            key = Find(hash);
        }
        if (key?.ExpiresAt <= time.GetUtcNow())
        {
            return null;
        }
        if (key is not null)
        {
            uses.Note(key.Id);
        }
        return key;
    }

    /// <summary>Reads the keys now; after one was made or revoked here.</summary>
    public Task RefreshAsync() => RefreshAsync(TimeSpan.Zero);

    public void Dispose() => _refreshing.Dispose();

    private TimeSpan Age => _readAt == long.MinValue ? TimeSpan.MaxValue : time.GetElapsedTime(Volatile.Read(ref _readAt));

    private ApiKey? Find(byte[] hash) =>
        Volatile.Read(ref _keys).TryGetValue(ApiKey.IdOf(hash), out var key) && key.Is(hash) ? key : null;

    private async Task RefreshAsync(TimeSpan ifOlderThan)
    {
        await _refreshing.WaitAsync();
        try
        {
            if (Age < ifOlderThan)
            {
                return; // Somebody else did it meanwhile.
            }
            var keys = await ApiKeys.ListAsync(store, CancellationToken.None);
            Volatile.Write(ref _keys, keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal));
            Volatile.Write(ref _readAt, time.GetTimestamp());
        }
#pragma warning disable CA1031 // A store that ails for a moment must not lock everybody out who was known before.
        catch (Exception error) when (_readAt != long.MinValue)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _readAt, time.GetTimestamp());
            LogRefreshFailed(error);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys could not be read again; those known before still hold")]
    private partial void LogRefreshFailed(Exception error);
}
