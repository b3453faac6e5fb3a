using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>The rows of the table of kinds for facts about one enrollment at one step.</summary>
internal static class StepKinds
{
    public static ImmutableArray<FactKind> All { get; } =
    [
        FactKind.Of<StepFact.WaitStarted>(
            "wait_started",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Flag("for_event"u8, f.ForEvent);
                to.Time("until"u8, f.Until);
            },
            static (in f) => new StepFact.WaitStarted(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Flag("for_event"u8), f.Details.OptionalTime("until"u8))),
        FactKind.Of<StepFact.WaitEnded>(
            "wait_ended",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Choice("by"u8, f.By);
                to.Text("event_id"u8, f.EventId);
            },
            static (in f) => new StepFact.WaitEnded(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Choice<WaitEnd>("by"u8), f.Details.OptionalText("event_id"u8))),
        FactKind.Of<StepFact.BranchTaken>(
            "branch_taken",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Text("branch"u8, f.Branch);
            },
            static (in f) => new StepFact.BranchTaken(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.Text("branch"u8))),
        FactKind.Of<StepFact.VariantDrawn>(
            "variant_drawn",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Text("variant"u8, f.Variant);
                to.WriteNumber("share"u8, f.Share);
                to.Flag("holdout"u8, f.Holdout);
            },
            static (in f) => new StepFact.VariantDrawn(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Text("variant"u8), f.Details.GetProperty("share"u8).GetDouble(),
                f.Details.Flag("holdout"u8))),
        FactKind.Of<StepFact.MessageQueued>(
            "message_queued",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Whole("chain_index"u8, f.ChainIndex);
                to.Text("channel"u8, f.Channel);
                to.Text("account"u8, f.Account);
                to.Text("template"u8, f.Template);
                to.Whole("template_version"u8, f.TemplateVersion);
                to.Flag("is_call"u8, f.IsCall);
                to.Text("quota"u8, f.Quota);
                to.Time("answer_by"u8, f.AnswerBy);
            },
            static (in f) => new StepFact.MessageQueued(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Int("chain_index"u8), f.Details.Text("channel"u8),
                f.Details.Text("account"u8), f.Details.Text("template"u8), f.Details.Int("template_version"u8),
                f.Details.Flag("is_call"u8), f.Details.OptionalText("quota"u8),
                f.Details.OptionalTime("answer_by"u8))),
        FactKind.Of<StepFact.MessageSuppressed>(
            "message_suppressed",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Whole("chain_index"u8, f.ChainIndex);
                to.Text("channel"u8, f.Channel);
                to.Text("template"u8, f.Template);
                to.Text("text"u8, f.Text);
            },
            static (in f) => new StepFact.MessageSuppressed(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Int("chain_index"u8), f.Details.Text("channel"u8), f.Details.Text("template"u8),
                f.Details.OptionalText("text"u8))),
        FactKind.Of<StepFact.MessagePostponed>(
            "message_postponed",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Whole("chain_index"u8, f.ChainIndex);
                to.Text("channel"u8, f.Channel);
                to.Text("template"u8, f.Template);
                to.Time("until"u8, f.Until);
            },
            static (in f) => new StepFact.MessagePostponed(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Int("chain_index"u8), f.Details.Text("channel"u8), f.Details.Text("template"u8),
                f.Details.Time("until"u8))),
        FactKind.Of<StepFact.MessageSent>(
            "message_sent",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
                to.Text("vendor_id"u8, f.VendorId);
                to.Flag("await_receipt"u8, f.AwaitReceipt);
                to.Time("receipt_by"u8, f.ReceiptBy);
            },
            static (in f) => new StepFact.MessageSent(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Text("channel"u8), f.Details.OptionalText("vendor_id"u8),
                f.Details.Flag("await_receipt"u8), f.Details.OptionalTime("receipt_by"u8))),
        FactKind.Of<StepFact.MessageProgressed>(
            "message_progressed",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
                to.Text("stage"u8, f.Stage);
            },
            static (in f) => new StepFact.MessageProgressed(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Text("channel"u8), f.Details.Text("stage"u8))),
        FactKind.Of<StepFact.MessageDelivered>(
            "message_delivered",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
            },
            static (in f) => new StepFact.MessageDelivered(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Text("channel"u8))),
        FactKind.Of<StepFact.MessageFailed>(
            "message_failed",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
                to.Text("code"u8, f.Code);
                to.Text("text"u8, f.Text);
            },
            static (in f) => new StepFact.MessageFailed(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Text("channel"u8), f.Details.OptionalText("code"u8),
                f.Details.OptionalText("text"u8))),
        FactKind.Of<StepFact.RetryScheduled>(
            "retry_scheduled",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
                to.Whole("attempt"u8, f.Attempt);
                to.Time("at"u8, f.At);
                to.Text("code"u8, f.Code);
                to.Text("text"u8, f.Text);
            },
            static (in f) => new StepFact.RetryScheduled(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Text("channel"u8), f.Details.Int("attempt"u8),
                f.Details.Time("at"u8), f.Details.OptionalText("code"u8), f.Details.OptionalText("text"u8))),
        FactKind.Of<StepFact.MessageRetried>(
            "message_retried",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
                to.Whole("attempt"u8, f.Attempt);
            },
            static (in f) => new StepFact.MessageRetried(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Text("channel"u8), f.Details.Int("attempt"u8))),
        FactKind.Of<StepFact.MessageReplayed>(
            "message_replayed",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.WriteString("failed"u8, f.Failed);
                to.Whole("chain_index"u8, f.ChainIndex);
                to.Text("channel"u8, f.Channel);
                to.Text("account"u8, f.Account);
                to.Text("template"u8, f.Template);
                to.Flag("is_call"u8, f.IsCall);
                to.Text("quota"u8, f.Quota);
            },
            static (in f) => new StepFact.MessageReplayed(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.GetProperty("message"u8).GetGuid(), f.Details.GetProperty("failed"u8).GetGuid(),
                f.Details.Int("chain_index"u8), f.Details.Text("channel"u8), f.Details.Text("account"u8), f.Details.Text("template"u8),
                f.Details.Flag("is_call"u8), f.Details.OptionalText("quota"u8))),
        FactKind.Of<StepFact.ReplayRefused>(
            "replay_refused",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("failed"u8, f.Failed);
                to.Text("channel"u8, f.Channel);
                to.Text("template"u8, f.Template);
            },
            static (in f) => new StepFact.ReplayRefused(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.GetProperty("failed"u8).GetGuid(), f.Details.Text("channel"u8),
                f.Details.Text("template"u8))),
        FactKind.Of<StepFact.ReceiptGivenUp>(
            "receipt_given_up",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
            },
            static (in f) => new StepFact.ReceiptGivenUp(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.Id("message"u8), f.Details.Text("channel"u8))),
        FactKind.Of<StepFact.MessageUnknown>(
            "message_unknown",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Text("channel"u8, f.Channel);
                to.Text("text"u8, f.Text);
            },
            static (in f) => new StepFact.MessageUnknown(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.Text("channel"u8), f.Details.OptionalText("text"u8))),
        FactKind.Of<StepFact.FallbackStarted>(
            "fallback_started",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Whole("chain_index"u8, f.ChainIndex);
            },
            static (in f) => new StepFact.FallbackStarted(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Int("chain_index"u8))),
        FactKind.Of<StepFact.CallAnswered>(
            "call_answered",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.WriteString("message"u8, f.Message);
                to.Bag("response"u8, f.Response);
            },
            static (in f) => new StepFact.CallAnswered(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Id("message"u8), f.Details.OptionalBag("response"u8) ?? PropertyBag.Empty)),
        FactKind.Of<StepFact.ContactUpdated>(
            "contact_updated",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Bag("set"u8, f.Set);
                to.Texts("unset"u8, f.Unset);
                to.Texts("added_tags"u8, f.AddedTags);
                to.Texts("removed_tags"u8, f.RemovedTags);
            },
            static (in f) => new StepFact.ContactUpdated(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.OptionalBag("set"u8) ?? PropertyBag.Empty, f.Details.Texts("unset"u8),
                f.Details.Texts("added_tags"u8), f.Details.Texts("removed_tags"u8))),
        FactKind.Of<StepFact.EventEmitted>(
            "event_emitted",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Text("event"u8, f.Event);
                to.Text("event_id"u8, f.EventId);
            },
            static (in f) => new StepFact.EventEmitted(
                f.Journey, f.Version, f.Ordinal, f.Step, f.Visit,
                f.Details.Text("event"u8), f.Details.Text("event_id"u8))),
        FactKind.Of<StepFact.Stuck>(
            "stuck",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Text("text"u8, f.Text);
            },
            static (in f) => new StepFact.Stuck(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.OptionalText("text"u8))),
        FactKind.Of<StepFact.Unstuck>(
            "unstuck",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Flag("skipped"u8, f.Skipped);
            },
            static (in f) => new StepFact.Unstuck(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.Flag("skipped"u8))),
        FactKind.Of<StepFact.Held>(
            "held",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Flag("enters_step"u8, f.EntersStep);
            },
            static (in f) => new StepFact.Held(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.Flag("enters_step"u8))),
        FactKind.Of<StepFact.Released>(
            "released",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Time("wake_at"u8, f.WakeAt);
            },
            static (in f) => new StepFact.Released(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.OptionalTime("wake_at"u8))),
        FactKind.Of<StepFact.Moved>(
            "moved",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Whole("from_version"u8, f.FromVersion);
            },
            static (in f) => new StepFact.Moved(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.Int("from_version"u8))),
        FactKind.Of<StepFact.Exited>(
            "exited",
            static (to, f) =>
            {
                to.Whole("visit"u8, f.Visit);
                to.Text("event_id"u8, f.EventId);
            },
            static (in f) => new StepFact.Exited(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit, f.Details.OptionalText("event_id"u8))),
        FactKind.Of<StepFact.Completed>(
            "completed",
            static (to, f) => to.Whole("visit"u8, f.Visit),
            static (in f) => new StepFact.Completed(f.Journey, f.Version, f.Ordinal, f.Step, f.Visit)),
    ];
}
