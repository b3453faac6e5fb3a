using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>A kind of fact: its stable name, and how its own fields are written and read.</summary>
internal sealed record FactKind(string Name, Type Type, Action<Utf8JsonWriter, Fact> Write, FactKind.Reader Read)
{
    internal delegate Fact Reader(in FactSource from);

    public static FactKind Of<T>(string name, Action<Utf8JsonWriter, T> write, Reader read)
        where T : Fact => new(name, typeof(T), (to, fact) => write(to, (T)fact), read);
}

/// <summary>What a fact is read from: the header's columns and the details.</summary>
internal readonly struct FactSource(FactHeader header, JsonElement details)
{
    public JsonElement Details => details;

    public string Journey => header.Journey ?? throw Missing("journey");

    public int Version => header.Version ?? throw Missing("version");

    public int Ordinal => header.Ordinal ?? throw Missing("ordinal");

    public string Step => header.Step ?? throw Missing("step");

    public int Visit => details.Int("visit"u8);

    private JsonException Missing(string field) => new($"Expected a {field} in '{header.Kind}', but there is none.");
}

/// <summary>The table of all kinds. A row is frozen once released: new behaviour is a new row.</summary>
internal static class FactKinds
{
    public static ImmutableArray<FactKind> All { get; } =
        [.. ContactKinds(), .. PersonalKinds.All, .. JourneyKinds(), .. StepKinds.All, .. WorkspaceKinds.All, .. ApprovalKinds.All, .. AccessKinds.All];

    private static ImmutableArray<FactKind> ContactKinds() =>
    [
        FactKind.Of<ContactFact.StimulusRejected>(
            "stimulus_rejected",
            static (to, f) =>
            {
                to.Text("stimulus"u8, f.Stimulus);
                to.Text("text"u8, f.Text);
            },
            static (in f) => new ContactFact.StimulusRejected(f.Details.Text("stimulus"u8), f.Details.Text("text"u8))),
        FactKind.Of<ContactFact.EventTooLate>(
            "event_too_late",
            static (to, f) =>
            {
                to.Text("event"u8, f.Event);
                to.Text("event_id"u8, f.EventId);
                to.Time("occurred_at"u8, f.OccurredAt);
            },
            static (in f) => new ContactFact.EventTooLate(f.Details.Text("event"u8), f.Details.Text("event_id"u8), f.Details.Time("occurred_at"u8))),
        FactKind.Of<ContactFact.TagsChanged>(
            "tags_changed",
            static (to, f) => Changes(to, f.Added, f.Removed),
            static (in f) => new ContactFact.TagsChanged(f.Details.Texts("added"u8), f.Details.Texts("removed"u8))),
        FactKind.Of<ContactFact.ListsChanged>(
            "lists_changed",
            static (to, f) => Changes(to, f.Added, f.Removed),
            static (in f) => new ContactFact.ListsChanged(f.Details.Texts("added"u8), f.Details.Texts("removed"u8))),
        FactKind.Of<ContactFact.QuotaChanged>(
            "quota_changed",
            static (to, f) =>
            {
                to.Text("quota"u8, f.Quota);
                to.Whole("amount"u8, f.Amount);
                to.Whole("balance"u8, f.Balance);
            },
            static (in f) => new ContactFact.QuotaChanged(f.Details.Text("quota"u8), f.Details.Whole("amount"u8), f.Details.Whole("balance"u8))),
        FactKind.Of<ContactFact.SegmentEntered>(
            "segment_entered",
            static (to, f) => to.Text("segment"u8, f.Segment),
            static (in f) => new ContactFact.SegmentEntered(f.Details.Text("segment"u8))),
        FactKind.Of<ContactFact.SegmentLeft>(
            "segment_left",
            static (to, f) => to.Text("segment"u8, f.Segment),
            static (in f) => new ContactFact.SegmentLeft(f.Details.Text("segment"u8))),
        FactKind.Of<ContactFact.ContactAbsorbed>(
            "contact_absorbed",
            static (to, f) => to.Whole("other"u8, f.Other),
            static (in f) => new ContactFact.ContactAbsorbed(f.Details.Whole("other"u8))),
        FactKind.Of<ContactFact.ContactMerged>(
            "contact_merged",
            static (to, f) => to.Whole("survivor"u8, f.Survivor),
            static (in f) => new ContactFact.ContactMerged(f.Details.Whole("survivor"u8))),
    ];

    private static ImmutableArray<FactKind> JourneyKinds() =>
    [
        FactKind.Of<JourneyFact.TriggerArmed>(
            "trigger_armed",
            static (to, f) =>
            {
                to.Text("event_id"u8, f.EventId);
                to.Time("due"u8, f.Due);
            },
            static (in f) => new JourneyFact.TriggerArmed(f.Journey, f.Version, f.Details.Text("event_id"u8), f.Details.Time("due"u8))),
        FactKind.Of<JourneyFact.TriggerDisarmed>(
            "trigger_disarmed",
            static (to, f) => to.Text("event_id"u8, f.EventId),
            static (in f) => new JourneyFact.TriggerDisarmed(f.Journey, f.Version, f.Details.Text("event_id"u8))),
        FactKind.Of<JourneyFact.TriggerFired>(
            "trigger_fired",
            static (to, f) =>
            {
                to.Time("base_time"u8, f.BaseTime);
                to.Time("due"u8, f.Due);
            },
            static (in f) => new JourneyFact.TriggerFired(f.Journey, f.Version, f.Details.Time("base_time"u8), f.Details.Time("due"u8))),
        FactKind.Of<JourneyFact.NotEnrolled>(
            "not_enrolled",
            static (_, _) => { },
            static (in f) => new JourneyFact.NotEnrolled(f.Journey, f.Version)),
        FactKind.Of<JourneyFact.Enrolled>(
            "enrolled",
            static (to, f) =>
            {
                to.Text("key"u8, f.Key);
                to.Time("enrolled_at"u8, f.EnrolledAt);
                to.Text("event_id"u8, f.EventId);
                to.Bag("properties"u8, f.Properties);
            },
            static (in f) => new JourneyFact.Enrolled(
                f.Journey, f.Version, f.Ordinal, f.Details.OptionalText("key"u8), f.Details.Time("enrolled_at"u8),
                f.Details.OptionalText("event_id"u8), f.Details.OptionalBag("properties"u8))),
        FactKind.Of<JourneyFact.GoalWatched>(
            "goal_watched",
            static (to, f) =>
            {
                to.Time("enrolled_at"u8, f.EnrolledAt);
                to.Time("until"u8, f.Until);
                to.Text("event_id"u8, f.EventId);
            },
            static (in f) => new JourneyFact.GoalWatched(
                f.Journey, f.Version, f.Ordinal, f.Details.Time("enrolled_at"u8), f.Details.OptionalTime("until"u8), f.Details.OptionalText("event_id"u8))),
        FactKind.Of<JourneyFact.GoalReached>(
            "goal_reached",
            static (to, f) =>
            {
                to.Text("event_id"u8, f.EventId);
                to.Exact("value"u8, f.Value);
            },
            static (in f) => new JourneyFact.GoalReached(
                f.Journey, f.Version, f.Ordinal, f.Details.Text("event_id"u8), f.Details.OptionalExact("value"u8))),
        FactKind.Of<JourneyFact.GoalMissed>(
            "goal_missed",
            static (_, _) => { },
            static (in f) => new JourneyFact.GoalMissed(f.Journey, f.Version, f.Ordinal)),
    ];

    private static void Changes(Utf8JsonWriter to, ImmutableArray<string> added, ImmutableArray<string> removed)
    {
        to.Texts("added"u8, added);
        to.Texts("removed"u8, removed);
    }
}
