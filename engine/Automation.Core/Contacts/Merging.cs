using System.Collections.Immutable;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>
/// Two contacts that turned out to be one person. Histories add, the earliest first-seen wins, the survivor's word stands where
/// both have one. The other's enrollments get fresh ordinals; those the survivor has too are ended by facts of their own.
/// </summary>
public static class Merging
{
    public static Contact Absorb(Contact survivor, Contact other)
    {
        var shift = survivor.NextEnrollment - 1;
        return survivor with
        {
            FirstSeen = Instant.Min(survivor.FirstSeen, other.FirstSeen),
            LastActivity = Later(survivor.LastActivity, other.LastActivity),
            Attributes = Fill(survivor.Attributes, other.Attributes),
            Tags = SortedSet.Change(survivor.Tags, other.Tags, []),
            Identities = [.. survivor.Identities, .. other.Identities.Where(identity => !survivor.Identities.Contains(identity))],
            Histories = Contacts.Histories.Merge(survivor.Histories, other.Histories),
            Consents = other.Consents.Aggregate(survivor.Consents, Contacts.Consents.Set),
            Quotas = AddQuotas(survivor.Quotas, other.Quotas),
            RecentSends = Contacts.RecentSends.Merge(survivor.RecentSends, other.RecentSends),
            Enrollments = [.. survivor.Enrollments, .. other.Enrollments.Select(one => one with { Ordinal = one.Ordinal + shift })],
            Memories = MergeMemories(survivor.Memories, other.Memories),
            Goals = [.. survivor.Goals, .. other.Goals.Select(goal => goal with { Ordinal = goal.Ordinal + shift })],
            Armed = [.. survivor.Armed, .. other.Armed.Where(theirs => !survivor.Armed.Any(ours => ours.Journey == theirs.Journey))],
            Messages = [.. survivor.Messages, .. other.Messages.Select(message => message with { Enrollment = message.Enrollment + shift })],
            Lists = SortedSet.Change(survivor.Lists, other.Lists, []),
            Replayed = [.. survivor.Replayed, .. other.Replayed.Where(failed => !survivor.Replayed.Contains(failed))],
            NextEnrollment = survivor.NextEnrollment + other.NextEnrollment - 1,
        };
    }

    private static Instant? Later(Instant? one, Instant? two) =>
        one is null ? two : two is null ? one : Instant.Max(one.Value, two.Value);

    private static PropertyBag Fill(PropertyBag ours, PropertyBag theirs)
    {
        foreach (var (name, value) in theirs)
        {
            if (!ours.ContainsKey(name))
            {
                ours = ours.With(name, value);
            }
        }
        return ours;
    }

    private static ImmutableArray<Quota> AddQuotas(ImmutableArray<Quota> ours, ImmutableArray<Quota> theirs)
    {
        foreach (var quota in theirs)
        {
            var known = Contacts.Quotas.Find(ours, quota.Name);
            ours = [.. ours.Where(one => one.Name != quota.Name), new Quota(quota.Name, known.Balance + quota.Balance, known.Reserved + quota.Reserved)];
        }
        return ours;
    }

    private static ImmutableArray<JourneyMemory> MergeMemories(ImmutableArray<JourneyMemory> ours, ImmutableArray<JourneyMemory> theirs)
    {
        foreach (var memory in theirs)
        {
            var known = Contacts.Memories.Find(ours, memory.Journey);
            ours = Contacts.Memories.Set(ours, known is null ? memory : new JourneyMemory(
                memory.Journey,
                known.Enrolled + memory.Enrolled,
                Later(known.LastEnrolledAt, memory.LastEnrolledAt),
                [.. known.Keys.Concat(memory.Keys).Distinct(StringComparer.Ordinal).TakeLast(JourneyMemory.KeysMax)],
                Later(known.FiredFor, memory.FiredFor)));
        }
        return ours;
    }
}
