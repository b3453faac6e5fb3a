using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ingest;
using Automation.Runtime.Loop;

namespace Automation.Server.Ingest;

/// <summary>One row of an import: a call of the tracking API, and its message id where it names none.</summary>
internal readonly record struct IntakeRow(byte[] Json, string FallbackId);

/// <summary>What became of rows. <paramref name="Problems"/> name the row by its place among those given.</summary>
internal sealed record IntakeResult(int Accepted, int Duplicates, IReadOnlyList<(int Row, IngestProblem Problem)> Problems);

/// <summary>
/// Takes rows of an import into the engine. As history they count and start nothing: whoever moves in with a million contacts does
/// not want to welcome them all.
/// </summary>
internal static class HistoryIntake
{
    /// <param name="live">Takes them as if they happened just now, so that they start journeys.</param>
    public static async Task<IntakeResult> TakeAsync(
        IEngine engine, IReadOnlyList<IntakeRow> rows, bool live, CancellationToken cancellation)
    {
        var now = engine.Clock.GetCurrentInstant();
        var events = new List<ContactEvent>(rows.Count);
        var problems = new List<(int, IngestProblem)>();
        for (var i = 0; i < rows.Count; i++)
        {
            var happened = TrackingEvents.ReadLine(rows[i].Json, now, rows[i].FallbackId, out var problem);
            if (happened is not null && !live && happened.Properties.ContainsKey(EventDoor.ClockAhead))
            {
                problems.Add((i, new IngestProblem(IngestCodes.BadTime, "/timestamp", "Expected a time that has passed, because this is history, but it is yet to come.")));
            }
            else if (happened is not null)
            {
                events.Add(happened with { History = !live });
            }
            else
            {
                problems.Add((i, problem!));
            }
        }
        if (events.Count == 0)
        {
            return new IntakeResult(0, 0, problems);
        }
        var done = await engine.SubmitAsync(events, cancellation);
        return new IntakeResult(done.Accepted, done.Duplicates, problems);
    }

    /// <summary>The ledger's word on a whole import.</summary>
    public static async Task RecordAsync(IEngine engine, string what, long rows, long rejected, string actor, CancellationToken cancellation) =>
        await engine.RecordAsync([new WorkspaceFact.Imported(what, rows, rejected) { Actor = actor }], cancellation);
}
