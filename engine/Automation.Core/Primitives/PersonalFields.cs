namespace Automation.Core.Primitives;

/// <summary>Names and numbers of people never stand in facts in clear: rules may look at them, the ledger shows only that they did.</summary>
public static class PersonalFields
{
    public const string Masked = "•••";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "name", "first_name", "last_name", "full_name", "nickname", "phone", "mobile", "email", "address", "id_card",
        "firstName", "lastName", "fullName", "nickName", "姓名", "手机", "手机号", "电话", "邮箱", "地址", "身份证",
    };

    /// <summary>Whether a rule's field, e.g. <c>contact.phone</c>, is one of them.</summary>
    public static bool Masks(string field)
    {
        if (field == "event.name")
        {
            return false; // The event's own name, not a person's.
        }
        var dot = field.LastIndexOf('.');
        return Names.Contains(dot < 0 ? field : field[(dot + 1)..]);
    }
}
