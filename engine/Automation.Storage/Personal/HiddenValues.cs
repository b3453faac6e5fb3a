using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Storage.Personal;

/// <summary>
/// How personal values stand where they are kept: a bag keeps its names in their order with null in place of what is personal, and one
/// more member, <c>$personal</c>, with all of that in one box; an identity keeps its type, with a box as value.
/// </summary>
internal static class HiddenValues
{
    /// <summary>From outside a member of this name is taken out: it could only mean to be taken for ours.</summary>
    public const string Member = "$personal";

    private const string BoxPrefix = "p1.";

    public static bool IsPersonal(PropertyBag bag, PersonalFields fields)
    {
        for (var i = 0; i < bag.Count; i++)
        {
            var (name, value) = bag.At(i);
            if (value is not null && (fields.Contains(name) || name == Member || IsPersonalWithin(value, fields)))
            {
                return true;
            }
        }
        return false;
    }

    public static bool IsPersonal(ImmutableArray<Identity> identities)
    {
        foreach (var identity in identities.IsDefault ? [] : identities)
        {
            if (IsPersonal(identity))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>By the list that is code, and not by a workspace's own: what an identity is found by must not change.</summary>
    public static bool IsPersonal(in Identity identity) => PersonalFields.Default.Contains(identity.Type);

    public static bool IsHidden(PropertyBag bag) => bag.ContainsKey(Member);

    /// <summary>Whether anything personal stands in it in clear, as nothing does that was written since it is personal.</summary>
    public static bool IsClear(PropertyBag bag, PersonalFields fields) => IsPersonal(bag.Without(Member), fields);

    public static bool IsClear(ImmutableArray<Identity> identities)
    {
        foreach (var identity in identities.IsDefault ? [] : identities)
        {
            if (IsPersonal(identity) && !IsHidden(identity))
            {
                return true;
            }
        }
        return false;
    }

    public static bool IsHidden(ImmutableArray<Identity> identities)
    {
        foreach (var identity in identities.IsDefault ? [] : identities)
        {
            if (IsHidden(identity))
            {
                return true;
            }
        }
        return false;
    }

    public static PropertyBag Hide(PropertyBag bag, PersonalFields fields, byte[] key, long contact)
    {
        var personal = PropertyBag.Empty;
        var rest = bag.Without(Member);
        foreach (var (name, value) in rest)
        {
            if (value is not null && (fields.Contains(name) || IsPersonalWithin(value, fields)))
            {
                personal = personal.With(name, value);
                rest = rest.With(name, null);
            }
        }
        return personal.Count == 0 ? rest : rest.With(Member, Close(Json(personal), key, contact));
    }

    /// <param name="key">Null where the contact's key is gone: then what was personal is, too.</param>
    public static PropertyBag Open(PropertyBag bag, byte[]? key, long contact)
    {
        var rest = bag.Without(Member);
        if (key is null || bag.Find(Member) is not string box)
        {
            return rest;
        }
        foreach (var (name, value) in PropertyJson.Parse(OpenBox(box, key, contact)))
        {
            rest = rest.With(name, value);
        }
        return rest;
    }

    public static ImmutableArray<Identity> Hide(ImmutableArray<Identity> identities, byte[] key, long contact) =>
        [.. identities.Select(one => IsPersonal(one) ? one with { Value = Close(Encoding.UTF8.GetBytes(one.Value), key, contact) } : one)];

    public static ImmutableArray<Identity> Open(ImmutableArray<Identity> identities, byte[]? key, long contact) => key is null
        ? [.. identities.Where(static one => !IsHidden(one))]
        : [.. identities.Select(one => IsHidden(one) ? one with { Value = Encoding.UTF8.GetString(OpenBox(one.Value, key, contact)) } : one)];

    /// <summary>A message's address and content in one.</summary>
    public static PropertyBag HideMessage(string address, PropertyBag content, byte[] key, long contact) =>
        PropertyBag.Of((Member, Close(Json(PropertyBag.Of(("address", address), ("content", content))), key, contact)));

    public static bool IsHiddenMessage(string content) => content.StartsWith("{\"" + Member, StringComparison.Ordinal);

    public static string Text(PropertyBag bag) => Encoding.UTF8.GetString(Json(bag));

    public static (string Address, string Content)? OpenMessage(string content, byte[]? key, long contact)
    {
        if (!IsHiddenMessage(content))
        {
            return null;
        }
        if (key is null || PropertyJson.Parse(Encoding.UTF8.GetBytes(content)).Find(Member) is not string box)
        {
            return ("", "{}");
        }
        var opened = PropertyJson.Parse(OpenBox(box, key, contact));
        return ((string)opened["address"]!, Text((PropertyBag)opened["content"]!));
    }

    /// <summary>A fact's details as JSON, with the bags in it opened.</summary>
    public static string OpenDetails(string details, byte[]? key, long contact)
    {
        var opened = PropertyJson.Parse(Encoding.UTF8.GetBytes(details));
        foreach (var (name, value) in opened)
        {
            if (value is PropertyBag bag && IsHidden(bag))
            {
                opened = opened.With(name, Open(bag, key, contact));
            }
        }
        return Text(opened);
    }

    public static bool MayBeHidden(string json) => json.Contains(Member, StringComparison.Ordinal);

    private static bool IsPersonalWithin(object value, PersonalFields fields) => value switch
    {
        PropertyBag bag => IsPersonal(bag, fields),
        IReadOnlyList<object?> list => list.Any(item => item is not null && IsPersonalWithin(item, fields)),
        _ => PersonalMask.Looks(value),
    };

    private static bool IsHidden(in Identity identity) => identity.Value.StartsWith(BoxPrefix, StringComparison.Ordinal) && IsPersonal(identity);

    private static string Close(ReadOnlySpan<byte> clear, byte[] key, long contact) => BoxPrefix + Convert.ToBase64String(AesBox.Close(key, clear, contact));

    private static byte[] OpenBox(string box, byte[] key, long contact) => AesBox.Open(key, Convert.FromBase64String(box[BoxPrefix.Length..]), contact);

    private static byte[] Json(PropertyBag bag)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(256);
        using var to = new Utf8JsonWriter(bytes, JsonFields.Options);
        PropertyJson.Write(to, bag);
        to.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
