using System.Collections.Concurrent;
using System.Globalization;
using Automation.Runtime.Ports;

namespace Automation.Server.Security;

/// <summary>
/// When each key was used last, so that one nobody needs any more can be told. Every request notes it and almost none writes: for
/// each key once in some minutes, beside the request and not before its answer.
/// </summary>
internal sealed class KeyUses(IAccessStore store, TimeProvider time)
{
    private const string Kind = "key_use";

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, long> _noted = new(StringComparer.Ordinal);

    public void Note(string key)
    {
        var now = time.GetTimestamp();
        if (_noted.TryGetValue(key, out var before) && time.GetElapsedTime(before, now) < Every)
        {
            return;
        }
        if (before == 0 ? _noted.TryAdd(key, now) : _noted.TryUpdate(key, now, before))
        {
            _ = WriteAsync(key, time.GetUtcNow());
        }
    }

    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListAsync(CancellationToken cancellation) =>
        (await store.ListAsync(Kind, null, cancellation)).ToDictionary(
            one => one.Id, one => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(one.Document, CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    private async Task WriteAsync(string key, DateTimeOffset at)
    {
        try
        {
            var record = await store.FindAsync(Kind, key, CancellationToken.None) ?? new AccessRecord(Kind, key, "", 0, "", null);
            await store.PutAsync(record with { Document = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) }, CancellationToken.None);
        }
#pragma warning disable CA1031 // It is a hint for people; no request may fail for it.
        catch (Exception)
#pragma warning restore CA1031
        {
            _noted.TryRemove(key, out _);
        }
    }
}
