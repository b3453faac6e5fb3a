using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>An engine with a greeting journey, and a dispatcher with fake vendors. The test itself is the bus between them.</summary>
internal sealed class DispatchFixture : IAsyncDisposable
{
    private DispatchFixture(EngineFixture engine, ConnectorRegistry connectors, DispatchOptions options, IRateLimits? limits)
    {
        Engine = engine;
        Connectors = connectors;
        Holds = new HoldBook(engine.Memory);
        Dispatcher = new Dispatcher(options, engine.Engine, engine.Memory, connectors, Holds, engine.Metrics, NullLogger<Dispatcher>.Instance, limits);
    }

    public EngineFixture Engine { get; }

    public ConnectorRegistry Connectors { get; }

    public HoldBook Holds { get; }

    public Dispatcher Dispatcher { get; }

    /// <summary>Holds back as a person does.</summary>
    public async Task HoldAsync(HoldTarget target)
    {
        await Engine.Memory.PutAsync(new Hold(target, Engine.Clock.GetCurrentInstant(), "ann", "wrong price"), CancellationToken.None);
        await Holds.ReloadAsync();
    }

    /// <summary>An hour later.</summary>
    public async Task ReleaseAsync(HoldTarget target)
    {
        Engine.Clock.Advance(Duration.FromHours(1));
        await Engine.Memory.ReleaseAsync(target, new HoldEnd(Engine.Clock.GetCurrentInstant(), "bob", "mended"), CancellationToken.None);
        await Holds.ReloadAsync();
    }

    public static Task<DispatchFixture> StartAsync(FakeVendor vendor, params FakeVendor[] others) => StartAsync(_ => { }, vendor, others);

    /// <summary>With options of the test's own.</summary>
    public static async Task<DispatchFixture> StartAsync(Action<DispatchOptions> choose, FakeVendor vendor, params FakeVendor[] others)
    {
        var fixture = await OpenLaterAsync(vendor, others, choose);
        await fixture.Dispatcher.StartAsync();
        return fixture;
    }

    /// <summary>With a dispatcher that the test starts.</summary>
    public static async Task<DispatchFixture> OpenLaterAsync(
        FakeVendor vendor, FakeVendor[]? others = null, Action<DispatchOptions>? choose = null, IRateLimits? limits = null)
    {
        var source = Workspaces.Source(Workspaces.Of(Workspaces.Greeting), vendor.Receipts != ReceiptDelivery.None);
        var connectors = new ConnectorRegistry([vendor, .. others ?? []], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        await connectors.ConfigureAsync([]);
        var options = new DispatchOptions
        {
            SweepEvery = TimeSpan.FromHours(1), StopGrace = TimeSpan.FromSeconds(5), RetryEvery = TimeSpan.FromMilliseconds(1),
            InquireEvery = TimeSpan.FromHours(1), ProbeFirst = TimeSpan.FromHours(1),
        };
        choose?.Invoke(options);
        return new DispatchFixture(await EngineFixture.StartAsync(journeys: source), connectors, options, limits);
    }

    /// <summary>Has one contact join, so that a message to them is queued.</summary>
    public async Task<QueuedMessage> QueueAsync(string user = "u1")
    {
        var known = (await Engine.QueuedAsync()).Select(message => message.Id).ToHashSet();
        await Engine.Engine.SubmitAsync(
            [Given.Event($"join-{user}", EventType.Track, "joined", null, null, Given.User(user), Given.Phone($"+86{user}"))]);
        return Assert.Single(await Engine.QueuedAsync(), message => !known.Contains(message.Id));
    }

    public void Deliver(params QueuedMessage[] messages) =>
        Dispatcher.Accept(new OutboxEnvelope(messages[0].Account, messages[0].Channel, messages));

    public async ValueTask DisposeAsync()
    {
        await Dispatcher.DisposeAsync();
        await Connectors.DisposeAsync();
        await Engine.DisposeAsync();
    }
}
