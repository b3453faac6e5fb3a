using System.Diagnostics;
using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;

namespace Automation.Bench.Scenarios;

/// <summary>The core alone, on one core, in <em>mixed</em>: decide, fold, and the contact's next deadline. No store, no bus.</summary>
internal static class CoreScenario
{
    private const int Events = 600_000;

    public static IReadOnlyList<Figure> Run()
    {
        var journeys = JourneySet.Build(MixedWorkload.Source());
        var events = new ContactEvent[Events];
        for (var n = 0; n < Events; n++)
        {
            events[n] = MixedWorkload.Event(n);
        }
        var contacts = new Dictionary<string, Contact>(MixedWorkload.Contacts, StringComparer.Ordinal);

        // The first third meets new contacts and a cold runtime; the figure is of the rest.
        Decide(journeys, contacts, events.AsSpan(0, Events / 3));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var facts = Decide(journeys, contacts, events.AsSpan(Events / 3));
        var seconds = clock.Elapsed.TotalSeconds;
        var count = Events - Events / 3;
        return
        [
            new Figure("core", "decisions", count / seconds, "/s", AtLeast: 300_000),
            new Figure("core", "facts for each event", (double)facts / count, ""),
            new Figure("core", "bytes allocated for each decision", (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / count, "B"),
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
