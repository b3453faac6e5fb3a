using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;

namespace Automation.Core.Sending;

/// <summary>What a message's templates may read: <c>contact</c>, <c>event</c>, <c>steps</c>, <c>journey</c>, <c>workspace</c>, <c>now</c>.</summary>
internal sealed class MessageModel(Turn turn, Enrollment enrollment) : IReadOnlyDictionary<string, object?>
{
    private static readonly string[] Names = ["contact", "event", "steps", "journey", "workspace", "now"];

    public IEnumerable<string> Keys => Names;

    public IEnumerable<object?> Values => Names.Select(name => this[name]);

    public int Count => Names.Length;

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => Array.IndexOf(Names, key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        value = key switch
        {
            "contact" => Contact(),
            "event" => enrollment.EventName is null ? enrollment.Event : enrollment.Event.With("name", enrollment.Event.Find("name") ?? enrollment.EventName),
            "steps" => Steps(),
            "journey" => PropertyBag.Of(("key", enrollment.Journey), ("version", (long)enrollment.Version), ("step", enrollment.Step)),
            "workspace" => PropertyBag.Of(("time_zone", turn.Journeys.Settings.TimeZone)),
            "now" => turn.Now.InZone(turn.Zone).ToDateTimeOffset(),
            _ => null,
        };
        return ContainsKey(key);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Names.Select(name => new KeyValuePair<string, object?>(name, this[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private PropertyBag Contact()
    {
        var contact = turn.Contact;
        var bag = contact.Attributes;
        if (!contact.Tags.IsEmpty && !bag.ContainsKey("tags"))
        {
            bag = bag.With("tags", contact.Tags.ToArray());
        }
        return bag.ContainsKey("id") ? bag : bag.With("id", Chance.Of(contact));
    }

    private PropertyBag Steps()
    {
        var bag = PropertyBag.Empty;
        foreach (var result in enrollment.Results)
        {
            bag = bag.With(result.Step, result.Values);
        }
        return bag;
    }
}
