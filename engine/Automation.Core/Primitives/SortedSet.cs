using System.Collections.Immutable;

namespace Automation.Core.Primitives;

/// <summary>Small sets of names as sorted arrays: tags, lists, segments.</summary>
public static class SortedSet
{
    public static ImmutableArray<string> Change(ImmutableArray<string> set, ImmutableArray<string> add, ImmutableArray<string> remove)
    {
        foreach (var name in remove)
        {
            set = set.Remove(name);
        }
        foreach (var name in add)
        {
            var index = set.BinarySearch(name, StringComparer.Ordinal);
            if (index < 0)
            {
                set = set.Insert(~index, name);
            }
        }
        return set;
    }

    public static bool Contains(ImmutableArray<string> set, string name) => set.BinarySearch(name, StringComparer.Ordinal) >= 0;
}
