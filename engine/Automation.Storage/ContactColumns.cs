using System.Collections.Immutable;
using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Storage;

/// <summary>What of a contact stands in columns of its own beside its state: its next deadline and where its enrollments stand.</summary>
internal static class ContactColumns
{
    /// <summary>In milliseconds, and never early: a contact handed out before its deadline would find nothing to do and be handed out again.</summary>
    public static long? Due(Instant? due)
    {
        if (due is not { } time)
        {
            return null;
        }
        var milliseconds = time.ToUnixTimeMilliseconds();
        return Instant.FromUnixTimeMilliseconds(milliseconds) < time ? milliseconds + 1 : milliseconds;
    }

    public static Enrollment? Find(ImmutableArray<Enrollment> enrollments, int ordinal)
    {
        foreach (var enrollment in enrollments)
        {
            if (enrollment.Ordinal == ordinal)
            {
                return enrollment;
            }
        }
        return null;
    }

    /// <summary>Whether the row of an enrollment is the same for both.</summary>
    public static bool StandsAlike(Enrollment left, Enrollment right) =>
        ReferenceEquals(left, right)
        || (left.Version == right.Version && left.Step == right.Step && left.Status == right.Status
            && left.HeldSince is null == right.HeldSince is null && left.Since == right.Since && left.WakeAt == right.WakeAt);
}
