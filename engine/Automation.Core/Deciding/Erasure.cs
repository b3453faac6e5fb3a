using Automation.Core.Steps;

namespace Automation.Core.Deciding;

/// <summary>
/// A person goes: journeys end, what is queued is taken back, and then the contact is nobody. What stands in the ledger stays, and
/// what of it is personal is encrypted under a key that the store deletes with this fact.
/// </summary>
internal static class Erasure
{
    public static void Apply(Turn turn, Command.Erase erase)
    {
        foreach (var enrollment in turn.Contact.Enrollments)
        {
            Walk.Exit(turn, enrollment, Reasons.Erased);
        }
        turn.Record(new ContactFact.ContactErased(erase.Why));
    }
}
