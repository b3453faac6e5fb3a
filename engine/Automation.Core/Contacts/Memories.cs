using System.Collections.Immutable;

namespace Automation.Core.Contacts;

/// <summary>A contact's memories of journeys: one per journey.</summary>
public static class Memories
{
    public static JourneyMemory? Find(ImmutableArray<JourneyMemory> memories, string journey)
    {
        foreach (var memory in memories)
        {
            if (string.Equals(memory.Journey, journey, StringComparison.Ordinal))
            {
                return memory;
            }
        }
        return null;
    }

    public static ImmutableArray<JourneyMemory> Set(ImmutableArray<JourneyMemory> memories, JourneyMemory memory)
    {
        for (var i = 0; i < memories.Length; i++)
        {
            if (string.Equals(memories[i].Journey, memory.Journey, StringComparison.Ordinal))
            {
                return memories.SetItem(i, memory);
            }
        }
        return memories.Add(memory);
    }
}
