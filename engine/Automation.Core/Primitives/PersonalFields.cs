using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Automation.Core.Primitives;

/// <summary>
/// Names and numbers of people: which attributes, properties and identities are about who somebody is. They never stand in facts in
/// clear, are masked for who may not see them, and are encrypted where they are kept. The list is code, and a workspace adds its own.
/// </summary>
public sealed class PersonalFields : IEquatable<PersonalFields>
{
    /// <summary>What stands in place of a value that a rule looked at.</summary>
    public const string Masked = "•••";

    private static readonly string[] Always =
    [
        "name", "first_name", "last_name", "full_name", "real_name", "nickname", "phone", "mobile", "telephone", "email", "address", "id_card",
        "firstName", "lastName", "fullName", "realName", "nickName", "phoneNumber", "phone_number", "idCard",
        "姓名", "昵称", "手机", "手机号", "电话", "邮箱", "地址", "身份证", "身份证号",
    ];

    public static readonly PersonalFields Default = new([]);

    private readonly FrozenSet<string> _names;
    private readonly SearchValues<string> _quoted;

    private PersonalFields(ImmutableArray<string> declared)
    {
        Declared = declared;
        _names = Always.Concat(declared).ToFrozenSet(StringComparer.Ordinal);
        _quoted = SearchValues.Create([.. _names.Select(static name => $"\"{name}\"")], StringComparison.Ordinal);
    }

    /// <summary>The workspace's own, sorted.</summary>
    public ImmutableArray<string> Declared { get; }

    /// <summary>With a workspace's own names beside those that always are.</summary>
    public static PersonalFields Of(IEnumerable<string> declared)
    {
        ImmutableArray<string> own = [.. declared.Where(name => name.Length > 0 && !Always.Contains(name)).Distinct().Order(StringComparer.Ordinal)];
        return own.IsEmpty ? Default : new PersonalFields(own);
    }

    /// <summary>Whether an attribute or a property of this name is one of them, also inside of others.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>Whether a JSON text has a member of one of these names, or a text that is one.</summary>
    public bool MayStandIn(ReadOnlySpan<char> json) => json.ContainsAny(_quoted);

    /// <summary>Whether a rule's field, e.g. <c>contact.phone</c>, is one of them.</summary>
    public bool Masks(string field)
    {
        if (field == "event.name")
        {
            return false; // The event's own name, not a person's.
        }
        foreach (var part in field.AsSpan().Split('.'))
        {
            if (_names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(field.AsSpan(part)))
            {
                return true;
            }
        }
        return false;
    }

    public bool Equals(PersonalFields? other) => other is not null && Declared.AsSpan().SequenceEqual(other.Declared.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as PersonalFields);

    // Only for hashed collections within one process; never stored.
    public override int GetHashCode() => Declared.Length;
}
