using Automation.Runtime.Ports;

namespace Automation.Runtime.Partitions;

/// <summary>
/// Claims whose answer may be lost. Such a claim was perhaps written, and then its messages would be this node's for ever: it sends
/// nothing it does not know to have claimed, and as long as it lives nobody takes them over. So it remembers them, and
/// gives them back as soon as the store answers.
/// </summary>
public sealed class DoubtfulClaims(IIntentClaims claims, TimeProvider time) : IIntentClaims, IDisposable
{
    /// <summary>How long a claim whose connection is gone may still be written by a server that stood still.</summary>
    private static readonly TimeSpan DoubtfulFor = TimeSpan.FromMinutes(2);

    // Giving back and claiming again take turns: a message must not be given back while it is on its way to the vendor.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<Guid, (SendIntent Intent, long Since)> _doubtful = [];

    public async ValueTask<IReadOnlySet<Guid>> ClaimAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation)
    {
        if (!AnyDoubtful(intents))
        {
            return await TryAsync(node, intents, cancellation);
        }
        await _turn.WaitAsync(cancellation);
        try
        {
            await ReturnAsync(node, cancellation);
            var claimed = await TryAsync(node, intents, cancellation);
            lock (_doubtful)
            {
                foreach (var message in claimed)
                {
                    _doubtful.Remove(message);
                }
            }
            return claimed;
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask GiveBackAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation) =>
        claims.GiveBackAsync(node, intents, cancellation);

    /// <summary>Also gives back what is in doubt; a dispatcher asks every few seconds.</summary>
    public async ValueTask<IReadOnlyList<QueuedMessage>> TakeAbandonedAsync(string node, int limit, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await ReturnAsync(node, cancellation);
        }
        finally
        {
            _turn.Release();
        }
        return await claims.TakeAbandonedAsync(node, limit, cancellation);
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask<IReadOnlySet<Guid>> TryAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation)
    {
        try
        {
            return await claims.ClaimAsync(node, intents, cancellation);
        }
        catch
        {
            var since = time.GetTimestamp();
            lock (_doubtful)
            {
                foreach (var intent in intents)
                {
                    _doubtful[intent.Message] = (intent, since);
                }
            }
            throw;
        }
    }

    private async ValueTask ReturnAsync(string node, CancellationToken cancellation)
    {
        (SendIntent Intent, long Since)[] doubtful;
        lock (_doubtful)
        {
            doubtful = [.. _doubtful.Values];
        }
        if (doubtful.Length == 0)
        {
            return;
        }
        await claims.GiveBackAsync(node, Array.ConvertAll(doubtful, one => one.Intent), cancellation);
        lock (_doubtful)
        {
            foreach (var (intent, since) in doubtful)
            {
                if (time.GetElapsedTime(since) > DoubtfulFor)
                {
                    _doubtful.Remove(intent.Message);
                }
            }
        }
    }

    private bool AnyDoubtful(IReadOnlyList<SendIntent> intents)
    {
        lock (_doubtful)
        {
            return _doubtful.Count > 0 && intents.Any(intent => _doubtful.ContainsKey(intent.Message));
        }
    }
}
