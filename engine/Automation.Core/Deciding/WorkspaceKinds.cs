using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>The rows of the table of kinds for facts about definitions.</summary>
internal static class WorkspaceKinds
{
    public static ImmutableArray<FactKind> All { get; } =
    [
        FactKind.Of<WorkspaceFact.DefinitionSaved>(
            "definition_saved",
            static (to, f) =>
            {
                to.Text("kind"u8, f.Kind);
                to.Text("key"u8, f.Key);
                to.Whole("version"u8, f.Version);
            },
            static (in f) => new WorkspaceFact.DefinitionSaved(f.Details.Text("kind"u8), f.Details.Text("key"u8), f.Details.Int("version"u8))),
        FactKind.Of<WorkspaceFact.DefinitionDeleted>(
            "definition_deleted",
            static (to, f) =>
            {
                to.Text("kind"u8, f.Kind);
                to.Text("key"u8, f.Key);
            },
            static (in f) => new WorkspaceFact.DefinitionDeleted(f.Details.Text("kind"u8), f.Details.Text("key"u8))),
        FactKind.Of<WorkspaceFact.JourneyPublished>(
            "journey_published",
            static (to, f) =>
            {
                to.Choice("in_flight"u8, f.InFlight);
                to.Flag("count_existing"u8, f.CountExisting);
                to.Text("asked_by"u8, f.AskedBy);
                to.Text("approved_by"u8, f.ApprovedBy);
            },
            static (in f) => new WorkspaceFact.JourneyPublished(
                f.Journey, f.Version, f.Details.Choice<InFlightChoice>("in_flight"u8), f.Details.Flag("count_existing"u8),
                f.Details.OptionalText("asked_by"u8), f.Details.OptionalText("approved_by"u8))),
        FactKind.Of<WorkspaceFact.JourneyWasPaused>(
            "journey_paused",
            static (to, f) => to.Choice("time"u8, f.Time),
            static (in f) => new WorkspaceFact.JourneyWasPaused(f.Journey, f.Details.Choice<PauseTime>("time"u8))),
        FactKind.Of<WorkspaceFact.JourneyResumed>(
            "journey_resumed",
            static (to, f) =>
            {
                to.Whole("spread_ms"u8, (long)f.Spread.TotalMilliseconds);
                to.Whole("held"u8, f.Held);
            },
            static (in f) => new WorkspaceFact.JourneyResumed(
                f.Journey, Duration.FromMilliseconds(f.Details.Whole("spread_ms"u8)), f.Details.Whole("held"u8))),
        FactKind.Of<WorkspaceFact.JourneyArchived>(
            "journey_archived",
            static (_, _) => { },
            static (in f) => new WorkspaceFact.JourneyArchived(f.Journey)),
        FactKind.Of<WorkspaceFact.ScheduleSwept>(
            "schedule_swept",
            static (to, f) =>
            {
                to.Time("fired_at"u8, f.FiredAt);
                to.Whole("contacts"u8, f.Contacts);
            },
            static (in f) => new WorkspaceFact.ScheduleSwept(f.Journey, f.Version, f.Details.Time("fired_at"u8), f.Details.Whole("contacts"u8))),
        FactKind.Of<WorkspaceFact.MessagesHeld>(
            "messages_held",
            static (to, f) =>
            {
                to.Text("scope"u8, f.Scope);
                to.Text("key"u8, f.Key);
                to.Whole("waiting"u8, f.Waiting);
            },
            static (in f) => new WorkspaceFact.MessagesHeld(f.Details.Text("scope"u8), f.Details.Text("key"u8), f.Details.Whole("waiting"u8))),
        FactKind.Of<WorkspaceFact.MessagesReleased>(
            "messages_released",
            static (to, f) =>
            {
                to.Text("scope"u8, f.Scope);
                to.Text("key"u8, f.Key);
                to.Time("held_since"u8, f.HeldSince);
                to.Whole("waiting"u8, f.Waiting);
            },
            static (in f) => new WorkspaceFact.MessagesReleased(
                f.Details.Text("scope"u8), f.Details.Text("key"u8), f.Details.Time("held_since"u8), f.Details.Whole("waiting"u8))),
        FactKind.Of<WorkspaceFact.KeyCreated>(
            "key_created",
            static (to, f) =>
            {
                to.Text("key_id"u8, f.KeyId);
                to.Text("role"u8, f.Role);
                to.Texts("scopes"u8, f.Scopes);
                to.Time("expires_at"u8, f.ExpiresAt);
            },
            static (in f) => new WorkspaceFact.KeyCreated(
                f.Details.Text("key_id"u8), f.Details.Text("role"u8), f.Details.Texts("scopes"u8), f.Details.OptionalTime("expires_at"u8))),
        FactKind.Of<WorkspaceFact.KeyRevoked>(
            "key_revoked",
            static (to, f) => to.Text("key_id"u8, f.KeyId),
            static (in f) => new WorkspaceFact.KeyRevoked(f.Details.Text("key_id"u8))),
        FactKind.Of<WorkspaceFact.BulkActionStarted>(
            "bulk_action_started",
            static (to, f) =>
            {
                to.Text("action"u8, f.Action);
                to.Text("id"u8, f.Id);
                to.Text("target"u8, f.Target);
                to.Whole("before"u8, f.Before);
            },
            static (in f) => new WorkspaceFact.BulkActionStarted(
                f.Details.Text("action"u8), f.Details.Text("id"u8), f.Details.Text("target"u8), f.Details.Whole("before"u8))),
        FactKind.Of<WorkspaceFact.BulkActionEnded>(
            "bulk_action_ended",
            static (to, f) =>
            {
                to.Text("action"u8, f.Action);
                to.Text("id"u8, f.Id);
                to.Text("target"u8, f.Target);
                to.Whole("before"u8, f.Before);
                to.Whole("asked"u8, f.Asked);
                to.Whole("after"u8, f.After);
            },
            static (in f) => new WorkspaceFact.BulkActionEnded(
                f.Details.Text("action"u8), f.Details.Text("id"u8), f.Details.Text("target"u8), f.Details.Whole("before"u8), f.Details.Whole("asked"u8),
                f.Details.Whole("after"u8))),
        FactKind.Of<WorkspaceFact.Imported>(
            "imported",
            static (to, f) =>
            {
                to.Text("what"u8, f.What);
                to.Whole("rows"u8, f.Rows);
                to.Whole("rejected"u8, f.Rejected);
            },
            static (in f) => new WorkspaceFact.Imported(f.Details.Text("what"u8), f.Details.Whole("rows"u8), f.Details.Whole("rejected"u8))),
        FactKind.Of<WorkspaceFact.EventsRejected>(
            "events_rejected",
            static (to, f) =>
            {
                to.Whole("count"u8, f.Count);
                to.Text("pointer"u8, f.Pointer);
                to.Text("text"u8, f.Text);
                to.Texts("message_ids"u8, f.MessageIds);
            },
            static (in f) => new WorkspaceFact.EventsRejected(
                f.Details.Whole("count"u8), f.Details.Text("pointer"u8), f.Details.Text("text"u8), f.Details.Texts("message_ids"u8))),
    ];
}
