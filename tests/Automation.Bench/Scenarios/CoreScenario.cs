using System.Diagnostics;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;

namespace Automation.Bench.Scenarios;

/// <summary>The core alone, on one core, in <em>mixed</em>: decide, fold, and the contact's next deadline. No store, no bus.</summary>
internal static class CoreScenario
{
    private const int Warm = 200_000;
    private const int Events = 600_000;
    private const int Chunk = 10_000;

    public static IReadOnlyList<Figure> Run()
    {
        var journeys = JourneySet.Build(MixedWorkload.Source());
        var contacts = new Dictionary<string, Contact>(MixedWorkload.Contacts, StringComparer.Ordinal);
        var clock = new Stopwatch();
        long facts = 0;
        long allocated = 0;
        for (var first = 0; first < Warm + Events; first += Chunk)
        {
            // A few at a time, as they come in: a heap full of waiting events would measure the collector.
            var events = Enumerable.Range(first, Chunk).Select(MixedWorkload.Event).ToArray();
            if (first < Warm)
            {
                Decide(journeys, contacts, events); // New contacts and a cold runtime; the figure is of the rest.
                continue;
            }
            var before = GC.GetAllocatedBytesForCurrentThread();
            clock.Start();
            facts += Decide(journeys, contacts, events);
            clock.Stop();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return
        [
            new Figure("core", "decisions", Events / clock.Elapsed.TotalSeconds, "/s", AtLeast: 300_000),
            new Figure("core", "facts for each event", (double)facts / Events, ""),
            new Figure("core", "bytes allocated for each decision", (double)allocated / Events, "B"),
        ];
    }

    private static long Decide(JourneySet journeys, Dictionary<string, Contact> contacts, ReadOnlySpan<ContactEvent> events)
    {
        long facts = 0;
        foreach (var happened in events)
        {
            var who = happened.Identities[0].Value;
            if (!contacts.TryGetValue(who, out var contact))
            {
                contact = new Contact(contacts.Count + 1, happened.OccurredAt);
            }
            var decision = Engine.Decide(journeys, contact, new Stimulus.EventArrived(happened), happened.ReceivedAt);
            contacts[who] = decision.Contact;
            facts += decision.Facts.Count;
            if (NextDue.Of(journeys, decision.Contact, happened.ReceivedAt) is null)
            {
                throw new InvalidOperationException("Expected a dormancy deadline for everyone, but a contact has none.");
            }
        }
        return facts;
    }
}
