using System.Globalization;
using Automation.Runtime.Ports;
using Automation.Server.Cli.Audit;
using Automation.Server.Telling;
using Automation.Server.Demo;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Automation.Storage;
using NodaTime;

namespace Automation.Server.Cli;

/// <summary>What was asked for on the command line.</summary>
internal sealed record DemoSettings(
    string? Directory, string Urls, double Speed, int Days, int Customers, int Seed, TimeSpan? StopAfter);

/// <summary>One run of the demo.</summary>
internal sealed class DemoRun(Terminal terminal, DemoSettings settings)
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QuietStatusEvery = TimeSpan.FromSeconds(10);

    private long _told = Environment.TickCount64;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        terminal.StopsInOrder = true;
        Listening.Check(settings.Urls);
        var temporary = settings.Directory is null ? Directory.CreateTempSubdirectory("automation-demo-").FullName : null;
        var workspace = Directory.CreateTempSubdirectory("automation-demo-workspace-").FullName;
        try
        {
            PackedFolder.Demo.WriteTo(workspace);
            DemoVendors.Name(workspace);
            await RunAsync(temporary ?? settings.Directory!, workspace, cancellation);
            return ExitCodes.Fine;
        }
        finally
        {
            Directory.Delete(workspace, recursive: true);
            if (temporary is not null)
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private async Task RunAsync(string data, string workspace, CancellationToken cancellation)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var clock = new DemoClock(await BeginAsync(data, now, cancellation));
        var start = clock.GetCurrentInstant();
        var zone = LocalTimes.Default;
        var keys = new StringWriter();
        var options = new ServerOptions
        {
            Data = data, Urls = settings.Urls, Workspace = workspace, LogLevel = LogLevel.Error, FirstKeys = keys, Clock = clock,
        };
        await using var vendors = await DemoVendors.StartAsync(clock);
        await using var app = ServerHost.Build(options);
        var engine = app.Services.GetRequiredService<EmbeddedEngine>();
        await vendors.SaveAccountsAsync(engine, app.Services.GetRequiredService<SecretBox>(), clock, cancellation);
        await Listening.StartAsync(app, settings.Urls, cancellation);
        vendors.CallBackTo(app.Urls.First());
        Hint(app.Urls, data, keys.ToString(), vendors.Address);

        var shop = new ShopStream(settings.Seed, settings.Customers, start, Duration.FromDays(Math.Max(1, settings.Days * 0.8)), zone.Zone);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        try
        {
            if (start < now)
            {
                var total = now - start;
                await new DemoReplay(engine, clock, shop, vendors).RunAsync(
                    now, new Telling(at => Replaying(at, (at - start) / total, zone)), stopping.Token);
                terminal.ClearProgress();
            }
            if (settings.StopAfter is { } time)
            {
                stopping.CancelAfter(time);
            }
            await StatusAsync(engine, clock, zone, final: false);
            var live = new DemoLive(engine, clock, shop);
            await live.RunAsync(settings.Speed, () => MayTellAsync(engine, clock, zone), stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while the past was lived through; what is decided stays decided.
        }
        terminal.ClearProgress();
        await StatusAsync(engine, clock, zone, final: true);
        await app.StopAsync(CancellationToken.None);
    }

    /// <summary>Where the time begins: so many days ago, or where the store stands that an earlier demo left.</summary>
    private async Task<Instant> BeginAsync(string data, Instant now, CancellationToken cancellation)
    {
        var begin = now - Duration.FromDays(settings.Days);
        if (!File.Exists(Path.Combine(data, "automation.db")))
        {
            return begin;
        }
        using var store = EmbeddedStore.OpenReadOnly(data);
        var newest = await store.Ledger.FactsAsync(new FactQuery(Limit: 1), cancellation);
        return newest.Count == 0 ? begin : newest[0].At + Duration.FromSeconds(1);
    }

    private void Hint(ICollection<string> urls, string data, string keys, Uri vendors)
    {
        if (terminal.Json)
        {
            return;
        }
        var url = urls.FirstOrDefault() ?? settings.Urls;
        terminal.Say($"The demo shop is on {url}; its store is in {data}{(settings.Directory is null ? " until it stops (--data keeps one)" : "")}.");
        terminal.Say(string.Create(CultureInfo.InvariantCulture, $"It lives through {settings.Days} days at once, and then {settings.Speed} seconds in each: the ledger's times run ahead of the clock on the wall."));
        foreach (var line in keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(one => !one.StartsWith("This store", StringComparison.Ordinal)))
        {
            terminal.Say(line.TrimEnd());
        }
        terminal.Say($"Its messages go through the real connectors, to stand-ins of the vendors; what phones show is on {vendors}.");
        terminal.Say("Look around, from a second terminal:");
        terminal.Say($"  {Terminal.Program} audit query --data {data} --limit 30");
        terminal.Say($"  {Terminal.Program} audit query --data {data} --reason frequency_cap");
        terminal.Say($"  {Terminal.Program} audit why --data {data} --contact shop-0001 --journey group-welcome");
        terminal.Say($"  curl -H 'Authorization: Bearer ADMIN_KEY' {url}/api/messages");
        terminal.Say("Ctrl+C stops it.");
    }

    private void Replaying(Instant at, double share, LocalTimes zone)
    {
        if (terminal.IsInteractive)
        {
            terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"living through the past: {zone.Show(at)}, {share:P0}"));
        }
        else if (IsTime(QuietStatusEvery))
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"living through the past: {zone.Show(at)}, {share:P0}"));
        }
    }

    private async Task MayTellAsync(EmbeddedEngine engine, DemoClock clock, LocalTimes zone)
    {
        if (IsTime(terminal.IsInteractive ? StatusEvery : QuietStatusEvery))
        {
            await StatusAsync(engine, clock, zone, final: false);
        }
    }

    private async Task StatusAsync(EmbeddedEngine engine, DemoClock clock, LocalTimes zone, bool final)
    {
        var totals = await engine.Store.Ledger.TotalsAsync(CancellationToken.None);
        var at = clock.GetCurrentInstant();
        if (terminal.Json)
        {
            terminal.Line(to =>
            {
                to.WriteStartObject();
                to.WriteString("at", RowJson.Time(at));
                to.WriteNumber("contacts", totals.Contacts);
                to.WriteNumber("events", totals.Events);
                to.WriteNumber("facts", totals.Facts);
                to.WriteNumber("messages", totals.Messages);
                to.WriteEndObject();
            });
            return;
        }
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{zone.Show(at)}  {totals.Contacts} contacts  {totals.Events} events  {totals.Facts} decisions  {totals.Messages} messages");
        if (terminal.IsInteractive && !final)
        {
            terminal.Progress(line);
        }
        else
        {
            terminal.Note(line);
        }
    }

    private bool IsTime(TimeSpan every)
    {
        var now = Environment.TickCount64;
        if (now - _told < every.TotalMilliseconds)
        {
            return false;
        }
        _told = now;
        return true;
    }

    private sealed class Telling(Action<Instant> tell) : IProgress<Instant>
    {
        public void Report(Instant value) => tell(value);
    }
}
