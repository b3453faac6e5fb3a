using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Memory;

/// <summary>Requests and edits of a process that keeps nothing, under the same lock as its definitions.</summary>
internal sealed class InMemoryApprovals(Lock gate, Func<string, int> revisionOf) : IApprovalStore
{
    private readonly SortedDictionary<string, Approval> _approvals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Instant>> _edits = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Approval>>([.. _approvals.Values]);
        }
    }

    public ValueTask<Approval?> FindAsync(string journey, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult(Find(journey));
        }
    }

    public ValueTask<IReadOnlyList<DraftEdit>> EditsAsync(string journey, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<DraftEdit>>(
                [.. _edits.GetValueOrDefault(journey, []).Select(edit => new DraftEdit(edit.Key, edit.Value)).OrderByDescending(edit => edit.At)]);
        }
    }

    public ValueTask<bool> AskAsync(Approval request, int revision, CancellationToken cancellation)
    {
        lock (gate)
        {
            var last = Find(request.Journey);
            if (last is { Stands: true } || request.Number != (last?.Number ?? 0) + 1 || revisionOf(request.Journey) != revision)
            {
                return ValueTask.FromResult(false);
            }
            _approvals[request.Journey] = request;
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<bool> ChangeAsync(Approval request, ApprovalStatus from, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (Find(request.Journey) is not { } last || last.Number != request.Number || last.Status != from)
            {
                return ValueTask.FromResult(false);
            }
            _approvals[request.Journey] = request;
            return ValueTask.FromResult(true);
        }
    }

    internal Approval? Find(string journey) => _approvals.GetValueOrDefault(journey);

    /// <summary>Somebody saved another content: who that was is remembered, and a request about what was there before is void.</summary>
    internal void DraftChanged(string journey, string document, Instant at, string actor)
    {
        if (!_edits.TryGetValue(journey, out var edits))
        {
            _edits[journey] = edits = new Dictionary<string, Instant>(StringComparer.Ordinal);
        }
        edits[actor] = at;
        if (Find(journey) is { Stands: true } standing && standing.Hash != Approval.HashOf(document))
        {
            _approvals[journey] = standing with { Status = ApprovalStatus.Void, End = new ApprovalWord(actor, at, "") };
        }
    }

    internal void Published(string journey, int approval, Instant at, string actor)
    {
        ForgetEdits(journey);
        if (Find(journey) is { Stands: true } standing)
        {
            _approvals[journey] = standing with
            {
                Status = standing.Number == approval ? ApprovalStatus.Published : ApprovalStatus.Void, End = new ApprovalWord(actor, at, ""),
            };
        }
    }

    internal void ForgetEdits(string journey) => _edits.Remove(journey);
}
