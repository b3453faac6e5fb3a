using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Definitions;

/// <summary>
/// Changes definitions so that no change is ever without its fact. Definitions and ledger are two commits; so a note of what is about
/// to happen is written before the first and taken away after the last, and a note that a dead process left is settled at the next start
/// (<see cref="UnfinishedChanges"/>).
/// </summary>
public sealed class DefinitionChanges(IDefinitionStore definitions, IEngine engine)
{
    /// <summary>Notes stand among the definitions under this kind; nobody else knows it.</summary>
    internal const string Kind = "change";

    /// <param name="at">Stands in the definition as its time; what is unfinished is recognised by it.</param>
    /// <param name="make">Does it, and gives the fact as it came out.</param>
    /// <returns>The fact that was recorded.</returns>
    public async ValueTask<T> MakeAsync<T>(string kind, string key, int revision, T expected, Instant at, Func<ValueTask<T>> make, CancellationToken cancellation)
        where T : WorkspaceFact
    {
        var facts = await MakeAsync([new PendingChange(kind, key, revision, expected)], at, async () => [await make()], cancellation);
        return (T)facts[0];
    }

    /// <exception cref="DefinitionRefusedException">It did not apply, and nothing was changed.</exception>
    public async ValueTask<IReadOnlyList<WorkspaceFact>> MakeAsync(
        IReadOnlyList<PendingChange> changes, Instant at, Func<ValueTask<IReadOnlyList<WorkspaceFact>>> make, CancellationToken cancellation)
    {
        var note = Guid.CreateVersion7().ToString("N");
        await definitions.SaveDraftAsync(Kind, note, new ChangeNote(at, changes).Write(), 0, at, changes[0].Fact.Actor ?? "", cancellation);
        // From here on it is done whole: the caller's patience ends nothing half-way.
        IReadOnlyList<WorkspaceFact> facts;
        try
        {
            facts = await make();
        }
        catch (DefinitionRefusedException)
        {
            await definitions.DeleteAsync(Kind, note, CancellationToken.None);
            throw;
        }
        await engine.RecordAsync(facts, CancellationToken.None);
        await definitions.DeleteAsync(Kind, note, CancellationToken.None);
        return facts;
    }
}
