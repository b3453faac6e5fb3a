using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Connectors.WeCom;

/// <summary>
/// All customers, member by member, and then all groups, read a page at a time. A place is <c>c/member/customer</c> or <c>g/cursor</c>:
/// who was read last, so that what changes meanwhile shifts nothing.
/// </summary>
internal sealed class WeComDirectory(WeComApi api, WeComOptions options, ConnectorServices services)
{
    private const int CustomersPerPage = 100;
    private const int GroupsPerPage = 20;
    private const int CallsAtOnce = 8;

    // No relation, and nobody without customers is a failure.
    private const long NoCustomers = 84061;
    private const long GroupDissolved = 49008;
    private const long BadCursor = 50100;

    /// <summary>A joining that is older is history: whoever joined last year is not welcomed today.</summary>
    private static readonly TimeSpan NewsTime = TimeSpan.FromDays(1);

    public async ValueTask<DirectoryPage> ReadAsync(string? place, CancellationToken cancellation)
    {
        if (options.ContactSecret is not { } secret)
        {
            throw new ConnectorNotSentException(FailureReason.FixConfiguration, "Expected the secret 'contact_secret', but the account has none.");
        }

        return place is not null && place.StartsWith("g/", StringComparison.Ordinal)
            ? await GroupsAsync(secret, place[2..], cancellation)
            : await CustomersAsync(secret, place, cancellation);
    }

    private async ValueTask<DirectoryPage> CustomersAsync(string secret, string? place, CancellationToken cancellation)
    {
        var (atMember, atCustomer) = place?.Split('/') is [_, var one, var two] ? (one, two) : ("", "");
        var all = await AskAsync(() => api.GetAsync(secret, "externalcontact/get_follow_user_list", "all", "1", cancellation), cancellation);
        var member = Texts(all, "follow_user").Order(StringComparer.Ordinal)
            .FirstOrDefault(one => string.CompareOrdinal(one, atMember) > 0 || (one == atMember && atCustomer.Length > 0));
        if (member is null)
        {
            return new DirectoryPage([], "g/");
        }

        var list = await AskAsync(() => api.GetAsync(secret, "externalcontact/list", "userid", member, cancellation), cancellation, NoCustomers);
        var customers = Texts(list, "external_userid").Order(StringComparer.Ordinal)
            .Where(one => member != atMember || string.CompareOrdinal(one, atCustomer) > 0)
            .Take(CustomersPerPage + 1).ToArray();
        var page = customers.Length > CustomersPerPage ? customers[..CustomersPerPage] : customers;
        var events = new InboundEvent?[page.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, page.Length), new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellation },
            async (i, stop) =>
            {
                var known = await AskAsync(() => api.GetAsync(secret, "externalcontact/get", "external_userid", page[i], stop), stop, NoCustomers);
                events[i] = known.ValueKind == JsonValueKind.Object && known.TryGetProperty("external_contact", out _) ? Customer(known, page[i]) : null;
            });
        var isWhole = customers.Length == page.Length;
        return new DirectoryPage([.. events.OfType<InboundEvent>()], isWhole ? $"c/{member}/" : $"c/{member}/{page[^1]}");
    }

    private async ValueTask<DirectoryPage> GroupsAsync(string secret, string cursor, CancellationToken cancellation)
    {
        var asked = new JsonObject { ["status_filter"] = 0, ["limit"] = GroupsPerPage };
        if (cursor.Length > 0)
        {
            asked["cursor"] = cursor;
        }

        var list = await AskAsync(() => api.PostAsync(secret, "externalcontact/groupchat/list", asked, cancellation), cancellation, BadCursor);
        if (list.ValueKind == JsonValueKind.Undefined)
        {
            // The vendor has forgotten where it was: all groups again, which changes nothing that is known.
            return new DirectoryPage([], "g/");
        }

        var events = new List<InboundEvent>();
        var groups = list.TryGetProperty("group_chat_list", out var found) && found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToArray() : [];
        foreach (var group in groups.Select(one => WeComContent.Text(one, "chat_id")).OfType<string>())
        {
            var body = new JsonObject { ["chat_id"] = group, ["need_name"] = 0 };
            var known = await AskAsync(() => api.PostAsync(secret, "externalcontact/groupchat/get", body, cancellation), cancellation, GroupDissolved);
            if (known.ValueKind == JsonValueKind.Object)
            {
                events.AddRange(Group(known, group));
            }
        }

        return new DirectoryPage(events, WeComContent.Text(list, "next_cursor") is { } next ? $"g/{next}" : null);
    }

    private InboundEvent Customer(JsonElement known, string customer)
    {
        var found = WeComCallbacks.Known(known, customer, services.Time.GetUtcNow(), "list");
        return found with { MessageId = $"list-{Hash($"{customer}\n{found.Properties.GetRawText()}")}" };
    }

    private IEnumerable<InboundEvent> Group(JsonElement known, string group)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var name = WeComGroups.Read(known, members);
        var now = services.Time.GetUtcNow();
        foreach (var (customer, member) in members.Where(one => WeComGroups.IsCustomer(one.Value)).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var at = member.TryGetProperty("join_time", out var time) && time.TryGetInt64(out var seconds) && seconds > 0
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : now;
            if (WeComContent.Text(member, "unionid") is { } union)
            {
                var properties = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["union_id"] = union });
                yield return new InboundEvent
                {
                    Identity = new Address("external_user_id", customer), Name = InboundEvent.Identify, Properties = properties, OccurredAt = now,
                    MessageId = $"member-{Hash($"{customer}\n{union}")}",
                };
            }

            var scene = member.TryGetProperty("join_scene", out var given) && given.TryGetInt32(out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : null;
            yield return WeComGroups.Joined(customer, group, name, at, scene, WeComContent.Text(member, "state")) with { IsHistory = now - at > NewsTime };
        }
    }

    /// <param name="nothing">The code by which the vendor says that there is nothing.</param>
    /// <returns>The answer, or an undefined element for nothing.</returns>
    private static async ValueTask<JsonElement> AskAsync(
        Func<ValueTask<WeComApi.Outcome>> call, CancellationToken cancellation, long nothing = 0)
    {
        var outcome = await call();
        cancellation.ThrowIfCancellationRequested();
        if (outcome.IsOk)
        {
            return outcome.Json;
        }

        if (outcome.Code is not { } code)
        {
            throw new ConnectorNotSentException(FailureReason.RetryLater, "Expected a page of the vendor's list, but the vendor could not be reached.");
        }

        if (code == nothing)
        {
            return default;
        }

        var (reason, retryAfter) = WeComErrors.Reason(code);
        throw new ConnectorNotSentException(
            reason, string.Create(CultureInfo.InvariantCulture, $"Expected a page of the vendor's list, but it answered {code}."), retryAfter);
    }

    private static string[] Texts(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
            : [];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
