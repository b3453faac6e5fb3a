using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Rules;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bench.Workloads;

/// <summary>A month of facts: twenty journeys of five steps, three channels, fifty thousand contacts, half of them told why not.</summary>
internal static class LedgerWorkload
{
    public const int Facts = 5_000_000;
    public const int FactsACommit = 2_000;

    private const int Contacts = 50_000;
    private const int Journeys = 20;
    private const int Steps = 5;

    public static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);

    private static readonly string[] JourneyNames = [.. Enumerable.Range(0, Journeys).Select(n => $"journey-{n}")];
    private static readonly string[] StepNames = [.. Enumerable.Range(0, Steps).Select(n => $"step-{n}")];
    private static readonly string[] Channels = ["sms", "wecom", "mini_program"];
    private static readonly string[] Nos = [Reasons.FrequencyCap, Reasons.QuietHours, Reasons.NoQuota, Reasons.NoConsent, Reasons.NoAddress];
    private static readonly EvaluatedValue[] Looked = [new EvaluatedValue("event.amount", ">=", 100L, 80L, false)];

    public static long Contact(int n) => 1 + (n * 7919L % Contacts);

    public static string Journey(int n) => JourneyNames[n % Journeys];

    public static Instant At(int fact) => Start + Duration.FromMilliseconds(fact * 518L);

    public static CommitBatch Batch(int first)
    {
        var facts = new RecordedFact[FactsACommit];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = Fact(first + i, At(first + FactsACommit - 1));
        }
        return new CommitBatch
        {
            Partition = 0, At = At(first + FactsACommit - 1), Facts = facts,
            Contacts = first == 0 ? [.. Enumerable.Range(1, Contacts).Select(id => new ContactChange(null, new Contact(id, Start), null))] : [],
        };
    }

    private static RecordedFact Fact(int n, Instant at)
    {
        var draw = unchecked((uint)n * 2654435761u);
        var contact = 1 + (draw % Contacts);
        var (journey, step) = (JourneyNames[(draw >> 8) % Journeys], StepNames[(draw >> 12) % Steps]);
        var channel = Channels[(draw >> 16) % 3];
        Fact fact = ((draw >> 20) % 8) switch
        {
            0 or 1 or 2 => new JourneyFact.NotEnrolled(journey, 1) { Reason = Reasons.TriggerNotMatched, Looked = [.. Looked] },
            3 => new StepFact.MessageSuppressed(journey, 1, 1, step, 1, 0, channel, "hello", null) { Reason = Nos[(draw >> 24) % 5], Looked = [.. Looked] },
            4 => new StepFact.MessageQueued(journey, 1, 1, step, 1, MessageOf(n), 0, channel, "sandbox", "hello", 1, false, null, null),
            5 => new StepFact.MessageSent(journey, 1, 1, step, 1, MessageOf(n), channel, null, false, null),
            6 => new StepFact.WaitStarted(journey, 1, 1, step, 1, false, at + Duration.FromHours(24)),
            _ => new StepFact.Completed(journey, 1, 1, step, 1),
        };
        return n % 100_000 == 17
            ? new RecordedFact(n + 1, 0, at, "command:pause", new WorkspaceFact.JourneyWasPaused(journey, PauseTime.StandsStill) { Actor = "li" })
            : new RecordedFact(n + 1, contact, at, "timer", fact);
    }

    private static Guid MessageOf(int n) => new(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
}
