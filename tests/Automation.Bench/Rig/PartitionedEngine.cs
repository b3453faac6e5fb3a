using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bench.Rig;

/// <summary>All partitions in this process, without a bus between: each envelope is split, and its parts are decided side by side.</summary>
internal sealed class PartitionedEngine(IReadOnlyList<EngineHost> hosts, IIntentClaims claims, string node) : IEngine
{
    public IClock Clock => hosts[0].Clock;

    public Backlog Backlog => new(hosts.Sum(h => h.Backlog.Envelopes), hosts.Sum(h => h.Backlog.Stimuli));

    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<ContactEvent> events, CancellationToken cancellation = default) =>
        Sum(await Task.WhenAll(events.GroupBy(e => PartitionOf.Event(e, hosts.Count))
            .Select(part => hosts[part.Key].SubmitAsync([.. part], cancellation).AsTask())));

    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default) =>
        Sum(await Task.WhenAll(stimuli.GroupBy(s => PartitionOf.Contact(s.Contact))
            .Select(part => hosts[part.Key].SubmitAsync([.. part], cancellation).AsTask())));

    public ValueTask<Acknowledgement> SubmitAsync(long contact, Stimulus stimulus, CancellationToken cancellation = default) =>
        hosts[PartitionOf.Contact(contact)].SubmitAsync(contact, stimulus, cancellation);

    public async ValueTask<Acknowledgement> AskAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default)
    {
        var parts = await Task.WhenAll(stimuli.GroupBy(s => PartitionOf.Contact(s.Contact)).Select(part => hosts[part.Key].AskAsync([.. part], cancellation).AsTask()));
        return Sum(parts) with { Facts = [.. parts.SelectMany(part => part.Facts)] };
    }

    public ValueTask<Acknowledgement> RecordAsync(IReadOnlyList<WorkspaceFact> facts, CancellationToken cancellation = default) =>
        hosts[PartitionOf.Definitions].RecordAsync(facts, cancellation);

    public ValueTask<IReadOnlySet<Guid>> ClaimIntentsAsync(IReadOnlyList<SendIntent> intents, CancellationToken cancellation = default) =>
        claims.ClaimAsync(node, intents, cancellation);

    private static Acknowledgement Sum(Acknowledgement[] parts) =>
        new(parts.Sum(p => p.Accepted), parts.Sum(p => p.Duplicates), parts.Sum(p => p.Rejected), parts[0].At, []);
}
