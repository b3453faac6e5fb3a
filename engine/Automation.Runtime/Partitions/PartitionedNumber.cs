using Automation.Core.Primitives;

namespace Automation.Runtime.Partitions;

/// <summary>
/// A number that carries its partition: the partition above, a count of 44 bits below. Contact ids and places in the ledger are such
/// numbers. Partition 0 counts 1, 2, 3, …, and with 256 partitions all of them stay below 2^53, which every JSON reader takes.
/// </summary>
public static class PartitionedNumber
{
    public const int PartitionsMax = 256;

    private const int CountBits = 44;

    public static long Of(int partition, long count)
    {
        Invariant.Holds(
            partition is >= 0 and < PartitionsMax && count >= 0 && count >> CountBits == 0,
            "Expected a partition below 256 and a count below 2^44, but there is no room for one of them.");
        return ((long)partition << CountBits) | count;
    }

    public static long First(int partition) => Of(partition, 0);

    public static long Last(int partition) => Of(partition, (1L << CountBits) - 1);

    public static int Partition(long number) => (int)(number >> CountBits);

    public static long Count(long number) => number & ((1L << CountBits) - 1);
}
