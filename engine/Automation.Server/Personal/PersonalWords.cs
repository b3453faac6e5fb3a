using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Server.Personal;

/// <summary>
/// The words by which a contact could be known, with what stands in their place: to mask them in texts that were written with them.
/// </summary>
internal sealed class PersonalWords
{
    public static readonly PersonalWords None = new();

    private readonly Dictionary<string, string> _masks = new(StringComparer.Ordinal);

    public static PersonalWords Of(Contact? contact, PersonalFields fields)
    {
        if (contact is null)
        {
            return None;
        }
        var words = new PersonalWords();
        foreach (var identity in contact.Identities)
        {
            if (fields.Contains(identity.Type))
            {
                words.Add(identity.Type, identity.Value);
            }
        }
        ContactBags.Map(
            contact,
            bag =>
            {
                words.Gather(bag, fields);
                return bag;
            },
            static identities => identities);
        return words;
    }

    /// <summary>The text with the contact's words masked, and whatever else looks like a number or an address of a person.</summary>
    public string Mask(string text)
    {
        // Longer words first: a name may be part of an address.
        foreach (var (word, mask) in _masks.OrderByDescending(static one => one.Key.Length))
        {
            text = text.Replace(word, mask, StringComparison.Ordinal);
        }
        return PersonalMask.Text(text);
    }

    public object? Mask(object? value, PersonalFields fields) => value switch
    {
        string text => Mask(text),
        PropertyBag bag => Mask(bag, fields),
        IReadOnlyList<object?> list => list.Select(item => Mask(item, fields)).ToList(),
        _ => PersonalMask.Other(value, fields),
    };

    public PropertyBag Mask(PropertyBag bag, PersonalFields fields)
    {
        foreach (var (name, value) in bag)
        {
            bag = bag.With(name, fields.Contains(name) ? PersonalMask.Value(name, value) : Mask(value, fields));
        }
        return bag;
    }

    private void Gather(PropertyBag bag, PersonalFields fields, string? within = null)
    {
        foreach (var (name, value) in bag)
        {
            Gather(within ?? (fields.Contains(name) ? name : null), value, fields);
        }
    }

    private void Gather(string? field, object? value, PersonalFields fields)
    {
        switch (value)
        {
            case PropertyBag bag:
                Gather(bag, fields, field);
                break;
            case IReadOnlyList<object?> list:
                foreach (var item in list)
                {
                    Gather(field, item, fields);
                }
                break;
            case not (null or bool) when field is not null:
                Add(field, PropertyValues.Text(value)!);
                break;
            default:
                break;
        }
    }

    private void Add(string field, string word)
    {
        // A single letter stands in half of all texts and names nobody.
        if (word.Length >= 2)
        {
            _masks[word] = PersonalMask.Text(field, word);
        }
        // What is kept in the international form may be written in the national one.
        if (word.StartsWith("+86", StringComparison.Ordinal) && word.Length > 5)
        {
            _masks[word[3..]] = PersonalMask.Text(field, word[3..]);
        }
    }
}
