using Automation.Runtime.Loop;
using NodaTime;

namespace Automation.Runtime.Tests.Timers;

/// <summary>The pump as it runs in earnest: by itself, beside the loop.</summary>
public sealed class TimerPumpTests
{
    [Fact]
    public async Task Whoever_is_due_is_woken_without_being_asked_for()
    {
        await using var fixture = await StartAsync();
        await JoinAsync(fixture, 3);

        fixture.Clock.Advance(Duration.FromHours(24));
        await fixture.UntilAsync(async () => (await fixture.QueuedAsync()).Count == 3);

        Assert.All(fixture.Store.Committed.SelectMany(batch => batch.Messages), message => Assert.Equal(Given.Noon + Duration.FromHours(24), message.QueuedAt));
    }

    [Fact]
    public async Task Nobody_is_woken_before_the_time()
    {
        await using var fixture = await StartAsync();
        await JoinAsync(fixture, 1);
        fixture.Clock.Advance(Duration.FromHours(24) - Duration.FromMilliseconds(1));
        await JoinAsync(fixture, 2);

        Assert.Empty(await fixture.QueuedAsync());
        fixture.Clock.Advance(Duration.FromMilliseconds(1));
        await fixture.UntilAsync(async () => (await fixture.QueuedAsync()).Count == 1);
    }

    [Fact]
    public async Task A_store_that_could_not_be_asked_is_asked_again()
    {
        await using var fixture = await StartAsync();
        await JoinAsync(fixture, 1);
        fixture.Store.DueFailures.Enqueue(new IOException("the disk is away"));
        fixture.Store.DueFailures.Enqueue(new IOException("the disk is away"));

        fixture.Clock.Advance(Duration.FromHours(25));
        await fixture.UntilAsync(async () => (await fixture.QueuedAsync()).Count == 1);

        Assert.Empty(fixture.Store.DueFailures);
    }

    private static async Task<EngineFixture> StartAsync()
    {
        var options = new EngineOptions { RetryFirst = TimeSpan.Zero, RetryDelayMax = TimeSpan.FromMilliseconds(1), TimerGranularity = TimeSpan.FromMilliseconds(1) };
        var fixture = await EngineFixture.StartAsync(options, Workspaces.Source(Workspaces.Of(Workspaces.Welcome)));
        fixture.Engine.Timers.Start();
        return fixture;
    }

    private static async Task JoinAsync(EngineFixture fixture, int people)
    {
        var now = fixture.Clock.GetCurrentInstant();
        await fixture.Engine.SubmitAsync([.. Enumerable.Range(1, people).Select(n => Given.Event(
            $"join-{now}-{n}", Core.Contacts.EventType.Track, "joined", now, null, Given.User($"u-{now}-{n}"), Given.Phone($"+86{n}{now.ToUnixTimeMilliseconds()}")))]);
    }
}
