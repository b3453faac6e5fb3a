using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Core.Sending;

/// <summary>What a message would be for one contact now, by the very code that sends. It decides nothing and records nothing.</summary>
public static class Preview
{
    /// <summary>The content with its templates rendered, or the first fault in words; and why it would not leave now, if a gate is closed.</summary>
    /// <param name="account">Where the message would go; its limits hold.</param>
    /// <param name="eventName">The event that would have enrolled the contact, if the template reads one.</param>
    public static PreviewedMessage Of(
        JourneySet journeys, Contact contact, MessageTemplate template, string account, string? eventName, PropertyBag properties, Instant now)
    {
        var turn = new Turn(journeys, contact, now);
        var enrollment = new Enrollment(1, "preview", 1, null, now) { Step = "preview", Event = properties, EventName = eventName };
        var (content, error) = new CompiledContent(template.Content).Render(turn, enrollment);
        var traits = journeys.FindAccount(account)?.Channels.FirstOrDefault(one => one.Channel == template.Channel);
        var way = new Way(template.Channel, account, template.Key, null, traits is null ? Channels.AddressType(template.Channel) : traits.AddressType);
        var verdict = Gates.Ask(turn, enrollment, way);
        var tooLarge = content is null ? null : SizeLimits.Exceeded(turn, way, content);
        return new PreviewedMessage(
            content, error, verdict.IsOpen ? tooLarge is null ? null : Reasons.TooLarge : verdict.Reason,
            way.AddressType is null ? null : Gates.AddressOf(contact, way.AddressType));
    }

    /// <summary>Whether a rule holds for a contact now, with no event at hand.</summary>
    public static bool Matches(JourneySet journeys, Contact contact, CompiledRule rule, Instant now) =>
        rule.Matches(new Turn(journeys, contact, now).Rules(withEvent: false));

    /// <summary>Whether a contact is in a segment, or on a list, now.</summary>
    public static bool IsIn(JourneySet journeys, Contact contact, string segment, Instant now) =>
        contact.Lists.Contains(segment) || (journeys.SegmentRules.Find(segment) is { } rule && Matches(journeys, contact, rule, now));
}

/// <param name="Content">Null where a template is faulty; then <paramref name="Error"/> says where.</param>
/// <param name="Refused">The reason of the first gate that is closed now; null where it would be sent.</param>
public readonly record struct PreviewedMessage(PropertyBag? Content, string? Error, string? Refused, Identity? Address);
