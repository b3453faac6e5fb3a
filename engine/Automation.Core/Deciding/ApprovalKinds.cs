using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>The rows of the table of kinds for facts about approvals.</summary>
internal static class ApprovalKinds
{
    public static ImmutableArray<FactKind> All { get; } =
    [
        FactKind.Of<WorkspaceFact.ApprovalAsked>(
            "approval_asked",
            static (to, f) =>
            {
                to.Whole("number"u8, f.Number);
                to.Text("hash"u8, f.Hash);
                to.Choice("in_flight"u8, f.InFlight);
                to.Flag("count_existing"u8, f.CountExisting);
            },
            static (in f) => new WorkspaceFact.ApprovalAsked(
                f.Journey, f.Details.Int("number"u8), f.Details.Text("hash"u8), f.Details.Choice<InFlightChoice>("in_flight"u8),
                f.Details.Flag("count_existing"u8))),
        FactKind.Of<WorkspaceFact.ApprovalGiven>(
            "approval_given",
            static (to, f) =>
            {
                to.Whole("number"u8, f.Number);
                to.Text("hash"u8, f.Hash);
                to.Text("asked_by"u8, f.AskedBy);
            },
            static (in f) => new WorkspaceFact.ApprovalGiven(
                f.Journey, f.Details.Int("number"u8), f.Details.Text("hash"u8), f.Details.Text("asked_by"u8))),
        FactKind.Of<WorkspaceFact.ApprovalRejected>(
            "approval_rejected",
            static (to, f) =>
            {
                to.Whole("number"u8, f.Number);
                to.Text("hash"u8, f.Hash);
                to.Text("asked_by"u8, f.AskedBy);
            },
            static (in f) => new WorkspaceFact.ApprovalRejected(
                f.Journey, f.Details.Int("number"u8), f.Details.Text("hash"u8), f.Details.Text("asked_by"u8))),
        FactKind.Of<WorkspaceFact.ApprovalWithdrawn>(
            "approval_withdrawn",
            static (to, f) =>
            {
                to.Whole("number"u8, f.Number);
                to.Text("hash"u8, f.Hash);
            },
            static (in f) => new WorkspaceFact.ApprovalWithdrawn(f.Journey, f.Details.Int("number"u8), f.Details.Text("hash"u8))),
        FactKind.Of<WorkspaceFact.ApprovalVoided>(
            "approval_voided",
            static (to, f) =>
            {
                to.Whole("number"u8, f.Number);
                to.Text("hash"u8, f.Hash);
                to.Text("asked_by"u8, f.AskedBy);
                to.Text("approved_by"u8, f.ApprovedBy);
            },
            static (in f) => new WorkspaceFact.ApprovalVoided(
                f.Journey, f.Details.Int("number"u8), f.Details.Text("hash"u8), f.Details.Text("asked_by"u8), f.Details.OptionalText("approved_by"u8))),
        FactKind.Of<WorkspaceFact.ApprovalWasSet>(
            "approval_set",
            static (to, f) =>
            {
                to.Text("before"u8, f.Before);
                to.Text("after"u8, f.After);
            },
            static (in f) => new WorkspaceFact.ApprovalWasSet(f.Details.Text("before"u8), f.Details.Text("after"u8))),
    ];
}
