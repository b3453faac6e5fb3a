using Xunit.Abstractions;

namespace Automation.Connectors.Tests.Kit;

/// <summary>The kit is only worth something if it fails on what is wrong: a broken connector for each promise.</summary>
public sealed class ConformanceKitTests(ITestOutputHelper output)
{
    public static TheoryData<Mistake, string> Mistakes => new()
    {
        { Mistake.OtherContract, "manifest_complete" },
        { Mistake.ManifestWithoutName, "manifest_complete" },
        { Mistake.TextNotAccepted, "schema_accepts_text" },
        { Mistake.DefaultRefused, "defaults_accepted" },
        { Mistake.UnknownPropertyTaken, "unknown_property_refused" },
        { Mistake.PlaceNotNamed, "missing_property_refused" },
        { Mistake.ResultMissing, "one_result_each" },
        { Mistake.RequestForNothing, "empty_batch" },
        { Mistake.LargeBatchCutOff, "large_batch_split" },
        { Mistake.TextStripped, "text_intact" },
        { Mistake.ChannelNotChecked, "unknown_channel_alone" },
        { Mistake.SizeNotChecked, "oversized_alone" },
        { Mistake.ContentNotChecked, "no_object_refused" },
        { Mistake.RefusalTakenForSuccess, "partial_failure" },
        { Mistake.CancellationThrown, "cancelled_before" },
        { Mistake.ResultsMixed, "concurrent_calls" },
        { Mistake.TokenEachTime, "token_fetched_once" },
        { Mistake.TokenNeverDropped, "token_expired_midway" },
        { Mistake.HealthSends, "healthy_account" },
        { Mistake.QuestionsDropped, "every_question_answered" },
        { Mistake.ConnectionRefusedIsUnknown, "nobody_listens" },
        { Mistake.TimeOutIsFailure, "silent_after_taking" },
        { Mistake.ResetRepeated, "reset_after_taking" },
        { Mistake.CutAnswerIsRefusal, "answer_cut_short" },
        { Mistake.NoTimeOut, "answer_dripping" },
        { Mistake.ForeignPageIsRefusal, "wrong_characters" },
        { Mistake.WaitIgnored, "busy_with_wait" },
        { Mistake.BusyIsLasting, "busy" },
        { Mistake.InnerErrorIsLasting, "inner_error" },
        { Mistake.CancellationForgotten, "cancelled_midway" },
        { Mistake.BrokenAfterFault, "works_again" },
        { Mistake.ClockRetried, "clock_skew" },
        { Mistake.LostMeansNeverCame, "lost_answer_asked" },
        { Mistake.ReceiptOnce, "receipt_twice" },
        { Mistake.ReceiptsSwapped, "receipts_any_order" },
        { Mistake.ReceiptsInMemory, "receipt_late" },
        { Mistake.ReceiptWithoutReason, "receipt_failed" },
        { Mistake.ProofNotChecked, "callback_forged" },
        { Mistake.NonsenseThrown, "callback_nonsense" },
        { Mistake.AddressLogged, "nothing_leaks" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_breaks_its_promise(Mistake mistake, string promise)
    {
        var outcome = await ConformanceKit.TryAsync(new CarelessRig(mistake), ConformanceKit.Promises.Single(one => one.Key == promise));

        output.WriteLine(outcome.ToString());
        Assert.False(outcome.Kept, outcome.ToString());
        Assert.StartsWith("Expected ", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connector_without_a_mistake_keeps_every_promise()
    {
        var outcomes = await ConformanceKit.RunAsync(new CarelessRig(Mistake.None), one => output.WriteLine(one.ToString()));

        Assert.Equal(ConformanceKit.Promises.Count, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.True(outcome.Kept is not false, outcome.ToString()));
        Assert.Equal(["repeat_by_id"], outcomes.Where(outcome => outcome.Kept is null).Select(outcome => outcome.Promise.Key));
    }

    [Fact]
    public void Every_promise_has_a_mistake_that_breaks_it()
    {
        // Serving the manifest cannot fail while it holds values only, and repeats are the idempotent webhook's matter.
        string[] without = ["manifest_as_json", "repeat_by_id"];

        var broken = Mistakes.Select(row => (string)row[1]).Concat(without).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(ConformanceKit.Promises.Select(promise => promise.Key).Order(StringComparer.Ordinal), broken);
    }
}
