using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Bulk;

/// <summary>
/// Actions with many at once: previewed with counts, begun with what was previewed, recorded with who and why. They run beside
/// everything else (<see cref="BulkQueue"/>) and outlive the process.
/// </summary>
public sealed class BulkDesk(IDefinitionStore definitions, BulkScope scope, IEngine engine, DefinitionChanges changes, BulkQueue queue)
{
    /// <summary>Actions stand among the definitions under this kind; nobody else knows it.</summary>
    internal const string Kind = "bulk";

    /// <summary>So many may have come or gone since the preview, or a tenth of it where that is more.</summary>
    private const long DriftMax = 10;

    private const int KeptMax = 50;

    public async ValueTask<BulkPreview> PreviewAsync(BulkKind kind, BulkFilter filter, CancellationToken cancellation = default)
    {
        var now = engine.Clock.GetCurrentInstant();
        return new BulkPreview(Guid.CreateVersion7().ToString("N"), now, await scope.CountAsync(kind, filter, now, cancellation));
    }

    /// <summary>Begins it, once for each id: a request that comes again finds the action that the first one began.</summary>
    /// <param name="expected">The count of the preview.</param>
    /// <param name="asOf">The time of the preview: what failed later was not in it.</param>
    /// <exception cref="DefinitionRefusedException">It is about a very different number by now, or about nobody.</exception>
    public async ValueTask<BulkAction> StartAsync(
        BulkKind kind, string id, BulkFilter filter, long expected, Instant? asOf, string reason, string actor, CancellationToken cancellation = default)
    {
        if (await definitions.FindAsync(Kind, id, cancellation) is { Draft: not null } known)
        {
            return BulkAction.Of(known);
        }
        var now = engine.Clock.GetCurrentInstant();
        var at = asOf is { } seen && seen < now ? seen : now;
        var count = await scope.CountAsync(kind, filter, at, cancellation);
        if (Math.Abs(count.Count - expected) > Math.Max(DriftMax, expected / 10))
        {
            throw new DefinitionRefusedException(
                Codes.PreviewOutdated, $"Expected it to be about {expected} as in the preview, but by now it is about {count.Count}: look at the preview again.");
        }
        if (count.Count == 0)
        {
            throw new DefinitionRefusedException(Codes.NothingToDo, "Expected it to be about somebody, but there is nobody left.");
        }
        await ForgetAsync(cancellation);
        var plan = new BulkPlan(kind, id, actor, reason, at, filter, count.Count);
        var started = new WorkspaceFact.BulkActionStarted(plan.Action, id, filter.Text, count.Count) { Actor = actor, Reason = reason };
        await changes.MakeAsync(
            Kind, id, 0, started, now,
            async () =>
            {
                // Two at once: one of them writes, and both are told of it.
                await definitions.SaveDraftAsync(Kind, id, plan.Write(), 0, now, actor, CancellationToken.None);
                return started;
            },
            cancellation);
        queue.Begin(id);
        return new BulkAction(plan, new BulkProgress());
    }

    /// <summary>Those that run and the last ones that ended, newest first.</summary>
    public async ValueTask<IReadOnlyList<BulkAction>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await definitions.ListAsync(Kind, cancellation)).Select(BulkAction.Of).OrderByDescending(one => one.Plan.Id, StringComparer.Ordinal)];

    public async ValueTask<BulkAction?> FindAsync(string id, CancellationToken cancellation = default) =>
        await definitions.FindAsync(Kind, id, cancellation) is { Draft: not null } kept ? BulkAction.Of(kept) : null;

    // The ledger remembers for ever; the list is for those who look now.
    private async ValueTask ForgetAsync(CancellationToken cancellation)
    {
        foreach (var old in (await ListAsync(cancellation)).Where(one => one.Progress.EndedAt is not null).Skip(KeptMax - 1))
        {
            await definitions.DeleteAsync(Kind, old.Plan.Id, cancellation);
        }
    }
}

/// <param name="Id">For the request that begins it.</param>
public sealed record BulkPreview(string Id, Instant AsOf, BulkCount Count);
