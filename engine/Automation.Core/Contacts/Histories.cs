using System.Collections.Immutable;

namespace Automation.Core.Contacts;

/// <summary>A contact's histories, sorted by event name (ordinal), each name once.</summary>
public static class Histories
{
    /// <summary>
    /// How many event names a contact's row remembers. A sender who makes up a name for every event must not grow it
    /// without end: beyond this, the name that has been silent longest is forgotten.
    /// </summary>
    public const int NamesMax = 500;

    public static EventHistory? Find(ImmutableArray<EventHistory> histories, string name)
    {
        var index = IndexOf(histories, name);
        return index >= 0 ? histories[index] : null;
    }

    public static ImmutableArray<EventHistory> Add(ImmutableArray<EventHistory> histories, ContactEvent more)
    {
        var index = IndexOf(histories, more.Name);
        return index >= 0
            ? histories.SetItem(index, histories[index].Add(more))
            : Bounded(histories.Insert(~index, EventHistory.Of(more)));
    }

    public static ImmutableArray<EventHistory> Merge(ImmutableArray<EventHistory> left, ImmutableArray<EventHistory> right)
    {
        var merged = left;
        foreach (var history in right)
        {
            var index = IndexOf(merged, history.Name);
            merged = index >= 0
                ? merged.SetItem(index, EventHistory.Merge(merged[index], history))
                : merged.Insert(~index, history);
        }
        return Bounded(merged);
    }

    private static ImmutableArray<EventHistory> Bounded(ImmutableArray<EventHistory> histories)
    {
        while (histories.Length > NamesMax)
        {
            var silent = 0;
            for (var i = 1; i < histories.Length; i++)
            {
                silent = histories[i].Last < histories[silent].Last ? i : silent;
            }
            histories = histories.RemoveAt(silent);
        }
        return histories;
    }

    /// <summary>Where the name stands, or the complement of where it belongs.</summary>
    private static int IndexOf(ImmutableArray<EventHistory> histories, string name)
    {
        var (low, high) = (0, histories.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(histories[middle].Name, name);
            if (order == 0)
            {
                return middle;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return ~low;
    }
}
