using Automation.Runtime.Ports;

namespace Automation.Runtime.Holds;

/// <summary>Holds whose changes are told to the other processes as soon as they are written.</summary>
public sealed class ToldHolds(IHoldStore inner, Action tell) : IHoldStore
{
    public ValueTask<IReadOnlyList<Hold>> ListAsync(CancellationToken cancellation) => inner.ListAsync(cancellation);

    public ValueTask<HoldCount> CountAsync(HoldTarget target, CancellationToken cancellation) => inner.CountAsync(target, cancellation);

    public async ValueTask<bool> PutAsync(Hold hold, CancellationToken cancellation)
    {
        var isNew = await inner.PutAsync(hold, cancellation);
        tell();
        return isNew;
    }

    public async ValueTask<bool> ReleaseAsync(HoldTarget target, HoldEnd end, CancellationToken cancellation)
    {
        var wasHeld = await inner.ReleaseAsync(target, end, cancellation);
        tell();
        return wasHeld;
    }
}
