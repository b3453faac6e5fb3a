using System.Text.Json;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Approvals;

/// <summary>
/// Whether publishing a journey needs somebody else's approval: <c>none</c> or <c>required</c>. Kept apart from the other settings,
/// which more people may write and which a workspace directory brings along.
/// </summary>
public static class ApprovalSetting
{
    public const string None = "none";
    public const string Required = "required";

    /// <summary>The kind among the definitions, and the key: there is one.</summary>
    public const string Kind = "approval";

    public const string Key = "workspace";

    private const string Member = "approval";

    public static string Write(string value) => JsonSerializer.Serialize(new Dictionary<string, string> { [Member] = value });

    /// <summary>Nobody set it: none. What this program does not understand keeps people from publishing, and not the other way round.</summary>
    public static string Read(Definition? setting) =>
        setting?.Published is not { } document ? None
        : JsonElement.Parse(document) is { ValueKind: JsonValueKind.Object } read && read.TryGetProperty(Member, out var value) && value.ValueEquals(None) ? None
        : Required;

    /// <summary>Whether a publication of this content may be made. The one rule, asked by each store in the transaction that publishes.</summary>
    /// <param name="setting">As it stands in that transaction.</param>
    /// <param name="standing">The journey's last request.</param>
    /// <param name="number">The approval that the publication names.</param>
    public static bool Admits(Definition? setting, Approval? standing, string document, int number) =>
        number == 0 ? Read(setting) == None : standing?.Number == number && standing.Covers(document);
}
