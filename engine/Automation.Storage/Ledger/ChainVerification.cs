using Automation.Runtime.Ports;

namespace Automation.Storage.Ledger;

/// <summary>
/// Follows a chain of seals to its end, or to the first record that does not fit. While one page is hashed the next one is read, on
/// another core where there is one. Each page is a view of its own: nothing is held open while the loop goes on writing.
/// </summary>
/// <param name="fill">Fills a page with the seals after a key and the rows under them; on the last page, with all rows there are.</param>
internal sealed class ChainVerification(SealChain chain, Func<SealedPage, long, CancellationToken, Task> fill, IProgress<long>? progress)
{
    private long _facts;
    private long _events;

    public async Task<VerifyResult> RunAsync(CancellationToken cancellation)
    {
        var (page, spare) = (new SealedPage(), new SealedPage());
        await FillAsync(page, chain.Done, cancellation);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = page.IsLast ? Task.CompletedTask : FillAsync(spare, page.Seals[^1].Last, cancellation);
            var breach = Follow(page);
            if (breach is not null || page.IsLast)
            {
                // What lies behind the breach was read for nothing, and may be as damaged.
                await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return new VerifyResult(breach is null, _facts, _events, chain.Seals, breach?.Sequence, breach?.Problem);
            }
            await next;
            progress?.Report(_facts + _events);
            (page, spare) = (spare, page);
        }
    }

    private Task FillAsync(SealedPage page, long after, CancellationToken cancellation) => Task.Run(() => fill(page, after, cancellation), cancellation);

    private Breach? Follow(SealedPage page)
    {
        Breach? breach = null;
        for (var i = 0; breach is null && i < page.Seals.Count; i++)
        {
            breach = chain.Follow(page.Seals[i], page);
        }
        (_facts, _events) = (_facts + page.Facts.Taken, _events + page.Events.Taken);
        return breach is null && page.Key is { } uncovered
            ? Breach.At(uncovered, "Expected every record under a seal, but no seal covers this one.")
            : breach;
    }
}
