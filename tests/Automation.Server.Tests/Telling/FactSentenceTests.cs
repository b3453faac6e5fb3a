using Automation.Core.Deciding;
using Automation.Server.Telling;
using Xunit;

namespace Automation.Server.Tests.Telling;

/// <summary>Facts read as sentences in both languages: no names of branches, commands, channels or routes that only the engine uses.</summary>
public sealed class FactSentenceTests
{
    private static readonly Wording English = new(LocalTimes.Of("Asia/Shanghai"), isChinese: false);
    private static readonly Wording Chinese = new(LocalTimes.Of("Asia/Shanghai"), isChinese: true);

    [Fact]
    public void Whom_no_branch_wanted_is_told_so()
    {
        var fact = new StepFact.BranchTaken("welcome", 1, 1, "level", 1, "otherwise");

        Assert.Equal("none of the branches applied, so it took the way for everybody else", FactSentence.Of(fact, English));
        Assert.Equal("不符合任何分支，走“其他人”", FactSentence.Of(fact, Chinese));
    }

    [Theory]
    [InlineData("/api/contacts/42", "personal data was looked at in the page of contact 42, by lin", "在联系人 42 的页面查看了个人信息，操作者 lin")]
    [InlineData("/api/contacts/{id:long}", "personal data was looked at in the list of contacts, by lin", "在联系人列表查看了个人信息，操作者 lin")]
    [InlineData("/api/contacts/{id:long}/timeline", "personal data was looked at in the contact's timeline, by lin", "在联系人时间线查看了个人信息，操作者 lin")]
    [InlineData("/api/messages/0195a0a0-0000-7000-8000-000000000001", "personal data was looked at in message 0195a0a0-0000-7000-8000-000000000001, by lin", "在消息 0195a0a0-0000-7000-8000-000000000001查看了个人信息，操作者 lin")]
    [InlineData("/api/sandbox/mailbox", "personal data was looked at in the sandbox mailbox, by lin", "在沙箱信箱查看了个人信息，操作者 lin")]
    public void Who_looked_at_a_person_is_told_with_the_place_and_never_with_a_routes_pattern(string where, string english, string chinese)
    {
        var fact = new ContactFact.PersonalSeen(where) { Actor = "user:lin" };

        Assert.Equal(english, FactSentence.Of(fact, English));
        Assert.Equal(chinese, FactSentence.Of(fact, Chinese));
    }

    [Fact]
    public void A_refused_command_is_told_by_what_it_does()
    {
        var fact = new ContactFact.StimulusRejected("replay_message", "Expected a message that was not replayed yet, but 7 was.") { Reason = "already_replayed" };

        Assert.StartsWith("replaying the failed message does not apply: replayed already (already_replayed).", FactSentence.Of(fact, English), StringComparison.Ordinal);
        Assert.Equal("重放失败消息不适用：已经重放过（already_replayed）", FactSentence.Of(fact, Chinese));
    }

    [Fact]
    public void A_bulk_action_is_told_with_its_target_in_words_and_local_time()
    {
        var fact = new WorkspaceFact.BulkActionStarted("replay_failed", "1", "journey:greet reason:bad_address from:2026-03-01T02:00:00Z", 2) { Actor = "user:lin", Reason = "numbers mended" };

        Assert.Equal(
            "replaying failed messages began for 2 (journey greet, the address does not exist (bad_address), from 2026-03-01 10:00:00 on): numbers mended, by lin",
            FactSentence.Of(fact, English));
        Assert.Equal("开始重放失败消息，共 2（旅程 greet，地址不存在（bad_address），自 2026-03-01 10:00:00 起）：numbers mended，操作者 lin", FactSentence.Of(fact, Chinese));
    }

    [Fact]
    public void One_is_no_plural()
    {
        Assert.Equal("1 session of lin ended (signed out)", FactSentence.Of(new WorkspaceFact.SessionsEnded("lin", 1) { Reason = "signed_out" }, English));
        Assert.Equal("2 sessions of lin ended (by an admin)", FactSentence.Of(new WorkspaceFact.SessionsEnded("lin", 2) { Reason = "admin" }, English));
    }

    [Fact]
    public void Every_reason_of_the_engine_has_words()
    {
        Assert.Empty(Reasons.All.Where(reason => !ReasonWords.Knows(reason)));
    }
}
