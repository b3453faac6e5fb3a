using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Steps;

namespace Automation.Core.Deciding;

/// <summary>Two contacts become one; of a journey that both are in, the survivor's enrollment is kept and the other ends.</summary>
internal static class Absorption
{
    public static void Apply(Turn turn, Contact other)
    {
        var known = turn.Contact.Enrollments.Select(enrollment => (enrollment.Journey, enrollment.Key)).ToImmutableHashSet();
        var firstMoved = turn.Contact.NextEnrollment;
        turn.Record(new ContactFact.ContactAbsorbed(other.Id), other);
        foreach (var enrollment in turn.Contact.Enrollments)
        {
            if (enrollment.Ordinal >= firstMoved && known.Contains((enrollment.Journey, enrollment.Key)))
            {
                Walk.Exit(turn, enrollment, Reasons.Merged);
            }
        }
    }
}
