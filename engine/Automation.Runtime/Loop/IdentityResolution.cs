using System.Collections.Immutable;
using Automation.Core.Contacts;

namespace Automation.Runtime.Loop;

/// <summary>
/// Whose event is it? The user id decides, then the other identities in their order. Two contacts that turn out to be one are
/// joined, unless both have a user id: then two people share a device or a number, and what is one's stays one's. Only
/// <c>alias</c>, which says it outright, joins two user ids.
/// </summary>
/// <param name="Target">Null when nobody is known by any of the identities.</param>
/// <param name="Joined">Contacts that the target absorbs first.</param>
/// <param name="Foreign">Identities that stay with somebody else, and so are no part of this event.</param>
internal readonly record struct IdentityResolution(
    CachedContact? Target, ImmutableArray<CachedContact> Joined, ImmutableArray<Identity> Foreign)
{
    /// <summary>The owners have to be in the cache already.</summary>
    public static IdentityResolution Of(ContactEvent happened, ContactCache cache)
    {
        var identities = happened.Identities;
        CachedContact? only = null;
        var everyOwned = true;
        var severalOwners = false;
        foreach (var identity in identities)
        {
            var owner = cache.Find(identity);
            everyOwned &= owner is not null;
            severalOwners |= owner is not null && only is not null && !ReferenceEquals(owner, only);
            only ??= owner;
        }
        return only is null || (everyOwned && !severalOwners)
            ? new IdentityResolution(only, [], [])
            : Weigh(happened, cache);
    }

    private static IdentityResolution Weigh(ContactEvent happened, ContactCache cache)
    {
        var lead = Lead(happened.Identities);
        var joins = happened.Type == EventType.Alias;
        var target = lead is { } user ? cache.Find(user) : null;
        var named = lead is not null;
        var joined = ImmutableArray.CreateBuilder<CachedContact>();
        var foreign = ImmutableArray.CreateBuilder<Identity>();
        foreach (var identity in happened.Identities)
        {
            var owner = cache.Find(identity);
            if (owner is null || ReferenceEquals(owner, target) || joined.Contains(owner))
            {
                continue;
            }
            if (target is null)
            {
                // A new user id takes over a contact without one; somebody else's contact it leaves alone.
                if (lead is null || joins || !HasUserId(owner))
                {
                    target = owner;
                    named |= HasUserId(owner);
                }
                else
                {
                    foreign.Add(identity);
                }
            }
            else if (joins || !named || !HasUserId(owner))
            {
                joined.Add(owner);
                named |= HasUserId(owner);
            }
            else
            {
                foreign.Add(identity);
            }
        }
        return Surviving(target, joined, foreign.ToImmutable(), lead is { } first && target is not null && ReferenceEquals(cache.Find(first), target));
    }

    // The one with the user id survives, else the older.
    private static IdentityResolution Surviving(
        CachedContact? target, ImmutableArray<CachedContact>.Builder joined, ImmutableArray<Identity> foreign, bool isNamed)
    {
        if (target is null || joined.Count == 0 || isNamed)
        {
            return new IdentityResolution(target, joined.ToImmutable(), foreign);
        }
        var survivor = target;
        foreach (var other in joined)
        {
            if ((HasUserId(other), -other.Id).CompareTo((HasUserId(survivor), -survivor.Id)) > 0)
            {
                survivor = other;
            }
        }
        if (!ReferenceEquals(survivor, target))
        {
            joined.Remove(survivor);
            joined.Add(target);
        }
        return new IdentityResolution(survivor, joined.ToImmutable(), foreign);
    }

    private static Identity? Lead(ImmutableArray<Identity> identities)
    {
        foreach (var identity in identities)
        {
            if (identity.Type == Identity.UserId)
            {
                return identity;
            }
        }
        return null;
    }

    private static bool HasUserId(CachedContact contact) => Lead(contact.Contact.Identities) is not null;
}
