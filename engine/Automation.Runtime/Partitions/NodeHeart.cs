using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Partitions;

/// <summary>Says every few seconds that this process lives, so that others take over what it held as soon as it does not.</summary>
public sealed partial class NodeHeart(IPartitionLeases leases, NodeBeat node, ILogger<NodeHeart> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private NodeBeat _node = node;
    private Task _beating = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await leases.BeatAsync(_node, cancellation);
        _beating = Task.Run(BeatAsync, CancellationToken.None);
    }

    /// <summary>Says at once that the node does something else from now on. A store that is away learns it later.</summary>
    public async Task ChangeAsync(string role)
    {
        Volatile.Write(ref _node, _node with { Role = role });
        try
        {
            using var soon = new CancellationTokenSource(LeaseTimes.RenewEvery);
            await leases.BeatAsync(_node, soon.Token);
        }
#pragma warning disable CA1031 // It beats again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotTold(error.Message);
        }
    }

    /// <summary>The last word: the node goes, and what it still held is free at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _beating;
        try
        {
            using var soon = new CancellationTokenSource(LeaseTimes.RenewEvery);
            await leases.LeaveAsync(_node.Node, soon.Token);
        }
#pragma warning disable CA1031 // A store that is away learns by the silence.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotTold(error.Message);
        }
        _stopping.Dispose();
    }

    private async Task BeatAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(LeaseTimes.RenewEvery, _stopping.Token);
                await leases.BeatAsync(Volatile.Read(ref _node), _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // It beats again; a store that stays away lets the leases run out, as it must.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogNotTold(error.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store could not be told that this node lives or goes: {Problem}")]
    private partial void LogNotTold(string problem);
}
