using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>What the core asks of the world. This file is the whole list; the shell acts only after the commit.</summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Hand a message or call to its account's connector. The content is final.</summary>
    /// <param name="Message">Stable id: hash of enrollment, step, visit and chain link.</param>
    /// <param name="AddressType">Identity type of <paramref name="Address"/>, e.g. <c>phone</c>; empty where the channel needs none.</param>
    /// <param name="SendBefore">Not to be handed to the vendor at or after this time (quiet hours begin); null for no bound.</param>
    public sealed record SendMessage(
        Guid Message,
        int Ordinal,
        string Journey,
        int Version,
        string Step,
        string Channel,
        string Account,
        string Template,
        bool IsCall,
        string AddressType,
        string Address,
        PropertyBag Content,
        Instant? SendBefore) : Effect;

    /// <summary>Hand the same message out again.</summary>
    public sealed record ResendMessage(Guid Message, int Attempt, Instant? SendBefore) : Effect;

    /// <summary>Take a message back that is still in the outbox; too late is no error.</summary>
    public sealed record CancelMessage(Guid Message) : Effect;

    /// <summary>An event of our own for the same contact: decided in the same batch, before the commit.</summary>
    public sealed record EmitEvent(ContactEvent Event) : Effect;
}
