using Automation.Connectors;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Dispatch;

/// <summary>As long as a lane is held: asks its connector now and then whether the account works again, and lets one message try if so.</summary>
internal sealed partial class LaneProbe(
    string account, LaneGate gate, ConnectorRegistry connectors, DispatchOptions options, ILogger log, CancellationToken stopping)
{
    /// <summary>The lane's.</summary>
    public LaneGate Gate => gate;

    /// <param name="isDown">The vendor is down and comes back by itself; else a configuration is wrong and waits for a person, and is asked about less and less often.</param>
    /// <returns>Ends when the lane opens, is held anew, or the process stops.</returns>
    public Task Start(bool isDown)
    {
        var closing = gate.Closings;
        return Task.Run(() => ProbeAsync(closing, isDown), CancellationToken.None);
    }

    private async Task ProbeAsync(int closing, bool isDown)
    {
        var wait = isDown ? options.BreakFor : options.ProbeFirst;
        for (; ; wait = isDown ? wait : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, options.ProbeMax.Ticks)))
        {
            await Task.Delay(wait, stopping).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (stopping.IsCancellationRequested || gate.Hold is null || gate.Closings != closing)
            {
                return;
            }
            using var lease = connectors.Lease(account);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limit.CancelAfter(options.ProbeTimeout);
            try
            {
                if (lease is not null && (await AskAsync(lease.Connector, limit.Token)).Healthy)
                {
                    gate.LetOneTry();
                }
            }
#pragma warning disable CA1031 // A connector that cannot even say how it is does not work yet.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogNotProbed(error, account);
            }
        }
    }

    private static Task<ConnectorHealth> AskAsync(IConnector connector, CancellationToken cancellation) =>
        Task.Run(async () => await connector.HealthAsync(cancellation), CancellationToken.None).WaitAsync(cancellation);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Account {Account} could not say whether it works")]
    private partial void LogNotProbed(Exception error, string account);
}
