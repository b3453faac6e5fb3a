using System.Text.Json;

namespace Automation.Sandbox.WeCom;

/// <summary>The vendor's lists of members, customers and groups, by pages.</summary>
internal sealed class WeComLists(WeComBook book)
{
    public SandboxReply Members() =>
        SandboxReply.Json(new { errcode = 0, errmsg = "ok", follow_user = book.Members.Keys.Order(StringComparer.Ordinal).ToArray() });

    public SandboxReply? CustomersOf(string member)
    {
        var customers = book.Customers.Values.Where(customer => customer.Members.ContainsKey(member)).Select(customer => customer.Id).Order(StringComparer.Ordinal).ToArray();
        return customers.Length == 0 ? null : SandboxReply.Json(new { errcode = 0, errmsg = "ok", external_userid = customers });
    }

    public SandboxReply? Customer(string id) => book.Customers.TryGetValue(id, out var customer)
        ? SandboxReply.Json(new
        {
            errcode = 0,
            errmsg = "ok",
            external_contact = Contact(customer),
            follow_user = customer.Members.Select(member => Follow(member.Key, member.Value)).ToArray(),
        })
        : null;

    /// <summary>With everything about them, a page of up to 100 at a time.</summary>
    public SandboxReply CustomersInFull(JsonElement asked)
    {
        var members = asked.GetProperty("userid_list").EnumerateArray().Select(one => one.GetString()!).ToArray();
        var pairs = book.Customers.Values
            .SelectMany(customer => customer.Members.Keys.Where(members.Contains).Select(member => $"{member}\n{customer.Id}"));
        var page = WeComBook.Page(pairs, WeComDesk.Text(asked, "cursor"), Size(asked, 100), out var next);
        return SandboxReply.Json(new
        {
            errcode = 0,
            errmsg = "ok",
            external_contact_list = page.Select(pair => pair.Split('\n')).Select(pair => new
            {
                external_contact = Contact(book.Customers[pair[1]]),
                follow_info = Follow(pair[0], book.Customers[pair[1]].Members.GetValueOrDefault(pair[0]) ?? []),
            }).ToArray(),
            next_cursor = next,
        });
    }

    public SandboxReply Groups(JsonElement asked)
    {
        var page = WeComBook.Page(book.Groups.Keys, WeComDesk.Text(asked, "cursor"), Size(asked, 1_000), out var next);
        return SandboxReply.Json(new
        {
            errcode = 0, errmsg = "ok", group_chat_list = page.Select(id => new { chat_id = id, status = 0 }).ToArray(), next_cursor = next,
        });
    }

    public SandboxReply? Group(string id) => book.Groups.TryGetValue(id, out var group)
        ? SandboxReply.Json(new
        {
            errcode = 0,
            errmsg = "ok",
            group_chat = new
            {
                chat_id = group.Id,
                name = group.Name,
                owner = group.Owner,
                member_list = group.Customers
                    .Select(one => new { userid = one.Key, type = 2, join_time = one.Value.ToUnixTimeSeconds(), join_scene = 3, unionid = book.Customers.GetValueOrDefault(one.Key)?.UnionId ?? "" })
                    .Append(new { userid = group.Owner, type = 1, join_time = 0L, join_scene = 1, unionid = "" })
                    .ToArray(),
            },
        })
        : null;

    private static int Size(JsonElement asked, int most) =>
        asked.TryGetProperty("limit", out var limit) && limit.TryGetInt32(out var number) ? Math.Clamp(number, 1, most) : most;

    private static object Contact(Customer customer) => new { external_userid = customer.Id, name = customer.Name, type = 1, unionid = customer.UnionId ?? "" };

    private static object Follow(string member, IReadOnlyList<string> tags) => new
    {
        userid = member,
        remark = "",
        tags = tags.Select(tag => new { group_name = "标签", tag_name = tag, tag_id = tag, type = 1 }).ToArray(),
    };
}
