using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bench.Workloads;

/// <summary>
/// A month of decisions, as a loop at work would have written them: commits of 400 events with five facts each, most of them of rules
/// that said no; a hundred journeys of five steps of which some are much busier than others, three channels, five reasons of being held
/// back, and a person who pauses something now and then. People come and go: every half million facts have ten thousand contacts of
/// their own, so that what one contact has to tell does not grow with the ledger.
/// </summary>
internal static class LedgerWorkload
{
    public const int FactsAnEvent = 5;
    public const int EventsACommit = 400;
    public const int FactsACommit = EventsACommit * FactsAnEvent;
    public const int RecordsAnEvent = FactsAnEvent + 1;

    private const int FactsAGeneration = 500_000;
    private const int ContactsAGeneration = 10_000;
    private const int Journeys = 100;
    private const int Steps = 5;
    private const int MillisecondsAFact = 518;

    public static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);

    private static readonly string[] JourneyNames = [.. Enumerable.Range(0, Journeys).Select(n => $"journey-{n}")];
    private static readonly string[] StepNames = [.. Enumerable.Range(0, Steps).Select(n => $"step-{n}")];
    private static readonly string[] Channels = ["sms", "wecom", "mini_program"];
    private static readonly string[] Nos = [Reasons.FrequencyCap, Reasons.QuietHours, Reasons.NoQuota, Reasons.NoConsent, Reasons.NoAddress];
    private static readonly EvaluatedValue[] Looked = [new EvaluatedValue("event.amount", ">=", 100L, 80L, false)];
    private static readonly PropertyBag Properties = PropertyBag.Of(("order_id", "o-4711"), ("amount", 80m), ("items", 3L));

    /// <summary>One of those that the first so many facts are about.</summary>
    public static long Contact(int n, int facts) => ContactOf((int)(n * 7919L * FactsAnEvent * 31 % facts));

    public static string Journey(int n) => JourneyNames[n % Journeys];

    public static IEnumerable<(string Key, string Document)> Definitions() => JourneyNames.Select(key => (key, $$"""
        {"key":"{{key}}","name":"{{key}}","trigger":{"on":"event","event":"order_paid"},"entry":{"repeat":"once"},"steps":[{"id":"step-0","type":"send","channel":"sms","template":"hello"}]}
        """));

    /// <summary>When the commit of a fact was.</summary>
    public static Instant At(int fact) => Start + Duration.FromMilliseconds((long)fact / FactsACommit * FactsACommit * MillisecondsAFact);

    /// <summary>Where a fact stands in the ledger.</summary>
    public static long Place(int fact) => ((long)fact / FactsAnEvent * RecordsAnEvent) + 2 + (fact % FactsAnEvent);

    /// <summary>The message that a fact of the first so many queued, and who was to get it.</summary>
    public static (Guid Message, long Contact) Message(int n, int facts)
    {
        var start = (int)(n * 104_729L * FactsAnEvent % facts);
        for (var fact = start - (start % FactsAnEvent) + 3; ; fact = (fact + FactsAnEvent) % facts)
        {
            if (Draw(fact) % 3 == 1)
            {
                return (MessageOf(fact), ContactOf(fact));
            }
        }
    }

    public static CommitBatch Batch(int first)
    {
        var at = At(first);
        var (events, facts) = (new RecordedEvent[EventsACommit], new RecordedFact[FactsACommit]);
        for (var i = 0; i < EventsACommit; i++)
        {
            var fact = first + (i * FactsAnEvent);
            var (sequence, id) = (Place(fact) - 1, EventId(fact, at).ToString());
            events[i] = new RecordedEvent(
                sequence, ContactOf(fact), new ContactEvent(id, EventType.Track, i % 3 == 0 ? "order_paid" : "page_viewed", at, at, Properties, []));
            var cause = "event:" + id;
            for (var j = 0; j < FactsAnEvent; j++)
            {
                facts[(i * FactsAnEvent) + j] = (fact + j) % 100_000 == 17
                    ? new RecordedFact(sequence + 1 + j, 0, at, "command:pause", new WorkspaceFact.JourneyWasPaused(Journey(fact), PauseTime.StandsStill) { Actor = "li" })
                    : new RecordedFact(sequence + 1 + j, ContactOf(fact), at, cause, FactOf(fact + j, j, at));
            }
        }
        return new CommitBatch
        {
            Partition = 0, Id = EventId(first, at), At = at, Events = events, Facts = facts, Contacts = first % FactsAGeneration == 0 ? Generation(first / FactsAGeneration, at) : [],
        };
    }

    private static Fact FactOf(int n, int place, Instant at)
    {
        var draw = Draw(n);
        // The busiest journey has a fiftieth of all facts, the least busy one five in ten thousand.
        var share = draw % 10_000 / 10_000d;
        var number = (int)(share * share * Journeys);
        var (journey, step) = (JourneyNames[number], StepNames[(draw >> 8) % Steps]);
        var channel = Channels[(number + ((draw >> 8) % Steps)) % 3];
        return place switch
        {
            0 or 1 => new JourneyFact.NotEnrolled(journey, 1) { Reason = Reasons.TriggerNotMatched, Looked = [.. Looked] },
            2 => new JourneyFact.NotEnrolled(journey, 1) { Reason = Reasons.AudienceNotMatched, Looked = [.. Looked] },
            3 when draw % 3 == 0 => new StepFact.MessageSuppressed(journey, 1, 1, step, 1, 0, channel, "hello", null) { Reason = Nos[(draw >> 16) % 5], Looked = [.. Looked] },
            3 when draw % 3 == 1 => new StepFact.MessageQueued(journey, 1, 1, step, 1, MessageOf(n), 0, channel, "sandbox", "hello", 1, false, null, null),
            3 => new StepFact.MessageSent(journey, 1, 1, step, 1, MessageOf(n), channel, null, false, null),
            _ when draw % 2 == 0 => new StepFact.WaitStarted(journey, 1, 1, step, 1, false, at + Duration.FromHours(24)),
            _ => new StepFact.Completed(journey, 1, 1, step, 1),
        };
    }

    private static ContactChange[] Generation(int number, Instant at) =>
        [.. Enumerable.Range((number * ContactsAGeneration) + 1, ContactsAGeneration).Select(id => new ContactChange(null, new Contact(id, at), null))];

    // All facts of an event are about its contact.
    private static long ContactOf(int fact) =>
        (fact / FactsAGeneration * ContactsAGeneration) + 1 + (Draw((fact - (fact % FactsAnEvent)) + 1_000_003) % ContactsAGeneration);

    private static uint Draw(int n)
    {
        var x = unchecked((uint)n * 2654435761u);
        x ^= x >> 15;
        x = unchecked(x * 2246822519u);
        return (x ^ (x >> 13)) & 0x7FFFFFFF;
    }

    // In the order of time, as clients' libraries make them.
    private static Guid EventId(int n, Instant at) => unchecked(new(
        (int)(at.ToUnixTimeMilliseconds() >> 16), (short)at.ToUnixTimeMilliseconds(), 0x7000, 0x80, 1, 2, 3, (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n));

    private static Guid MessageOf(int n) => new(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
}
