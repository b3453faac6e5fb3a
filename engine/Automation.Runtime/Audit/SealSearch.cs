using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Audit;

/// <summary>Finds seals by time. Times of commits never go back along a partition, so halving finds one in some dozens of look-ups, however long it is.</summary>
public static class SealSearch
{
    private const long SequenceMax = (1L << 44) - 1;

    /// <summary>The last seal that was made before a time; null where there is none.</summary>
    public static async ValueTask<SealMark?> BeforeAsync(ILedgerStore ledger, int partition, Instant time, CancellationToken cancellation)
    {
        SealMark? found = null;
        var low = 1L;
        var high = (await ledger.SealAtAsync(partition, SequenceMax, cancellation))?.Last ?? 0;
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var seal = await ledger.SealAtAsync(partition, middle, cancellation);
            if (seal is not null && seal.At >= time)
            {
                high = seal.First - 1;
                continue;
            }
            found = seal ?? found;
            low = Math.Max(middle, seal?.Last ?? middle) + 1;
        }
        return found;
    }

    /// <summary>The records that were committed in a stretch of time; null where there are none.</summary>
    public static async ValueTask<VerifySpan?> SpanAsync(
        ILedgerStore ledger, int partition, Instant? from, Instant? until, CancellationToken cancellation)
    {
        var before = from is { } begin ? await BeforeAsync(ledger, partition, begin, cancellation) : null;
        var last = until is { } end
            ? await BeforeAsync(ledger, partition, end, cancellation)
            : await ledger.SealAtAsync(partition, SequenceMax, cancellation);
        var first = (before?.Last ?? 0) + 1;
        return last is null || last.Last < first ? null : new VerifySpan(first, last.Last);
    }
}
