using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Core.Journeys.Linting;

/// <summary>
/// The names that recorded events carry. No document says which attributes contacts have, so a slip of the pen such as
/// <c>contact.nmae</c> can be told only beside events: it would match nobody and print nothing.
/// </summary>
public sealed class SeenNames
{
    private readonly HashSet<string> _attributes = ["id", "tags", "first_seen", "last_activity"];
    private readonly HashSet<string> _properties = ["name"];

    public void Add(ContactEvent happened)
    {
        // Identities and traits may come with any event; what a track call carries is the event's alone.
        _attributes.UnionWith(happened.Identities.Select(identity => identity.Type));
        (happened.Type is EventType.Identify or EventType.Group ? _attributes : _properties).UnionWith(happened.Properties.Select(property => property.Key));
    }

    /// <summary>What journeys themselves write into contacts.</summary>
    public void Add(IEnumerable<string> attributes) => _attributes.UnionWith(attributes.Select(name => name.Split('.')[0]));

    /// <summary>Whether nobody carries what <c>contact.x</c> or <c>event.x</c> names. Other variables are always there.</summary>
    public bool Misses(string variable)
    {
        var names = variable.Split('.');
        return names switch
        {
            ["contact", var attribute, ..] => !_attributes.Contains(attribute) && !_attributes.Contains(variable["contact.".Length..]),
            ["event", var property, ..] => !_properties.Contains(property) && !_properties.Contains(variable["event.".Length..]),
            _ => false,
        };
    }

    /// <summary>What was meant by a variable that nobody carries, as the end of a sentence.</summary>
    public string Hint(string variable)
    {
        var (root, known) = variable.StartsWith("contact.", StringComparison.Ordinal) ? ("contact.", _attributes) : ("event.", _properties);
        return Nearest.Hint(variable, known.Select(name => root + name));
    }
}
