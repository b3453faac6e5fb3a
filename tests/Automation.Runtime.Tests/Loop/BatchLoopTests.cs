using Automation.Core.Contacts;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Loop;

public sealed class BatchLoopTests
{
    [Fact]
    public async Task An_envelope_is_answered_after_its_commit()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var gate = fixture.Store.HoldNext();

        var answer = fixture.Engine.SubmitAsync([Given.Track("m1", "u1")]).AsTask();
        await fixture.Store.Begun.WaitAsync();

        Assert.False(answer.IsCompleted);
        gate.SetResult();
        var receipt = await answer;
        Assert.Equal(1, receipt.Accepted);
        Assert.Single(await fixture.RecordsAsync());
    }

    [Fact]
    public async Task Envelopes_that_arrive_during_a_commit_share_the_next_one()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var gate = fixture.Store.HoldNext();

        var first = fixture.Engine.SubmitAsync([Given.Track("m0", "u0")]).AsTask();
        await fixture.Store.Begun.WaitAsync();
        var others = Enumerable.Range(1, 20).Select(i => fixture.Engine.SubmitAsync([Given.Track($"m{i}", $"u{i}")]).AsTask()).ToArray();
        gate.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, fixture.Store.Committed.Count);
        Assert.Equal(20, fixture.Store.Committed[1].Events.Count);
    }

    [Fact]
    public async Task A_batch_takes_no_more_than_its_size()
    {
        await using var fixture = await EngineFixture.StartAsync(new EngineOptions { BatchSizeMax = 5 });
        var gate = fixture.Store.HoldNext();

        var first = fixture.Engine.SubmitAsync([Given.Track("m0", "u0")]).AsTask();
        await fixture.Store.Begun.WaitAsync();
        var others = Enumerable.Range(1, 10).Select(i => fixture.Engine.SubmitAsync([Given.Track($"m{i}", "u1")]).AsTask()).ToArray();
        gate.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal([1, 5, 5], fixture.Store.Committed.Select(batch => batch.Events.Count));
    }

    [Fact]
    public async Task A_long_list_is_cut_into_envelopes_and_answered_as_one()
    {
        await using var fixture = await EngineFixture.StartAsync(new EngineOptions { EnvelopeSizeMax = 10 });

        var receipt = await fixture.Engine.SubmitAsync([.. Enumerable.Range(0, 95).Select(i => Given.Track($"m{i % 90}", $"u{i}"))]);

        Assert.Equal(90, receipt.Accepted);
        Assert.Equal(5, receipt.Duplicates);
    }

    [Fact]
    public async Task A_touched_contact_is_written_once_a_batch_in_id_order()
    {
        await using var fixture = await EngineFixture.StartAsync();

        await fixture.Engine.SubmitAsync([.. Enumerable.Range(0, 12).Select(i => Given.Track($"m{i}", $"u{i % 3}"))]);

        var batch = Assert.Single(fixture.Store.Committed);
        Assert.Equal([1L, 2L, 3L], batch.Contacts.Select(change => change.After.Id));
        Assert.All(batch.Contacts, change => Assert.Null(change.Before));
        Assert.Equal(3, batch.Identities.Count);
    }

    [Fact]
    public async Task A_failed_commit_changes_nothing_and_is_tried_again()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Store.Next(_ => throw new IOException("disk"));

        var receipt = await fixture.Engine.SubmitAsync([Given.Track("m1", "u1"), Given.Track("m1", "u1")]);

        Assert.Equal((1, 1), (receipt.Accepted, receipt.Duplicates));
        var record = Assert.Single(await fixture.RecordsAsync());
        Assert.Equal(1, record.Sequence);
        Assert.Equal(1, (await fixture.ContactOfAsync(Given.User("u1"))).Id);
    }

    [Fact]
    public async Task A_failed_commit_takes_back_what_was_decided_on_it()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var gate = fixture.Store.HoldNext();

        var first = fixture.Engine.SubmitAsync([Given.Track("m1", "u1")]).AsTask();
        await fixture.Store.Begun.WaitAsync();
        var second = fixture.Engine.SubmitAsync([Given.Track("m2", "u1"), Given.Track("m3", "u2"), Given.Track("m1", "u1")]).AsTask();
        gate.SetException(new IOException("disk"));
        await Task.WhenAll(first, second);

        Assert.Equal(2, (await second).Accepted);
        Assert.Equal([1L, 2L, 3L], (await fixture.RecordsAsync()).Select(record => record.Sequence));
        Assert.Equal([1L, 1L, 2L], (await fixture.RecordsAsync()).Select(record => record.Contact));
    }

    [Fact]
    public async Task A_full_store_answers_its_senders_and_the_next_are_decided_without_them()
    {
        await using var fixture = await EngineFixture.StartAsync();
        var gate = fixture.Store.HoldNext();

        var first = fixture.Engine.SubmitAsync([Given.Track("m1", "u1")]).AsTask();
        await fixture.Store.Begun.WaitAsync();
        var second = fixture.Engine.SubmitAsync([Given.Track("m2", "u2")]).AsTask();
        gate.SetException(new StoreFullException("full", new IOException()));

        await Assert.ThrowsAsync<StoreFullException>(() => first);
        Assert.Equal(1, (await second).Accepted);
        var record = Assert.Single(await fixture.RecordsAsync());
        Assert.Equal("m2", record.Event!.Value.Event.MessageId);
        Assert.Null(await fixture.Memory.FindContactAsync(Given.User("u1"), CancellationToken.None));
        Assert.Equal(1, (await fixture.Engine.SubmitAsync([Given.Track("m1", "u1")])).Accepted);
    }

    [Fact]
    public async Task An_envelope_that_cannot_be_written_does_not_hold_up_the_others()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Store.Always = batch => batch.Events.Any(one => one.Event.MessageId == "poison")
            ? throw new InvalidOperationException("constraint")
            : Task.CompletedTask;
        var gate = fixture.Store.HoldNext();

        var first = fixture.Engine.SubmitAsync([Given.Track("m0", "u0")]).AsTask();
        await fixture.Store.Begun.WaitAsync();
        var before = fixture.Engine.SubmitAsync([Given.Track("m1", "u1")]).AsTask();
        var poison = fixture.Engine.SubmitAsync([Given.Track("poison", "u2")]).AsTask();
        var after = fixture.Engine.SubmitAsync([Given.Track("m3", "u3")]).AsTask();
        gate.SetResult();

        await Task.WhenAll(first, before, after);
        await Assert.ThrowsAsync<EngineUnavailableException>(() => poison);
        Assert.Equal(["m0", "m1", "m3"], (await fixture.RecordsAsync()).Select(record => record.Event!.Value.Event.MessageId));
        Assert.Equal(default, fixture.Engine.Backlog);
    }

    [Fact]
    public async Task A_commit_that_was_written_in_spite_of_its_error_is_not_repeated()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Store.NextAfterWriting(_ => throw new IOException("the connection broke"));

        var receipt = await fixture.Engine.SubmitAsync([Given.Track("m1", "u1")]);
        await fixture.Engine.SubmitAsync([Given.Track("m2", "u1")]);

        Assert.Equal((1, 0), (receipt.Accepted, receipt.Duplicates));
        Assert.Equal(["m1", "m2"], (await fixture.RecordsAsync()).Select(record => record.Event!.Value.Event.MessageId));
    }

    [Fact]
    public async Task A_message_id_is_taken_once_whether_its_twin_is_in_the_envelope_the_pipeline_or_the_store()
    {
        await using var fixture = await EngineFixture.StartAsync();
        await fixture.Engine.SubmitAsync([Given.Track("stored", "u1")]);
        var gate = fixture.Store.HoldNext();

        var first = fixture.Engine.SubmitAsync([Given.Track("running", "u1")]).AsTask();
        await fixture.Store.Begun.WaitAsync();
        var second = fixture.Engine.SubmitAsync(
            [Given.Track("open", "u1"), Given.Track("open", "u2"), Given.Track("running", "u3"), Given.Track("stored", "u4")]).AsTask();
        gate.SetResult();
        await first;

        Assert.Equal((1, 3), ((await second).Accepted, (await second).Duplicates));
        Assert.Equal(1, (await fixture.Memory.TotalsAsync(CancellationToken.None)).Contacts);
    }

    [Fact]
    public async Task An_event_without_an_identity_is_refused_and_its_neighbours_are_not()
    {
        await using var fixture = await EngineFixture.StartAsync();

        var receipt = await fixture.Engine.SubmitAsync(
            [Given.Event("m1", EventType.Track, "seen", null, null), Given.Track("m2", "u1")]);

        Assert.Equal((1, 1), (receipt.Accepted, receipt.Rejected));
        Assert.Single(await fixture.RecordsAsync());
    }

    [Fact]
    public async Task Stopping_commits_what_was_taken_in_and_takes_nothing_more()
    {
        var fixture = await EngineFixture.StartAsync();
        var gate = fixture.Store.HoldNext();
        var first = fixture.Engine.SubmitAsync([Given.Track("m1", "u1")]).AsTask();
        await fixture.Store.Begun.WaitAsync();
        var second = fixture.Engine.SubmitAsync([Given.Track("m2", "u2")]).AsTask();

        var stopped = fixture.Engine.StopAsync();
        gate.SetResult();
        await stopped;

        Assert.Equal(1, (await first).Accepted);
        Assert.Equal(1, (await second).Accepted);
        await Assert.ThrowsAsync<EngineUnavailableException>(async () => await fixture.Engine.SubmitAsync([Given.Track("m3", "u3")]));
        await fixture.DisposeAsync();
    }

    [Fact]
    public async Task Contacts_that_left_the_cache_come_back_as_they_were_written()
    {
        await using var fixture = await EngineFixture.StartAsync(new EngineOptions { ContactsCachedMax = 2 });

        for (var round = 0; round < 3; round++)
        {
            for (var user = 0; user < 5; user++)
            {
                await fixture.Engine.SubmitAsync([Given.Track($"m{round}-{user}", $"u{user}", at: Given.Noon.Plus(NodaTime.Duration.FromMinutes(round)))]);
            }
        }

        Assert.Equal(5, (await fixture.Memory.TotalsAsync(CancellationToken.None)).Contacts);
        Assert.Equal(Given.Noon.Plus(NodaTime.Duration.FromMinutes(2)), (await fixture.ContactOfAsync(Given.User("u0"))).LastActivity);
    }
}
