namespace Automation.Connectors;

/// <summary>
/// Where a contact is reached, or who a contact is at a vendor: a type and a value, as in <c>phone</c> and
/// <c>+8613900000001</c>. The types are those of the engine's identities: <c>phone</c>, <c>external_user_id</c>,
/// <c>open_id:&lt;app&gt;</c>, <c>union_id</c>, <c>user_id</c>, and <c>url</c> for a webhook.
/// </summary>
/// <param name="Type">The kind of address, lower case. Never empty.</param>
/// <param name="Value">The address itself. Personal data: it must never stand in a log or in an error text.</param>
/// <example><code>new Address("phone", "+8613900000001")</code></example>
public readonly record struct Address(string Type, string Value)
{
    /// <summary>
    /// Names the type only. A phone number in a log is a breach, and most of them get there through a
    /// <c>ToString</c> nobody thought about.
    /// </summary>
    public override string ToString() => $"{Type}:***";
}
