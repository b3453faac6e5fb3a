using Automation.Core.Deciding;
using NodaTime;

namespace Automation.Server.Cli.Audit;

/// <summary>A fact as one plain sentence for the people who drew the journey. The values it looked at stand in <see cref="LookedSentence"/>.</summary>
internal static class FactSentence
{
    public static string Of(Fact fact, LocalTimes times)
    {
        var sentence = fact switch
        {
            StepFact step => StepSentence.Of(step, times),
            JourneyFact journey => OfJourney(journey, times),
            ContactFact contact => OfContact(contact, times),
            WorkspaceFact workspace => AccessSentence.Of(workspace) ?? OfWorkspace(workspace),
            _ => FactJson.Kind(fact),
        };
        return fact.Actor is { Length: > 0 } actor ? $"{sentence}, by {actor}" : sentence;
    }

    private static string OfJourney(JourneyFact fact, LocalTimes times) => fact switch
    {
        JourneyFact.Enrolled { Key: { } key } => $"entered the journey for {key}",
        JourneyFact.Enrolled => "entered the journey",
        JourneyFact.NotEnrolled => $"did not enter: {fact.Reason}",
        JourneyFact.TriggerArmed armed => $"did the first part of the trigger; the other is looked for until {times.Show(armed.Due)}",
        JourneyFact.TriggerDisarmed => "did the other part in time, so the trigger will not fire",
        JourneyFact.TriggerFired fired => $"the trigger's time came, {times.Show(fired.Due)}, counted from {times.Show(fired.BaseTime)}",
        JourneyFact.GoalWatched { Until: { } until } => $"the goal counts until {times.Show(until)}",
        JourneyFact.GoalWatched => "the goal counts from now on",
        JourneyFact.GoalReached { Value: { } value } => FormattableString.Invariant($"reached the goal, worth {value}"),
        JourneyFact.GoalReached => "reached the goal",
        JourneyFact.GoalMissed => "the goal's time passed without it",
        _ => FactJson.Kind(fact),
    };

    private static string OfContact(ContactFact fact, LocalTimes times) => fact switch
    {
        ContactFact.StimulusRejected rejected => $"{rejected.Stimulus} does not apply ({fact.Reason}): {rejected.Text}",
        ContactFact.EventTooLate late => $"{late.Event} of {times.Show(late.OccurredAt)} came too late to start anything; it counts as history",
        ContactFact.TagsChanged tags => $"tags: {Changes(tags.Added, tags.Removed)}",
        ContactFact.ListsChanged lists => $"lists: {Changes(lists.Added, lists.Removed)}",
        ContactFact.ConsentChanged word => $"{(word.Granted ? "gave" : "took back")} consent for {word.Channel} ({word.Source})",
        ContactFact.QuotaChanged quota => FormattableString.Invariant($"quota {quota.Quota}: {quota.Amount:+0;-0}, now {quota.Balance}"),
        ContactFact.SegmentEntered entered => $"came into segment {entered.Segment}",
        ContactFact.SegmentLeft left => $"left segment {left.Segment}",
        ContactFact.ContactAbsorbed absorbed => FormattableString.Invariant($"contact {absorbed.Other} turned out to be this one"),
        ContactFact.ContactMerged merged => FormattableString.Invariant($"turned out to be contact {merged.Survivor}"),
        _ => FactJson.Kind(fact),
    };

    private static string OfWorkspace(WorkspaceFact fact) => fact switch
    {
        WorkspaceFact.DefinitionSaved saved => FormattableString.Invariant($"{saved.Kind} {saved.Key} saved, version {saved.Version}"),
        WorkspaceFact.DefinitionDeleted deleted => $"{deleted.Kind} {deleted.Key} deleted",
        WorkspaceFact.JourneyPublished published =>
            FormattableString.Invariant($"version {published.Version} published; people on the way {InFlight(published.InFlight)}"),
        WorkspaceFact.JourneyWasPaused { Time: PauseTime.StandsStill } => "paused, time stands still",
        WorkspaceFact.JourneyWasPaused => "paused, time keeps counting",
        WorkspaceFact.JourneyResumed resumed => FormattableString.Invariant(
            $"resumed; {resumed.Held} held, spread over {Duration.FromSeconds(resumed.Spread.TotalSeconds).ToTimeSpan():c}"),
        WorkspaceFact.JourneyArchived => "archived",
        WorkspaceFact.ScheduleSwept swept => FormattableString.Invariant($"the schedule fired; {swept.Contacts} contacts were asked"),
        WorkspaceFact.KeyCreated created => $"key {created.KeyId} created, role {created.Role}{(created.Scopes.IsDefaultOrEmpty ? "" : $", only {string.Join(", ", created.Scopes)}")}{(created.ExpiresAt is { } end ? $", until {end}" : "")}",
        WorkspaceFact.KeyRevoked revoked => $"key {revoked.KeyId} revoked",
        WorkspaceFact.Imported imported => FormattableString.Invariant($"{imported.Rows} {imported.What} imported, {imported.Rejected} rejected"),
        WorkspaceFact.EventsRejected rejected => FormattableString.Invariant(
            $"{rejected.Count} refused at the door ({fact.Reason}){(rejected.Pointer.Length > 0 ? $" at {rejected.Pointer}" : "")}: {rejected.Text}"),
        _ => FactJson.Kind(fact),
    };

    private static string InFlight(InFlightChoice choice) => choice switch
    {
        InFlightChoice.Move => "move to it",
        InFlightChoice.Exit => "leave",
        _ => "stay on their version",
    };

    private static string Changes(IEnumerable<string> added, IEnumerable<string> removed) =>
        string.Join(", ", added.Select(one => $"+{one}").Concat(removed.Select(one => $"-{one}")));
}
