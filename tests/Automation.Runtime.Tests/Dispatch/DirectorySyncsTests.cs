using System.Text.Json;
using Automation.Connectors;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Runtime.Tests.Dispatch;

public sealed class DirectorySyncsTests
{
    [Fact]
    public async Task A_page_that_fails_is_read_again_after_its_wait_and_the_rest_follows()
    {
        var vendor = new ListedVendor(pages: 5) { Fails = 3 };
        await using var engine = await EngineFixture.StartAsync();
        var (definitions, syncs, _) = await OpenAsync(engine, vendor);

        await syncs.RunDueAsync();
        var stuck = await StateAsync(definitions);
        await syncs.RunDueAsync();
        engine.Clock.Advance(Duration.FromSeconds(60));
        await syncs.RunDueAsync();
        var ended = await StateAsync(definitions);

        Assert.Equal((3, "Expected less, but it was too much."), (stuck.Pages, stuck.Problem));
        Assert.Equal(["", "1", "2", "3", "3", "4"], vendor.Asked);
        Assert.Equal((5, 10, 10, null), (ended.Pages, ended.Events, ended.News, ended.Problem));
        Assert.NotNull(ended.EndedAt);
    }

    [Fact]
    public async Task Another_process_goes_on_where_one_stood_and_known_people_are_no_news()
    {
        var vendor = new ListedVendor(pages: 4) { Fails = 2 };
        await using var engine = await EngineFixture.StartAsync();
        var (definitions, first, connectors) = await OpenAsync(engine, vendor);
        await first.RunDueAsync();
        await first.DisposeAsync();

        await using var second = Syncs(engine, definitions, connectors);
        engine.Clock.Advance(Duration.FromMinutes(1));
        await second.RunDueAsync();
        engine.Clock.Advance(Duration.FromHours(24));
        await second.RunDueAsync();
        var again = await StateAsync(definitions);

        Assert.Equal(["", "1", "2", "2", "3", "", "1", "2", "3"], vendor.Asked);
        Assert.Equal((8, 0), (again.Events, again.News));
    }

    [Fact]
    public async Task It_is_read_once_a_day_or_when_it_is_ordered_or_only_then()
    {
        var vendor = new ListedVendor(pages: 1);
        await using var engine = await EngineFixture.StartAsync();
        var (_, syncs, _) = await OpenAsync(engine, vendor);

        await syncs.RunDueAsync();
        await syncs.RunDueAsync();
        Assert.Single(vendor.Asked);
        await syncs.OrderAsync("listed", CancellationToken.None);
        await syncs.RunDueAsync();
        Assert.Equal(2, vendor.Asked.Count);
        syncs.IsHere = () => false;
        engine.Clock.Advance(Duration.FromDays(2));
        await syncs.RunDueAsync();
        Assert.Equal(2, vendor.Asked.Count);

        Assert.Null(new ConnectorAccount { Key = "a", ConnectorKey = "b", Configuration = JsonElement.Parse("""{ "sync_every_hours": 0 }""") }.SyncEvery);
    }

    private static async Task<(InMemoryDefinitions, DirectorySyncs, ConnectorRegistry)> OpenAsync(EngineFixture engine, ListedVendor vendor)
    {
        var definitions = new InMemoryDefinitions();
        await definitions.PublishAsync(DefinitionKinds.Account, "listed", """{ "connector": "listed" }""", Given.Noon, "ann", CancellationToken.None);
        var connectors = new ConnectorRegistry([vendor], new ConnectorServices(), NullLogger<ConnectorRegistry>.Instance);
        await connectors.ConfigureAsync([]);
        return (definitions, Syncs(engine, definitions, connectors), connectors);
    }

    private static DirectorySyncs Syncs(EngineFixture engine, InMemoryDefinitions definitions, ConnectorRegistry connectors) => new(
        engine.Engine, definitions, connectors,
        (account, one) => new ContactEvent(
            $"{account}:{one.MessageId}", EventType.Identify, "identify", engine.Clock.GetCurrentInstant(), engine.Clock.GetCurrentInstant(), PropertyBag.Empty,
            [new Identity(one.Identity.Type, one.Identity.Value)]),
        NullLogger<DirectorySyncs>.Instance);

    private static async Task<DirectoryState> StateAsync(InMemoryDefinitions definitions) =>
        DirectoryState.Read((await definitions.FindAsync(DefinitionKinds.Account, "listed", CancellationToken.None))!.State);

    /// <summary>Two people a page; one page fails once.</summary>
    private sealed class ListedVendor(int pages) : IConnectorFactory, IConnector, IDirectory
    {
        private readonly FakeVendor _vendor = new("listed");

        public List<string> Asked { get; } = [];

        /// <summary>The page that fails the first time.</summary>
        public int? Fails { get; set; }

        public ConnectorManifest Manifest => _vendor.Manifest;

        public IConnector Create(ConnectorAccount account, ConnectorServices services) => this;

        public ValueTask<DirectoryPage> ReadAsync(string? place, CancellationToken cancellation)
        {
            Asked.Add(place ?? "");
            var page = place is null ? 0 : int.Parse(place, System.Globalization.CultureInfo.InvariantCulture);
            if (page == Fails)
            {
                Fails = null;
                throw new ConnectorNotSentException(FailureReason.RetryLater, "Expected less, but it was too much.", TimeSpan.FromMinutes(1));
            }
            var events = Enumerable.Range(page * 2, 2).Select(person => new InboundEvent
            {
                Identity = new Address("external_user_id", $"wm-{person}"), Name = InboundEvent.Identify, Properties = JsonElement.Parse("{}"),
                OccurredAt = DateTimeOffset.UnixEpoch, MessageId = $"list-{person}",
            });
            return ValueTask.FromResult(new DirectoryPage(
                [.. events], page + 1 < pages ? (page + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
        }

        public ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation) =>
            _vendor.SendAsync(batch, cancellation);

        public ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation) => _vendor.HealthAsync(cancellation);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
