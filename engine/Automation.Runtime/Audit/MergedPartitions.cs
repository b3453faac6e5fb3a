using System.Runtime.CompilerServices;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Audit;

/// <summary>
/// The records of all partitions in one order that keeps the order of each partition and of each contact: by the revision of their commits,
/// which grows along both. Commits that shared no contact may stand either way round.
/// </summary>
public static class MergedPartitions
{
    /// <summary>Recomputes every partition's chain of seals; the first that is broken ends it.</summary>
    public static async Task<VerifyResult> VerifyAsync(ILedgerStore ledger, IProgress<long>? progress, CancellationToken cancellation)
    {
        var whole = new VerifyResult(true, 0, 0, 0, null, null);
        for (var partition = 0; partition < ledger.Partitions && whole.Intact; partition++)
        {
            var one = await ledger.VerifyAsync(partition, progress, cancellation);
            var broken = one.BrokenSequence is { } sequence ? PartitionedNumber.Of(partition, sequence) : (long?)null;
            whole = new VerifyResult(one.Intact, whole.Facts + one.Facts, whole.Events + one.Events, whole.Seals + one.Seals, broken, one.Problem)
            {
                DroppedThrough = Math.Max(whole.DroppedThrough, one.DroppedThrough),
                DroppedBefore = whole.DroppedBefore is { } before && !(one.DroppedBefore > before) ? before : one.DroppedBefore,
            };
        }
        return whole;
    }

    public static async IAsyncEnumerable<LedgerRecord> RecordsAsync(ILedgerStore ledger, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var streams = new List<IAsyncEnumerator<LedgerRecord>>();
        try
        {
            var next = new PriorityQueue<IAsyncEnumerator<LedgerRecord>, (long Revision, int Partition)>();
            for (var partition = 0; partition < ledger.Partitions; partition++)
            {
                var stream = ledger.RecordsAsync(partition, 0, cancellation).GetAsyncEnumerator(cancellation);
                streams.Add(stream);
                if (await stream.MoveNextAsync())
                {
                    next.Enqueue(stream, (stream.Current.Revision, partition));
                }
            }
            while (next.TryDequeue(out var stream, out var place))
            {
                yield return stream.Current;
                if (await stream.MoveNextAsync())
                {
                    next.Enqueue(stream, (stream.Current.Revision, place.Partition));
                }
            }
        }
        finally
        {
            foreach (var stream in streams)
            {
                await stream.DisposeAsync();
            }
        }
    }
}
