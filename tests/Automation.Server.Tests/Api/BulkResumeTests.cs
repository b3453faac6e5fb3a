using System.Globalization;
using System.Text;
using Automation.Runtime.Bulk;
using Automation.Server.Hosting;
using Automation.Server.Tests.Cli;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Api;

/// <summary>A process that dies within a bulk action: the next one goes on, leaves nobody out and asks nobody twice.</summary>
public sealed class BulkResumeTests : IDisposable
{
    private const int People = BulkScope.PageSize + 20;

    private readonly TempFolder _folder = new();
    private readonly FakeVendor _vendor = new() { KnowsNobody = true };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_restart_the_rest_is_replayed_and_nothing_twice(bool placeWasKept)
    {
        await using (var first = await StartAsync())
        {
            await FailAsync(first);
            _vendor.KnowsNobody = false;
            await DieWithinAsync(first, placeWasKept);
        }

        await using var next = await StartAsync();
        var ended = Assert.Single(await next.UntilFactsAsync("bulk_action_ended", 1));
        await next.UntilFactsAsync("message_sent", People);

        var replayed = await next.FactsAsync("message_replayed");
        Assert.Equal(People, replayed.Select(fact => fact.Contact).Distinct().Count());
        Assert.Equal(People, replayed.Count);
        Assert.Contains("\"after\":0", ended.Details, StringComparison.Ordinal);
        Assert.Equal("user:li", ended.Actor);
    }

    /// <summary>As <see cref="BulkQueue"/> does it, up to the first page and no further.</summary>
    private static async Task DieWithinAsync(RunningServer server, bool keepsItsPlace)
    {
        var running = server.App.Services.GetRequiredService<IRunningEngine>();
        var scope = new BulkScope(running.OperationsStore, running.Ledger, running.Engine, running.Registry);
        var now = running.Engine.Clock.GetCurrentInstant() + Duration.FromSeconds(1);
        var plan = new BulkPlan(BulkKind.ReplayFailed, "0123456789abcdef0123456789abcdef", "user:li", "the numbers are mended", now, new BulkFilter { Journey = "greet" }, People);
        Assert.True(await server.Definitions.SaveDraftAsync("bulk", plan.Id, plan.Write(), 0, now, plan.Actor, default));
        var (stimuli, progress) = await scope.PageAsync(plan, new BulkProgress(), default);
        Assert.Equal(BulkScope.PageSize, stimuli.Count);
        await running.Engine.SubmitAsync(stimuli, default);
        if (keepsItsPlace)
        {
            await server.Definitions.SetStateAsync("bulk", plan.Id, progress!.Write(), default);
        }
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(
        _ => new ServerOptions { Data = _folder["data"], Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Error, Connectors = [_vendor] });

    private static async Task FailAsync(RunningServer server)
    {
        await Greeting.SetUpAsync(server);
        foreach (var some in Enumerable.Range(0, People).Chunk(100))
        {
            var batch = new StringBuilder("""{ "batch": [""");
            foreach (var n in some)
            {
                batch.Append(n == some[0] ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""
                    {"type":"identify","userId":"u-{{{n}}}","traits":{"phone":"1380013{{{n:0000}}}"}}, {"type":"track","userId":"u-{{{n}}}","event":"came"}
                    """);
            }
            Assert.Equal(200, (await server.TrackAsync("batch", batch.Append("]}").ToString())).Status);
        }
        await server.UntilFactsAsync("message_failed", People);
    }
}
