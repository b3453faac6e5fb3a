using Automation.Runtime.Ports;

namespace Automation.Runtime.Memory;

/// <summary>What people hold back.</summary>
public sealed partial class InMemoryStore : IHoldStore
{
    private readonly List<Hold> _holds = [];

    ValueTask<IReadOnlyList<Hold>> IHoldStore.ListAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Hold>>([.. Enumerable.Reverse(_holds)]);
        }
    }

    public ValueTask<bool> PutAsync(Hold hold, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_holds.Any(one => one.End is null && one.Target == hold.Target))
            {
                return ValueTask.FromResult(false);
            }
            _holds.Add(hold);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<bool> ReleaseAsync(HoldTarget target, HoldEnd end, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var index = _holds.FindIndex(one => one.End is null && one.Target == target);
            if (index < 0)
            {
                return ValueTask.FromResult(false);
            }
            _holds[index] = _holds[index] with { End = end };
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<HoldCount> CountAsync(HoldTarget target, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var covered = Rows().Where(row => target.Covers(QueuedOf(row))).ToList();
            var waiting = covered.Where(row => row.Status == OutboxStatus.Queued).ToList();
            return ValueTask.FromResult(new HoldCount(
                waiting.Count, covered.Count(row => row.Status == OutboxStatus.Sending),
                waiting.Count(row => _holds.Any(hold => hold.End is null && hold.Target != target && hold.Target.Covers(QueuedOf(row))))));
        }
    }

    private bool IsHeld(MessageRow row) => _holds.Exists(hold => hold.End is null && hold.Target.Covers(QueuedOf(row)));
}
