using Automation.Runtime.Partitions;

namespace Automation.Storage.Ledger;

/// <summary>Partition and sequence in one integer key, so that a partition is one stretch of the table and its newest rows stand at its end.</summary>
internal static class RowKey
{
    public static long Of(int partition, long sequence) => PartitionedNumber.Of(partition, sequence);

    public static long First(int partition) => PartitionedNumber.First(partition);

    public static long Last(int partition) => PartitionedNumber.Last(partition);

    public static int Partition(long key) => PartitionedNumber.Partition(key);

    public static long Sequence(long key) => PartitionedNumber.Count(key);
}
