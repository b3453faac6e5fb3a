using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Runtime.Partitions;

/// <summary>
/// Which partition decides what. A contact's timers, outcomes and commands go to the contact's own; an event goes by its strongest
/// identity, the same for every event that names it. Somebody known by two identities may so be touched by two partitions: that
/// is correct, only slower.
/// </summary>
public static class PartitionOf
{
    /// <summary>Facts about definitions have no contact, so one partition keeps them all in order.</summary>
    public const int Definitions = 0;

    public static int Contact(long id) => PartitionedNumber.Partition(id);

    public static int Event(ContactEvent happened, int partitions)
    {
        if (partitions == 1 || happened.Identities.IsDefaultOrEmpty)
        {
            return 0;
        }
        var strongest = happened.Identities[0];
        foreach (var identity in happened.Identities)
        {
            if (Rank(identity.Type) < Rank(strongest.Type))
            {
                strongest = identity;
            }
        }
        return (int)(StableHash.Share("partition", strongest.Type, strongest.Value) * partitions);
    }

    private static int Rank(string type) => type switch
    {
        Identity.UserId => 0,
        Identity.UnionId => 1,
        Identity.ExternalUserId => 2,
        Identity.Phone => 3,
        Identity.AnonymousId => 6,
        _ => type.StartsWith(Identity.OpenIdPrefix, StringComparison.Ordinal) ? 4 : 5,
    };
}
