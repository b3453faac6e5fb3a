using Automation.Core.Primitives;

namespace Automation.Storage.Ledger;

/// <summary>Partition and sequence in one integer key, so that a partition is one stretch of the table and its newest rows stand at its end.</summary>
internal static class RowKey
{
    private const int SequenceBits = 48;

    public static long Of(int partition, long sequence)
    {
        Invariant.Holds(partition is >= 0 and < short.MaxValue && sequence >= 0 && sequence >> SequenceBits == 0, "Expected a partition below 32,767 and a sequence below 2^48.");
        return ((long)partition << SequenceBits) | sequence;
    }

    public static long First(int partition) => Of(partition, 0);

    public static long Last(int partition) => Of(partition, (1L << SequenceBits) - 1);

    public static int Partition(long key) => (int)(key >> SequenceBits);

    public static long Sequence(long key) => key & ((1L << SequenceBits) - 1);
}
