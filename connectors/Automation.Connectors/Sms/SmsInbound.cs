using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Automation.Connectors.Sms;

/// <summary>What a reply to an SMS is to the engine: a received message, and an opt-out where it says so.</summary>
public static class SmsInbound
{
    /// <summary>Makes the events of one reply.</summary>
    /// <param name="phone">Who wrote, as <see cref="SmsPhone.TryRead"/> gives it.</param>
    /// <param name="text">What they wrote.</param>
    /// <param name="at">When.</param>
    /// <param name="vendorId">The vendor's id of the reply; null where it has none, and one is derived.</param>
    /// <param name="words">The words that opt out.</param>
    /// <param name="evidence">What the vendor says of the reply besides: the extension it came to, the signature. Kept with the event.</param>
    public static IEnumerable<InboundEvent> Events(
        string phone, string text, DateTimeOffset at, string? vendorId, OptOutWords words, IReadOnlyDictionary<string, string?> evidence)
    {
        var id = vendorId ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{phone}\n{at:O}\n{text}")).AsSpan(0, 16));
        var said = new Dictionary<string, object?> { ["channel"] = "sms", ["text"] = text };
        foreach (var (name, value) in evidence)
        {
            if (!string.IsNullOrEmpty(value))
            {
                said[name] = value;
            }
        }

        yield return Event(InboundEvent.MessageReceived, $"reply-{id}", said);
        if (words.Find(text) is { } word)
        {
            said["source"] = $"reply {word}";
            yield return Event(InboundEvent.ConsentRevoked, $"opt-out-{id}", said);
        }

        InboundEvent Event(string name, string messageId, Dictionary<string, object?> properties) => new()
        {
            Identity = new Address("phone", phone),
            Name = name,
            Properties = JsonSerializer.SerializeToElement(properties),
            OccurredAt = at,
            MessageId = messageId,
        };
    }
}
