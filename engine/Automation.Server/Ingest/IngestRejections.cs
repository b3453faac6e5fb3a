using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Server.Ingest;

/// <summary>
/// What was refused at the door, in the ledger under contact 0: one fact for each code of a request, so that nothing vanishes
/// silently and a hostile request cannot write a fact for each of its bytes.
/// </summary>
public sealed class IngestRejections(IEngine engine, IMeterFactory meters)
{
    public const string MeterName = "Automation.Ingest";

    private const int MessageIdsMax = 20;

    private readonly Counter<long> _rejected = meters.Create(MeterName)
        .CreateCounter<long>("automation.events.rejected", "{event}", "Events that the tracking API refused, by code");

    /// <param name="problems">In order of the request.</param>
    /// <param name="key">Id of the key they came with.</param>
    internal async ValueTask RecordAsync(IReadOnlyList<IngestProblem> problems, string key)
    {
        var facts = problems.GroupBy(problem => problem.Code, StringComparer.Ordinal).Select(group => Fact([.. group], key)).ToArray();
        foreach (var fact in facts)
        {
            _rejected.Add(fact.Count, new KeyValuePair<string, object?>("code", fact.Reason));
        }
        try
        {
            await engine.RecordAsync(facts);
        }
        catch (Exception error) when (error is StoreFullException or EngineUnavailableException or EngineFullException)
        {
            // The sender is told what is wrong with the event all the same, and the counter has it.
        }
    }

    private static WorkspaceFact.EventsRejected Fact(IngestProblem[] problems, string key)
    {
        ImmutableArray<string> ids = [.. problems.Select(problem => problem.MessageId).OfType<string>().Take(MessageIdsMax)];
        return new WorkspaceFact.EventsRejected(problems.Length, problems[0].Pointer, problems[0].Message, ids)
        {
            Reason = problems[0].Code,
            Actor = key,
        };
    }
}
