using Automation.Core.Deciding;
using Automation.Runtime.Approvals;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Runtime.Tests.Definitions;
using NodaTime;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Tests.Approvals;

public sealed class ApprovalDeskTests : IAsyncLifetime
{
    private const string Key = "welcome";

    private readonly InterruptedStore _store = new();
    private DefinitionsFixture _fixture = null!;

    private ApprovalDesk Desk => _fixture.Approvals;

    public async Task InitializeAsync()
    {
        _fixture = await DefinitionsFixture.StartAsync(store: _store);
        await _fixture.SaveAllAsync();
        await SaveAsync("24h", "user:li");
        await Desk.SetAsync(ApprovalSetting.Required, "user:boss");
    }

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Where_no_approval_is_asked_for_publishing_is_as_ever()
    {
        await Desk.SetAsync(ApprovalSetting.None, "user:boss");

        Assert.Equal((Codes.ApprovalOff, "Expected a workspace that asks for approval, but this one does not: publish it."), await RefusedAsync(AskAsync("user:li")));
        Assert.Equal(1, await PublishAsync("user:li"));
    }

    [Fact]
    public async Task What_nobody_approved_is_not_published()
    {
        Assert.Equal((Codes.ApprovalRequired, "Expected a draft of 'welcome' that somebody else approved, but nobody asked for approval yet."), await RefusedAsync(PublishAsync("user:zhao")));
        await AskAsync("user:li");
        Assert.Equal(
            (Codes.ApprovalRequired, "Expected a draft of 'welcome' that somebody else approved, but li asked at 2026-03-01 12:00, and nobody decided yet."),
            await RefusedAsync(PublishAsync("user:zhao")));
        await Desk.RejectAsync(Key, 1, "too soon", "user:wang");
        Assert.Equal(
            (Codes.ApprovalRequired, "Expected a draft of 'welcome' that somebody else approved, but wang rejected it at 2026-03-01 12:00 ('too soon')."),
            await RefusedAsync(PublishAsync("user:zhao")));
        await AskAsync("user:li");
        await Desk.WithdrawAsync(Key, 2, "user:li");
        Assert.Equal(Codes.ApprovalRequired, (await RefusedAsync(PublishAsync("user:zhao"))).Code);
        Assert.Equal(0, (await FindAsync()).PublishedVersion);
    }

    [Fact]
    public async Task What_somebody_else_approved_is_published_by_anybody_and_once()
    {
        await AskAsync("user:li", comment: "for the holidays");
        await Desk.ApproveAsync(Key, 1, "", "user:wang");

        Assert.Equal(1, await PublishAsync("user:zhao"));

        Assert.Equal(Codes.ApprovalRequired, (await RefusedAsync(PublishAsync("user:zhao"))).Code);
        Assert.Equal(ApprovalStatus.Published, (await RequestAsync()).Status);
        Assert.Equal(
            ["approval_set by user:boss: ", "approval_asked by user:li: for the holidays", "approval_given by user:wang: ", "journey_published by user:zhao: "],
            await FactsAsync("definition_saved"));
        var published = Assert.Single(await RowsAsync("journey_published"));
        Assert.Contains("\"asked_by\":\"user:li\",\"approved_by\":\"user:wang\"", published.Details, StringComparison.Ordinal);
        var asked = Assert.Single(await RowsAsync("approval_asked"));
        Assert.Contains(Approval.HashOf((await FindAsync()).Published!), asked.Details, StringComparison.Ordinal);
        Assert.Contains("/steps", asked.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_draft_makes_a_request_and_an_approval_void_and_says_so()
    {
        await AskAsync("user:li");
        await SaveAsync("25h", "user:wang");
        Assert.Equal(
            (Codes.ApprovalStale, "Expected the draft that li asked about at 2026-03-01 12:00, but it was changed by wang at 2026-03-01 12:00."),
            await RefusedAsync(Desk.ApproveAsync(Key, 1, "", "user:zhao")));

        await AskAsync("user:li");
        _fixture.Engine.Clock.Advance(Duration.FromMinutes(3));
        await Desk.ApproveAsync(Key, 2, "", "user:zhao");
        _fixture.Engine.Clock.Advance(Duration.FromMinutes(17));
        await SaveAsync("26h", "user:wang");

        Assert.Equal(
            (Codes.ApprovalStale, "Expected the draft that zhao approved at 2026-03-01 12:03, but it was changed by wang at 2026-03-01 12:20: ask for approval again."),
            await RefusedAsync(PublishAsync("user:li")));
        // Back to what was approved is another draft all the same.
        await SaveAsync("25h", "user:wang");
        Assert.Equal(Codes.ApprovalStale, (await RefusedAsync(PublishAsync("user:li"))).Code);
        Assert.Equal(
            ["approval_voided by user:wang: ", "approval_voided by user:wang: "], (await FactsAsync()).Where(fact => fact.StartsWith("approval_voided", StringComparison.Ordinal)));
        Assert.Contains("\"approved_by\":\"user:zhao\"", (await RowsAsync("approval_voided"))[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asked_or_changed_the_draft_does_not_decide()
    {
        await SaveAsync("25h", "user:chen");
        await AskAsync("user:wu");

        foreach (var own in new[] { "user:wu", "user:chen", "user:li" })
        {
            Assert.Equal(Codes.OwnApproval, (await RefusedAsync(Desk.ApproveAsync(Key, 1, "", own))).Code);
            Assert.Equal(Codes.OwnApproval, (await RefusedAsync(Desk.RejectAsync(Key, 1, "no", own))).Code);
        }
        Assert.Equal(Codes.OwnApproval, (await RefusedAsync(Desk.WithdrawAsync(Key, 1, "user:li"))).Code);
        await Desk.ApproveAsync(Key, 1, "", "user:wang");
        await PublishAsync("user:wang");
        // Edits before the last publication are nobody's concern any more.
        await SaveAsync("26h", "user:wu");
        await AskAsync("user:wu");
        await Desk.ApproveAsync(Key, 2, "", "user:chen");
    }

    [Fact]
    public async Task A_key_is_the_person_who_made_it()
    {
        await MakeKeyAsync("a1", "user:li");
        await MakeKeyAsync("a2", "key:a1");
        await MakeKeyAsync("b1", "user:boss");
        await MakeKeyAsync("s1", "server");
        await MakeKeyAsync("s2", "server");
        await AskAsync("key:a1");

        var refused = await RefusedAsync(Desk.ApproveAsync(Key, 1, "", "user:li"));
        Assert.Equal(
            (Codes.OwnApproval, "Expected somebody other than who asked, but key:a1 asked at 2026-03-01 12:00, and li is the same person by a key."), refused);
        Assert.Equal(Codes.OwnApproval, (await RefusedAsync(Desk.ApproveAsync(Key, 1, "", "key:a1"))).Code);
        Assert.Equal(Codes.OwnApproval, (await RefusedAsync(Desk.ApproveAsync(Key, 1, "", "key:a2"))).Code);
        await Desk.ApproveAsync(Key, 1, "", "key:b1");
        await PublishAsync("key:b1");

        // Keys of the first start were made by nobody who has a name.
        await SaveAsync("25h", "key:s1");
        await AskAsync("key:s1");
        Assert.Equal(Codes.OwnApproval, (await RefusedAsync(Desk.ApproveAsync(Key, 2, "", "key:s1"))).Code);
        await Desk.ApproveAsync(Key, 2, "", "key:s2");
    }

    [Fact]
    public async Task It_is_published_as_it_was_approved()
    {
        await Desk.AskAsync(Key, null, InFlightChoice.Move, true, "", "user:li");
        await Desk.ApproveAsync(Key, 1, "", "user:wang");

        Assert.Equal(
            (Codes.ApprovalDiffers, "Expected in_flight move and count_existing true, as wang at 2026-03-01 12:00 approved it, but found other choices."),
            await RefusedAsync(PublishAsync("user:li")));
        Assert.Equal(1, await _fixture.Journeys.PublishAsync(Key, InFlightChoice.Move, true, "user:li"));
    }

    [Fact]
    public async Task One_request_stands_at_a_time_and_only_the_one_that_was_looked_at_is_decided()
    {
        await AskAsync("user:li");
        Assert.Equal(Codes.ApprovalStands, (await RefusedAsync(AskAsync("user:chen"))).Code);
        await Desk.WithdrawAsync(Key, 1, "user:li");
        await AskAsync("user:chen");

        Assert.Equal(
            (Codes.ApprovalEnded, "Expected the latest request for 'welcome', but 1 is followed by 2: look at that one."),
            await RefusedAsync(Desk.ApproveAsync(Key, 1, "", "user:wang")));
        Assert.Equal(Codes.NotFound, (await RefusedAsync(Desk.ApproveAsync(Key, 3, "", "user:wang"))).Code);
        await Desk.ApproveAsync(Key, 2, "", "user:wang");
        Assert.Equal(Codes.ApprovalEnded, (await RefusedAsync(Desk.RejectAsync(Key, 2, "no", "user:zhao"))).Code);
        Assert.Equal(Codes.ApprovalStands, (await RefusedAsync(AskAsync("user:li"))).Code);
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_does_and_the_other_is_told()
    {
        await AskAsync("user:li");
        _store.BeforeChanging = async () => await Desk.ApproveAsync(Key, 1, "", "user:wang");

        Assert.Equal(
            (Codes.ApprovalEnded, "Expected request 1 for 'welcome' to wait, but wang approved it at 2026-03-01 12:00."), await RefusedAsync(Desk.RejectAsync(Key, 1, "no", "user:zhao")));

        Assert.Equal("user:wang", (await RequestAsync()).Decision?.By);
        Assert.Equal(["approval_given by user:wang: "], (await FactsAsync()).Where(fact => fact.StartsWith("approval_", StringComparison.Ordinal)).Skip(2));
    }

    [Fact]
    public async Task A_draft_that_changes_while_it_is_approved_or_published_is_neither()
    {
        await AskAsync("user:li");
        _store.BeforeChanging = () => SaveAsync("25h", "user:chen");
        Assert.Equal(Codes.ApprovalStale, (await RefusedAsync(Desk.ApproveAsync(Key, 1, "", "user:wang"))).Code);

        await AskAsync("user:li");
        await Desk.ApproveAsync(Key, 2, "", "user:wang");
        _store.BeforePublishing = () => SaveAsync("26h", "user:chen");
        Assert.Equal(Codes.ApprovalStale, (await RefusedAsync(PublishAsync("user:li"))).Code);

        Assert.Contains("26h", (await FindAsync()).Draft, StringComparison.Ordinal);
        Assert.Equal(0, (await FindAsync()).PublishedVersion);
        Assert.Empty(await RowsAsync("journey_published"));
    }

    [Fact]
    public async Task A_request_that_is_withdrawn_while_it_is_published_holds_it_back()
    {
        await AskAsync("user:li");
        await Desk.ApproveAsync(Key, 1, "", "user:wang");
        _store.BeforePublishing = async () => await Desk.WithdrawAsync(Key, 1, "user:li");

        Assert.Equal(Codes.ApprovalRequired, (await RefusedAsync(PublishAsync("user:zhao"))).Code);
        Assert.Equal(0, (await FindAsync()).PublishedVersion);
    }

    [Fact]
    public async Task The_setting_that_is_turned_on_while_a_publication_is_under_way_holds_it_back()
    {
        await Desk.SetAsync(ApprovalSetting.None, "user:boss");
        _store.BeforePublishing = async () => await Desk.SetAsync(ApprovalSetting.Required, "user:boss");

        Assert.Equal(Codes.ApprovalRequired, (await RefusedAsync(PublishAsync("user:li"))).Code);
        Assert.Equal(0, (await FindAsync()).PublishedVersion);
    }

    [Fact]
    public async Task A_draft_that_changes_while_it_is_published_is_not_lost_where_no_approval_is_needed_either()
    {
        await Desk.SetAsync(ApprovalSetting.None, "user:boss");
        _store.BeforePublishing = () => SaveAsync("25h", "user:chen");

        Assert.Equal(Codes.RevisionConflict, (await RefusedAsync(PublishAsync("user:li"))).Code);
        Assert.Contains("25h", (await FindAsync()).Draft, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_version_that_is_brought_back_and_an_archived_journey_need_approval_as_well()
    {
        await AskAsync("user:li");
        await Desk.ApproveAsync(Key, 1, "", "user:wang");
        await PublishAsync("user:li");
        var first = (await FindAsync()).Published!;
        await SaveAsync("25h", "user:li");
        await AskAsync("user:li");
        await Desk.ApproveAsync(Key, 2, "", "user:wang");
        await PublishAsync("user:li");

        await _fixture.SaveAsync(DefinitionKinds.Journey, Key, first, "user:li");
        Assert.Equal(Codes.ApprovalRequired, (await RefusedAsync(PublishAsync("user:li"))).Code);
        await _fixture.SaveAsync(DefinitionKinds.Journey, Key, (await FindAsync()).Published!, "user:li");
        await _fixture.Journeys.ArchiveAsync(Key, "user:li");
        Assert.Equal(Codes.ApprovalRequired, (await RefusedAsync(PublishAsync("user:li"))).Code);
        Assert.Equal(Codes.ApprovalRequired, (await RefusedAsync(new ValueTask<int>(MoveAsync()))).Code);

        async Task<int> MoveAsync() => await _fixture.Journeys.PublishAsync(Key, InFlightChoice.Move, false, "user:li");
    }

    [Fact]
    public async Task A_journey_that_is_deleted_and_made_again_begins_without_approval()
    {
        await AskAsync("user:li");
        await Desk.ApproveAsync(Key, 1, "", "user:wang");

        await _fixture.Desk.DeleteAsync(DefinitionKinds.Journey, Key, "user:wang");
        await SaveAsync("24h", "user:wang");

        Assert.Equal(Codes.ApprovalStale, (await RefusedAsync(PublishAsync("user:wang"))).Code);
        Assert.Equal("user:wang", Assert.Single(await RowsAsync("approval_voided")).Actor);
        Assert.Equal(2, (await AskAsync("user:wang")).Number);
    }

    private Task SaveAsync(string wait, string actor) =>
        _fixture.SaveAsync(DefinitionKinds.Journey, Key, Workspaces.Welcome.Replace("24h", wait, StringComparison.Ordinal), actor);

    private ValueTask<Approval> AskAsync(string actor, string comment = "") => Desk.AskAsync(Key, null, InFlightChoice.Stay, false, comment, actor);

    private ValueTask<int> PublishAsync(string actor) => _fixture.Journeys.PublishAsync(Key, InFlightChoice.Stay, false, actor);

    private async Task MakeKeyAsync(string id, string maker) => await _store.PublishAsync("key", id, "{}", Given.Noon, maker, CancellationToken.None);

    private async Task<Definition> FindAsync() => (await _store.FindAsync(DefinitionKinds.Journey, Key, CancellationToken.None))!;

    private async Task<Approval> RequestAsync() => (await _store.FindAsync(Key, CancellationToken.None))!;

    private static async Task<(string Code, string Message)> RefusedAsync<T>(ValueTask<T> doing)
    {
        var refused = await Assert.ThrowsAsync<DefinitionRefusedException>(async () => await doing);
        return (refused.Code, refused.Message);
    }

    private async Task<IReadOnlyList<LedgerRow>> RowsAsync(string? kind) =>
        await _fixture.Engine.Memory.FactsAsync(new FactQuery(Contact: 0, Kind: kind, Limit: 1_000), CancellationToken.None);

    private async Task<IEnumerable<string>> FactsAsync(string? but = null) =>
        (await RowsAsync(null)).Reverse().Where(row => row.Kind != but).Select(row => $"{row.Kind} by {row.Actor}: {row.Reason}");
}
