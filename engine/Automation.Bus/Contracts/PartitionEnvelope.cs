using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;

namespace Automation.Bus.Contracts;

/// <summary>What a partition's queue carries: many of one kind. Exactly one of the three lists has something in it.</summary>
internal sealed record PartitionEnvelope(IReadOnlyList<ContactEvent> Events, IReadOnlyList<Addressed> Stimuli, IReadOnlyList<WorkspaceFact> Facts)
{
    public static PartitionEnvelope Of(IReadOnlyList<ContactEvent> events) => new(events, [], []);

    public static PartitionEnvelope Of(IReadOnlyList<Addressed> stimuli) => new([], stimuli, []);

    public static PartitionEnvelope Of(IReadOnlyList<WorkspaceFact> facts) => new([], [], facts);

    public int Count => Events.Count + Stimuli.Count + Facts.Count;
}
