using Automation.Core.Deciding;
using Automation.Runtime.Approvals;
using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What was approved is what goes live, also when many write at once, and nothing else does where approval is required.</summary>
public abstract class ApprovalStoreContract : IDisposable
{
    private const string Key = "welcome";

    private readonly Lazy<StoreUnderTest> _store;

    protected ApprovalStoreContract() => _store = new Lazy<StoreUnderTest>(Open);

    private IDefinitionStore Store => _store.Value.Definitions;

    private IApprovalStore Approvals => Store.Approvals;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task A_request_is_about_the_revision_that_its_asker_saw_and_there_is_one_at_a_time()
    {
        await Save("v1", 0);

        Assert.False(await Approvals.AskAsync(Request(1, "v1"), 0, default));
        Assert.False(await Approvals.AskAsync(Request(2, "v1"), 1, default));
        Assert.True(await Approvals.AskAsync(Request(1, "v1"), 1, default));
        Assert.False(await Approvals.AskAsync(Request(2, "v1"), 1, default));
        Assert.True(await Approvals.ChangeAsync(Decided(Request(1, "v1"), ApprovalStatus.Rejected), ApprovalStatus.Open, default));
        Assert.True(await Approvals.AskAsync(Request(2, "v1"), 1, default));

        Assert.Equal(Request(2, "v1"), await Approvals.FindAsync(Key, default));
        Assert.Equal([Request(2, "v1")], await Approvals.ListAsync(default));
        Assert.Null(await Approvals.FindAsync("other", default));
    }

    [Fact]
    public async Task Of_many_who_decide_at_once_one_does()
    {
        await AskAsync("v1");

        var decided = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Approvals.ChangeAsync(
            Decided(Request(1, "v1"), n % 2 == 0 ? ApprovalStatus.Approved : ApprovalStatus.Rejected), ApprovalStatus.Open, default).AsTask()));

        Assert.Single(decided, one => one);
    }

    [Fact]
    public async Task Another_content_makes_a_request_void_and_the_same_one_does_not()
    {
        var approved = await ApproveAsync("v1");
        await Save("v1", 1);
        Assert.Equal(approved, await Approvals.FindAsync(Key, default));

        await Save("v2", 2, "zhao");

        Assert.Equal(
            approved with { Status = ApprovalStatus.Void, End = new ApprovalWord("zhao", At(1), "") }, await Approvals.FindAsync(Key, default));
        await Save("v1", 3, "zhao");
        Assert.Equal(ApprovalStatus.Void, (await Approvals.FindAsync(Key, default))!.Status);
    }

    [Fact]
    public async Task Who_changed_the_content_since_the_last_publication_is_known()
    {
        await Save("v1", 0);
        await Save("v1", 1, "looks");
        await Save("v2", 2, "zhao");
        Assert.False(await Save("late", 1, "late"));
        Assert.Equal(["li", "zhao"], await EditorsAsync());

        await Publish("v2", 3, 0);
        Assert.Empty(await EditorsAsync());
        await Save("v2", 4, "looks");
        Assert.Empty(await EditorsAsync());
        await Save("v3", 5, "wang");
        Assert.Equal(["wang"], await EditorsAsync());

        await Store.DeleteAsync("journey", Key, default);
        Assert.Empty(await EditorsAsync());
    }

    [Fact]
    public async Task Where_approval_is_required_only_what_was_approved_is_published_and_once()
    {
        await RequireAsync();
        await Save("v1", 0);
        Assert.Equal(0, await Store.PublishAsync("journey", Key, "v1", At(2), "li", default));
        Assert.Equal(0, await Publish("v1", 1, 0));
        Assert.Equal(0, await Publish("v1", 1, 1));
        Assert.True(await Approvals.AskAsync(Request(1, "v1"), 1, default));
        Assert.Equal(0, await Publish("v1", 1, 1));
        Assert.True(await Approvals.ChangeAsync(Decided(Request(1, "v1"), ApprovalStatus.Approved), ApprovalStatus.Open, default));

        Assert.Equal(0, await Store.PublishAsync("journey", Key, "v1", At(2), "li", default));
        Assert.Equal(0, await Publish("v1", 1, 0));
        Assert.Equal(0, await Publish("v1", 1, 2));
        Assert.Equal(0, await Publish("other", 1, 1));
        Assert.Equal(0, await Publish("v1", 2, 1));
        Assert.Empty(await Store.VersionsAsync("journey", Key, default));

        Assert.Equal(1, await Publish("v1", 1, 1));
        Assert.Equal((ApprovalStatus.Published, new ApprovalWord("publisher", At(2), "")), (await Approvals.FindAsync(Key, default)) is { } used ? (used.Status, used.End!) : default);
        Assert.Equal(0, await Publish("v1", 2, 1));
        Assert.Equal(1, await Store.PublishAsync("template", "hi", "{}", At(2), "li", default));
    }

    [Fact]
    public async Task Without_the_setting_a_publication_passes_a_request_by_and_makes_it_void()
    {
        await AskAsync("v1");

        Assert.Equal(1, await Publish("v1", 1, 0));

        Assert.Equal(ApprovalStatus.Void, (await Approvals.FindAsync(Key, default))!.Status);
        Assert.Equal(0, await Publish("late", 1, 0));
    }

    [Fact]
    public async Task Of_a_publication_and_a_save_at_once_one_holds_and_the_other_is_refused()
    {
        await RequireAsync();
        for (var round = 0; round < 8; round++)
        {
            var content = $"approved {round}";
            var found = await Store.FindAsync("journey", Key, default);
            await Save(content, found?.Revision ?? 0);
            var revision = (found?.Revision ?? 0) + 1;
            var number = ((await Approvals.FindAsync(Key, default))?.Number ?? 0) + 1;
            Assert.True(await Approvals.AskAsync(Request(number, content), revision, default));
            Assert.True(await Approvals.ChangeAsync(Decided(Request(number, content), ApprovalStatus.Approved), ApprovalStatus.Open, default));

            var publishing = Task.Run(async () => await Publish(content, revision, number));
            var saving = Task.Run(async () => await Save($"changed {round}", revision, "wang"));
            await Task.WhenAll(publishing, saving);

            var (version, isSaved) = (await publishing, await saving);
            Assert.NotEqual(version > 0, isSaved);
            Assert.Equal(version > 0 ? ApprovalStatus.Published : ApprovalStatus.Void, (await Approvals.FindAsync(Key, default))!.Status);
        }
        Assert.All(await Store.VersionsAsync("journey", Key, default), one => Assert.StartsWith("approved", one.Document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_approval_and_the_setting_stay_over_a_restart()
    {
        await RequireAsync();
        var approved = await ApproveAsync("v1");

        _store.Value.Reopen();

        Assert.Equal(approved, await Approvals.FindAsync(Key, default));
        Assert.Equal(["li"], await EditorsAsync());
        Assert.Equal(0, await Publish("v1", 1, 0));
        Assert.Equal(1, await Publish("v1", 1, 1));
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private static Approval Request(int number, string document) => new(
        Key, number, ApprovalStatus.Open, Approval.HashOf(document), InFlightChoice.Move, true, new ApprovalWord("li", At(1), "please"), null, null);

    private static Approval Decided(Approval request, ApprovalStatus status) =>
        request with { Status = status, Decision = new ApprovalWord("wang", At(2), "seen") };

    private async Task AskAsync(string document)
    {
        await Save(document, 0);
        Assert.True(await Approvals.AskAsync(Request(1, document), 1, default));
    }

    private async Task<Approval> ApproveAsync(string document)
    {
        await AskAsync(document);
        var approved = Decided(Request(1, document), ApprovalStatus.Approved);
        Assert.True(await Approvals.ChangeAsync(approved, ApprovalStatus.Open, default));
        return approved;
    }

    private async Task RequireAsync() =>
        await Store.PublishAsync(ApprovalSetting.Kind, ApprovalSetting.Key, ApprovalSetting.Write(ApprovalSetting.Required), At(0), "boss", default);

    private async Task<IEnumerable<string>> EditorsAsync() => (await Approvals.EditsAsync(Key, default)).Select(edit => edit.Actor);

    private ValueTask<bool> Save(string document, int revision, string actor = "li") =>
        Store.SaveDraftAsync("journey", Key, document, revision, At(1), actor, default);

    private ValueTask<int> Publish(string document, int revision, int approval) =>
        Store.PublishJourneyAsync(Key, document, new PublishTerms(revision, approval), At(2), "publisher", default);
}
