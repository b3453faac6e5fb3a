namespace Automation.Bus.Contracts;

/// <summary>Committed messages of one account and channel, on their way to a dispatcher. What MassTransit sees of it is few and flat.</summary>
/// <param name="Messages">The messages as <see cref="MessageBytes"/> packs them: for thousands a second, JSON of JSON costs too much.</param>
public sealed record OutboxHandedOn(string Account, string Channel, int Count, byte[] Messages);
