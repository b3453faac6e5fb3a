using System.Threading.Channels;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>Limits that grant one message whenever the test says so.</summary>
internal sealed class LimitsInTheHand : IRateLimits
{
    private readonly Channel<int> _asked = Channel.CreateUnbounded<int>();
    private readonly Channel<int> _granted = Channel.CreateUnbounded<int>();
    private readonly Channel<int> _returned = Channel.CreateUnbounded<int>();

    /// <summary>Returns when somebody stands in line.</summary>
    public ValueTask<int> AskedAsync() => _asked.Reader.ReadAsync();

    public void Grant() => _granted.Writer.TryWrite(1);

    public async Task GrantAsync()
    {
        await AskedAsync();
        Grant();
    }

    /// <summary>How many somebody gave back.</summary>
    public ValueTask<int> ReturnedAsync() => _returned.Reader.ReadAsync();

    public async ValueTask<RateGrant> TakeAsync(string lane, double perSecond, int wanted, CancellationToken cancellation)
    {
        _asked.Writer.TryWrite(wanted);
        return new RateGrant(await _granted.Reader.ReadAsync(cancellation), TimeSpan.Zero);
    }

    public ValueTask ReturnAsync(string lane, double perSecond, int unused)
    {
        _returned.Writer.TryWrite(unused);
        return ValueTask.CompletedTask;
    }

    public ValueTask<RateEntry> EnterAsync(string lane, double perSecond, int count, CancellationToken cancellation) =>
        ValueTask.FromResult(new RateEntry(TimeSpan.Zero, -1, count));

    public ValueTask LateAsync(string lane, double perSecond, RateEntry entry, TimeSpan late) => ValueTask.CompletedTask;
}
