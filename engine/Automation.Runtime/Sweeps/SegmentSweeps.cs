using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Sweeps;

/// <summary>
/// A segment that is defined anew moves contacts in and out of it without any stimulus of their own. Where a journey watches it,
/// everybody is asked once, so that who entered or left is found and decided like any other.
/// </summary>
public sealed class SegmentSweeps(IDefinitionStore definitions, ILedgerStore ledger, IEngine engine, JourneyRegistry registry, SweepQueue sweeps)
{
    /// <summary>A journey whose publication still looks at who is in the segment: until that has ended, the segment must not change.</summary>
    public async ValueTask<string?> PublishingAsync(string segment, CancellationToken cancellation)
    {
        foreach (var journey in registry.Journeys.Watching(segment))
        {
            if ((await registry.StateAsync(DefinitionKinds.Journey, journey, cancellation)).Sweeps.Any(plan => plan.Kind == SweepKind.Published))
            {
                return journey;
            }
        }
        return null;
    }

    /// <summary>Orders the sweep, if a journey watches the segment. After the journeys were read anew.</summary>
    public async ValueTask OrderAsync(string segment, string actor, CancellationToken cancellation)
    {
        if (!registry.Journeys.Watching(segment).Any())
        {
            return;
        }
        var version = (await definitions.FindAsync(DefinitionKinds.Segment, segment, cancellation))?.PublishedVersion ?? 0;
        await sweeps.AddAsync(
            new SweepPlan(SweepKind.SegmentSaved, "", version, engine.Clock.GetCurrentInstant(), actor)
            {
                Segment = segment, CountExisting = true, Total = (await ledger.TotalsAsync(cancellation)).Contacts,
            },
            cancellation);
    }
}
