using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Automation.Connectors.WeCom;

/// <summary>Groups of customers, as the vendor describes them, and the event of joining one.</summary>
internal static class WeComGroups
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <param name="known">Gets the members by their ids.</param>
    /// <returns>The group's name.</returns>
    public static string Read(JsonElement json, Dictionary<string, JsonElement> known)
    {
        if (!json.TryGetProperty("group_chat", out var chat))
        {
            return "";
        }

        if (chat.TryGetProperty("member_list", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in list.EnumerateArray())
            {
                if (WeComContent.Text(member, "userid") is { } id)
                {
                    known[id] = member;
                }
            }
        }

        return WeComContent.Text(chat, "name") ?? "";
    }

    public static bool IsCustomer(JsonElement member) => member.TryGetProperty("type", out var type) && type.TryGetInt32(out var number) && number == 2;

    /// <summary>
    /// The same joining has the same id, whether a callback told of it or the vendor's list: their times differ by seconds, so the day
    /// counts. Who leaves and joins again on one day has joined once.
    /// </summary>
    public static InboundEvent Joined(string customer, string group, string name, DateTimeOffset at, string? scene, string? state)
    {
        var day = at.ToOffset(China).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{group}\n{customer}\n{day}")).AsSpan(0, 16));
        var happened = WeComCallbacks.Event(
            InboundEvent.GroupJoined, customer, at, new() { ["group_id"] = group, ["group_name"] = name, ["scene"] = scene, ["state"] = state }, group);
        return happened with { MessageId = $"{InboundEvent.GroupJoined}-{id}" };
    }
}
