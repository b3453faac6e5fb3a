namespace Automation.Core.Contacts;

/// <summary>A way to find a contact, e.g. (<c>phone</c>, <c>+8613800138000</c>). One identity belongs to one contact.</summary>
public readonly record struct Identity(string Type, string Value)
{
    public const string UserId = "user_id";
    public const string AnonymousId = "anonymous_id";
    public const string Phone = "phone";
    public const string UnionId = "union_id";
    public const string ExternalUserId = "external_user_id";

    /// <summary>A member of the company in WeCom.</summary>
    public const string WeComUserId = "wecom_userid";

    /// <summary>The open id of one app: <c>open_id:wx123</c>.</summary>
    public const string OpenIdPrefix = "open_id:";

    /// <summary>An address type of a plug-in's own: <c>id:pager</c>.</summary>
    public const string OwnPrefix = "id:";

    /// <summary>Whether a trait of this name is an identity rather than an attribute.</summary>
    public static bool IsIdentityTrait(string name) =>
        name is Phone or UnionId or ExternalUserId or WeComUserId or "open_id"
        || name.StartsWith(OpenIdPrefix, StringComparison.Ordinal) || name.StartsWith(OwnPrefix, StringComparison.Ordinal);

    public override string ToString() => $"{Type}={Value}";
}
