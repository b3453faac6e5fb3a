using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Callbacks;

namespace Automation.Connectors.WeCom;

/// <summary>
/// Turns callbacks into events. Of changes in groups the vendor names the people, but not who of them is a customer, and of changed
/// tags not which: those two ask back, with what is left of the five seconds a reply may take.
/// </summary>
internal sealed class WeComCallbacks(WeComApi api, WeComOptions options)
{
    private static readonly TimeSpan AskingTime = TimeSpan.FromSeconds(3);

    /// <summary>Of the 20 seconds in which a greeting must be there.</summary>
    private static readonly TimeSpan GreetingTime = TimeSpan.FromSeconds(1);

    public async ValueTask<CallbackAnswer> ReadAsync(VendorCallback callback, CancellationToken cancellation)
    {
        if (options.Envelope.Open(callback, out var fields) is { } reply)
        {
            return new CallbackAnswer { Reply = reply };
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AskingTime);
        var at = fields.Time("CreateTime", fields.Time("TimeStamp", callback.ReceivedAt));
        var events = (fields.Text("Event") ?? fields.Text("InfoType")) switch
        {
            "change_external_contact" => await CustomerAsync(fields, at, limit.Token),
            "change_external_chat" => await GroupAsync(fields, at, limit.Token),
            _ => Message(fields, at),
        };
        // What could not be asked is not lost: the vendor comes again when it is not thanked.
        return events is null
            ? new CallbackAnswer { Reply = new CallbackReply(503, "", "text/plain") }
            : new CallbackAnswer { Reply = CallbackReply.Empty, Events = events };
    }

    private async ValueTask<IReadOnlyList<InboundEvent>?> CustomerAsync(CallbackFields fields, DateTimeOffset at, CancellationToken cancellation)
    {
        if (fields.Text("ExternalUserID") is not { Length: > 0 } customer)
        {
            return [];
        }

        var properties = new Dictionary<string, object?>
        {
            ["member"] = fields.Text("UserID"),
            ["state"] = fields.Text("State"),
            ["welcome_code"] = fields.Text("WelcomeCode"),
            ["source"] = fields.Text("Source"),
            ["fail_reason"] = fields.Text("FailReason"),
        };
        var change = fields.Text("ChangeType") ?? "";
        switch (change)
        {
            case "add_external_contact":
            case "add_half_external_contact":
                properties["half"] = change == "add_half_external_contact" ? true : null;
                return await AddedAsync(customer, at, properties, change, cancellation);
            case "edit_external_contact":
                return await EditedAsync(customer, at, properties, cancellation);
            case "del_follow_user":
                // The customer's own act: nothing may go to them through this account any more.
                return
                [
                    Event("customer_left", customer, at, properties, change),
                    Event(InboundEvent.ConsentRevoked, customer, at, new() { ["channel"] = WeComManifest.Customer, ["source"] = "deleted the member" }, change),
                ];
            case "del_external_contact":
                return [Event("customer_removed", customer, at, properties, change)];
            case "msg_audit_approved":
                return [Event("customer_archive_approved", customer, at, properties, change)];
            case "transfer_fail":
                return [Event("customer_transfer_failed", customer, at, properties, change)];
            default:
                return [];
        }
    }

    /// <summary>A remark or the tags changed; the vendor says only that.</summary>
    private async ValueTask<IReadOnlyList<InboundEvent>?> EditedAsync(
        string customer, DateTimeOffset at, Dictionary<string, object?> properties, CancellationToken cancellation)
    {
        if (options.ContactSecret is not { } secret)
        {
            return [Event("customer_edited", customer, at, properties, "edit")];
        }

        var outcome = await api.GetAsync(secret, "externalcontact/get", "external_userid", customer, cancellation);
        if (!outcome.IsOk)
        {
            return null;
        }

        properties["tags"] = Tags(outcome.Json, properties["member"] as string);
        return
        [
            Known(outcome.Json, customer, at),
            Event("customer_edited", customer, at, properties, "edit"),
            Event("customer_tags_changed", customer, at, properties, "edit"),
        ];
    }

    /// <summary>The greeting cannot wait: who the customer is elsewhere is told if it is known soon, and else with the next change.</summary>
    private async ValueTask<IReadOnlyList<InboundEvent>> AddedAsync(
        string customer, DateTimeOffset at, Dictionary<string, object?> properties, string change, CancellationToken cancellation)
    {
        var added = Event("customer_added", customer, at, properties, change);
        if (options.ContactSecret is not { } secret)
        {
            return [added];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(GreetingTime);
        var outcome = await api.GetAsync(secret, "externalcontact/get", "external_userid", customer, limit.Token);
        return outcome.IsOk ? [Known(outcome.Json, customer, at), added] : [added];
    }

    /// <summary>What the vendor knows of a customer, as traits. The union id joins them with the mini-program's user.</summary>
    internal static InboundEvent Known(JsonElement json, string customer, DateTimeOffset at, string change = "known")
    {
        var traits = new Dictionary<string, object?>();
        if (json.TryGetProperty("external_contact", out var contact))
        {
            traits["union_id"] = WeComContent.Text(contact, "unionid");
            traits["wecom_name"] = WeComContent.Text(contact, "name");
        }

        traits["wecom_tags"] = Tags(json, member: null);
        traits["wecom_members"] = Follows(json).Select(one => WeComContent.Text(one, "userid")).OfType<string>().ToArray();
        return Event(InboundEvent.Identify, customer, at, traits, change);
    }

    private static string[] Tags(JsonElement json, string? member) =>
    [
        .. Follows(json)
            .Where(one => member is null || WeComContent.Text(one, "userid") == member)
            .SelectMany(one => one.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array ? tags.EnumerateArray().ToArray() : [])
            .Select(tag => WeComContent.Text(tag, "tag_name")).OfType<string>().Distinct(StringComparer.Ordinal),
    ];

    private static JsonElement[] Follows(JsonElement json) =>
        json.TryGetProperty("follow_user", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private async ValueTask<IReadOnlyList<InboundEvent>?> GroupAsync(CallbackFields fields, DateTimeOffset at, CancellationToken cancellation)
    {
        var detail = fields.Text("UpdateDetail") ?? "";
        if (fields.Text("ChatId") is not { Length: > 0 } group || detail is not ("add_member" or "del_member"))
        {
            return [];
        }

        var changed = fields.Objects("MemChangeList").SelectMany(list => list.Texts("Item")).ToArray();
        var joined = detail == "add_member";
        var known = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var name = "";
        if (joined && options.ContactSecret is not null)
        {
            var outcome = await api.PostAsync(
                options.ContactSecret, "externalcontact/groupchat/get", new JsonObject { ["chat_id"] = group, ["need_name"] = 0 }, cancellation);
            if (!outcome.IsOk)
            {
                return null;
            }

            name = WeComGroups.Read(outcome.Json, known);
        }

        // Ids of members of the company are no customers. Those who left are in no list any more, and are told by their form.
        var customers = joined && known.Count > 0
            ? (changed.Length > 0 ? changed : RecentlyJoined(known, at)).Where(id => known.TryGetValue(id, out var one) && WeComGroups.IsCustomer(one))
            : changed.Where(id => id.StartsWith("wm", StringComparison.Ordinal) || id.StartsWith("wo", StringComparison.Ordinal));
        return
        [
            .. customers.Select(id => joined
                ? WeComGroups.Joined(id, group, name, at, fields.Text("JoinScene"), known.TryGetValue(id, out var member) ? WeComContent.Text(member, "state") : null)
                : Event(
                    "group_left", id, at, new() { ["group_id"] = group, ["scene"] = fields.Text("QuitScene") }, $"{detail}-{group}")),
        ];
    }

    /// <summary>Older descriptions of the event name nobody: then those count who joined at its time.</summary>
    private static IEnumerable<string> RecentlyJoined(Dictionary<string, JsonElement> known, DateTimeOffset at) => known
        .Where(one => one.Value.TryGetProperty("join_time", out var time) && time.TryGetInt64(out var seconds)
            && Math.Abs(seconds - at.ToUnixTimeSeconds()) <= 5)
        .Select(one => one.Key);

    /// <summary>What a member writes to the app.</summary>
    private static InboundEvent[] Message(CallbackFields fields, DateTimeOffset at)
    {
        if (fields.Text("MsgType") != "text" || fields.Text("FromUserName") is not { Length: > 0 } member || fields.Text("Content") is not { } text)
        {
            return [];
        }

        var id = fields.Text("MsgId") ?? at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return
        [
            new InboundEvent
            {
                Identity = new Address(WeComManifest.MemberAddress, member),
                Name = InboundEvent.MessageReceived,
                Properties = JsonSerializer.SerializeToElement(new Dictionary<string, object?> { ["channel"] = WeComManifest.App, ["text"] = text }),
                OccurredAt = at,
                MessageId = $"message-{id}",
            },
        ];
    }

    internal static InboundEvent Event(string name, string customer, DateTimeOffset at, Dictionary<string, object?> properties, string change)
    {
        // The vendor gives events no id: who, what and when are the same when it comes again.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{change}\n{customer}\n{at.ToUnixTimeSeconds()}")).AsSpan(0, 16));
        return new InboundEvent
        {
            Identity = new Address("external_user_id", customer),
            Name = name,
            Properties = JsonSerializer.SerializeToElement(
                properties.Where(one => one.Value is not (null or "")).ToDictionary(one => one.Key, one => one.Value)),
            OccurredAt = at,
            MessageId = $"{name}-{id}",
        };
    }
}
