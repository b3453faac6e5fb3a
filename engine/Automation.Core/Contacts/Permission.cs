using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Contacts;

/// <summary>A contact's word on one channel: yes or no, since when, and how we know (e.g. <c>identify</c>, <c>reply:TD</c>, <c>api</c>).</summary>
/// <param name="Since">When it was given.</param>
/// <param name="Evidence">What proves it: which text in which version was agreed to, where, and whatever else was recorded. See <c>ConsentEvidence</c>.</param>
public readonly record struct ChannelConsent(string Channel, bool Granted, Instant Since, string Source, PropertyBag? Evidence = null);

/// <summary>A consumable permission or budget, e.g. subscription credits of one template. Reserved when a message is queued, given back when it fails.</summary>
/// <param name="Balance">What may still be reserved; 0 or more.</param>
/// <param name="Reserved">Taken by messages whose outcome is open.</param>
public readonly record struct Quota(string Name, long Balance, long Reserved);

/// <summary>A send that frequency caps count. A message that failed for good is taken out again.</summary>
public readonly record struct RecentSend(Instant At, string Channel, Guid Message);
