using System.Globalization;
using Automation.Runtime.Audit;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;

namespace Automation.Server.Telling;

/// <summary>A part of the ledger to be verified: from one place to another (digits, as lists of facts name them), or between two times.</summary>
internal static class VerifyRange
{
    /// <returns>What of each partition; null for everything.</returns>
    /// <exception cref="BadQuestionException">It is neither.</exception>
    public static Func<int, ValueTask<VerifySpan?>>? Of(ILedgerStore ledger, LocalTimes times, string? from, string? until, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(until))
        {
            return null;
        }
        if (Place(from) is var first && Place(until) is var last && (first ?? last) is { } some)
        {
            var partition = PartitionedNumber.Partition(some);
            if ((!string.IsNullOrEmpty(from) && first is null) || (!string.IsNullOrEmpty(until) && last is null)
                || PartitionedNumber.Partition(last ?? some) != partition || last < first)
            {
                throw new BadQuestionException("bad_range", "Expected two places of one partition, the second not before the first, or two times, but found otherwise.");
            }
            var span = new VerifySpan(first is { } begin ? PartitionedNumber.Count(begin) : 1, PartitionedNumber.Count(last ?? PartitionedNumber.Last(partition)));
            return one => ValueTask.FromResult<VerifySpan?>(one == partition ? span : null);
        }
        var (after, before) = (Time(times, from), Time(times, until));
        return partition => SealSearch.SpanAsync(ledger, partition, after, before, cancellation);
    }

    private static long? Place(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    private static NodaTime.Instant? Time(LocalTimes times, string? text) => string.IsNullOrEmpty(text) ? null
        : times.TryRead(text) ?? throw new BadQuestionException("bad_time", $"Expected a place or a time such as 2026-03-01T10:00:00+08:00, but found '{text}'.");
}
