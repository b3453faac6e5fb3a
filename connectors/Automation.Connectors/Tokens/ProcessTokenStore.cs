using System.Collections.Concurrent;

namespace Automation.Connectors.Tokens;

/// <summary>Tokens of one process, in its memory. Of those who ask at the same time one fetches and all get the answer.</summary>
/// <param name="time">The clock by which tokens end.</param>
public sealed class ProcessTokenStore(TimeProvider time) : ITokenStore
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<VendorToken> GetAsync(
        string key, Func<CancellationToken, ValueTask<VendorToken>> fetch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var slot = _slots.GetOrAdd(key, static _ => new Slot());
        Task<VendorToken> fetching;
        lock (slot)
        {
            if (slot.Token is { } kept && kept.GoodUntil > time.GetUtcNow())
            {
                return kept;
            }

            slot.Token = null;
            fetching = slot.Fetching ??= FetchAsync(slot, fetch);
        }

        return await fetching.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DropAsync(string key, VendorToken token, CancellationToken cancellation)
    {
        if (_slots.TryGetValue(key, out var slot))
        {
            lock (slot)
            {
                if (slot.Token?.Value == token.Value)
                {
                    slot.Token = null;
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    private static Task<VendorToken> FetchAsync(Slot slot, Func<CancellationToken, ValueTask<VendorToken>> fetch) => Task.Run(async () =>
    {
        try
        {
            var token = await fetch(CancellationToken.None);
            lock (slot)
            {
                slot.Token = token;
            }

            return token;
        }
        finally
        {
            lock (slot)
            {
                slot.Fetching = null;
            }
        }
    });

    private sealed class Slot
    {
        public VendorToken? Token { get; set; }

        public Task<VendorToken>? Fetching { get; set; }
    }
}
