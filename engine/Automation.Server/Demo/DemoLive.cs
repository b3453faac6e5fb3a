using Automation.Core.Contacts;
using Automation.Server.Hosting;

namespace Automation.Server.Demo;

/// <summary>The shop from now on: what its customers do comes when the demo's running clock says so.</summary>
internal sealed class DemoLive(EmbeddedEngine engine, DemoClock clock, ShopStream shop)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    public long Events { get; private set; }

    public async Task RunAsync(double speed, Func<Task> tell, CancellationToken cancellation)
    {
        clock.Run(speed);
        using var beat = new PeriodicTimer(Beat);
        var events = new List<ContactEvent>();
        try
        {
            while (await beat.WaitForNextTickAsync(cancellation))
            {
                while (shop.Next(clock.GetCurrentInstant()) is { } happened)
                {
                    events.Add(happened);
                }
                if (events.Count > 0)
                {
                    await engine.Host.SubmitAsync(events, cancellation);
                    Events += events.Count;
                    events.Clear();
                }
                await tell();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It was asked to stop; what was submitted is decided all the same.
        }
    }
}
