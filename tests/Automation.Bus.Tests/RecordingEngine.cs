using System.Collections.Concurrent;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bus.Tests;

/// <summary>Keeps what it is given, and commits when the test lets it.</summary>
internal sealed class RecordingEngine : IEngine
{
    public ConcurrentQueue<ContactEvent> Events { get; } = new();

    public ConcurrentQueue<Addressed> Stimuli { get; } = new();

    public ConcurrentQueue<int> Envelopes { get; } = new();

    /// <summary>What each commit waits for.</summary>
    public Func<Task> Commit { get; set; } = static () => Task.CompletedTask;

    public IClock Clock => SystemClock.Instance;

    public Backlog Backlog => default;

    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<ContactEvent> events, CancellationToken cancellation = default)
    {
        Envelopes.Enqueue(events.Count);
        foreach (var happened in events)
        {
            Events.Enqueue(happened);
        }
        await Commit();
        return Done(events.Count, []);
    }

    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default)
    {
        foreach (var stimulus in stimuli)
        {
            Stimuli.Enqueue(stimulus);
        }
        await Commit();
        return Done(stimuli.Count, []);
    }

    public async ValueTask<Acknowledgement> SubmitAsync(long contact, Stimulus stimulus, CancellationToken cancellation = default)
    {
        Stimuli.Enqueue(new Addressed(contact, stimulus));
        await Commit();
        return Done(1, [new RecordedFact(7, contact, Now, "command:change_tags", new ContactFact.TagsChanged(["vip"], []) { Actor = "anna" })]);
    }

    public async ValueTask<Acknowledgement> AskAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default)
    {
        var facts = new List<RecordedFact>();
        foreach (var (contact, stimulus) in stimuli)
        {
            facts.AddRange((await SubmitAsync(contact, stimulus, cancellation)).Facts);
        }
        return Done(stimuli.Count, facts);
    }

    public ValueTask<Acknowledgement> RecordAsync(IReadOnlyList<WorkspaceFact> facts, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Done(facts.Count, [.. facts.Select(fact => new RecordedFact(1, 0, Now, "command", fact))]));

    public ValueTask<IReadOnlySet<Guid>> ClaimIntentsAsync(IReadOnlyList<SendIntent> intents, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    private static Instant Now { get; } = Instant.FromUtc(2026, 3, 1, 12, 0);

    private static Acknowledgement Done(int accepted, IReadOnlyList<RecordedFact> facts) => new(accepted, 0, 0, Now, facts);
}
