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
    /// <param name="spans">Which records of each partition; null for all.</param>
    public static async Task<VerifyResult> VerifyAsync(
        ILedgerStore ledger, IProgress<long>? progress, CancellationToken cancellation, Func<int, ValueTask<VerifySpan?>>? spans = null)
    {
        var whole = new VerifyResult(true, 0, 0, 0, null, null);
        for (var partition = 0; partition < ledger.Partitions && whole.Intact; partition++)
        {
            VerifySpan? span = null;
            if (spans is not null)
            {
                span = await spans(partition);
                if (span is null)
                {
                    continue; // This partition has nothing of it.
                }
            }
            var one = await ledger.VerifyAsync(partition, progress, cancellation, span);
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
        await foreach (var (_, record) in RecordsAsync(ledger, [], cancellation))
        {
            yield return record;
        }
    }

    /// <summary>The same, with the partition of each, from where an earlier reading stopped.</summary>
    /// <param name="after">The sequence of the last record that was read of each partition; none for the beginning.</param>
    public static async IAsyncEnumerable<(int Partition, LedgerRecord Record)> RecordsAsync(
        ILedgerStore ledger, IReadOnlyList<long> after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var streams = new List<IAsyncEnumerator<LedgerRecord>>();
        try
        {
            var next = new PriorityQueue<IAsyncEnumerator<LedgerRecord>, (long Revision, int Partition)>();
            for (var partition = 0; partition < ledger.Partitions; partition++)
            {
                var stream = ledger.RecordsAsync(partition, partition < after.Count ? after[partition] + 1 : 0, cancellation).GetAsyncEnumerator(cancellation);
                streams.Add(stream);
                if (await stream.MoveNextAsync())
                {
                    next.Enqueue(stream, (stream.Current.Revision, partition));
                }
            }
            while (next.TryDequeue(out var stream, out var place))
            {
                yield return (place.Partition, stream.Current);
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
