using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Connectors.WeCom;

/// <summary>
/// What became of the tasks that members must confirm. Those asked about in one call are asked of the vendor once a task, not once a
/// customer; a member who lets a task lie is reminded, and a task that lies too long is cancelled, so that it does not go out after the
/// journey has gone on.
/// </summary>
internal sealed class WeComTasks(WeComApi api, WeComOptions options, ConnectorServices services)
{
    public const string Waiting = "waiting_for_member";
    public const string Reminded = "reminded";

    private const int PageSize = 500;
    private const int PagesMax = 40;

    /// <summary>The vendor takes three reminders a day; this is the pause between two of ours.</summary>
    private static readonly TimeSpan ReminderPause = TimeSpan.FromHours(8);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _reminded = new(StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<SendResult>> AskAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation)
    {
        var results = new SendResult[queries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            if (queries[i].VendorMessageId is null || queries[i].Message.Channel is not (WeComManifest.Customer or WeComManifest.Group))
            {
                results[i] = SendResult.Unknown(queries[i].Message, "Expected the task's id, but its answer was lost.", "no_task");
            }
        }

        foreach (var task in Enumerable.Range(0, results.Length).Where(i => results[i] is null).GroupBy(i => queries[i].VendorMessageId!, StringComparer.Ordinal))
        {
            await AskAsync(task.Key, [.. task], queries, results, cancellation);
        }

        return results;
    }

    private async ValueTask AskAsync(
        string task, int[] indexes, IReadOnlyList<OutcomeQuery> queries, SendResult[] results, CancellationToken cancellation)
    {
        var (sent, hasSent, problem) = await StatusesAsync(task, cancellation);
        var stage = "";
        foreach (var i in indexes)
        {
            var query = queries[i];
            var none = problem is null ? 0 : -1;
            // Of groups the vendor lists only those that were sent to; that their owner sent is the whole news.
            var status = query.Message.Channel == WeComManifest.Group ? (hasSent ? 1 : none) : sent.GetValueOrDefault(query.Message.To.Value, none);
            if (status == 0 && stage.Length == 0)
            {
                stage = await StageAsync(task, services.Time.GetUtcNow() - query.SentAt, cancellation);
            }

            results[i] = Result(query, status, stage, problem);
        }
    }

    private static SendResult Result(OutcomeQuery query, int status, string stage, string? problem) => status switch
    {
        1 => SendResult.Delivered(query.Message, query.VendorMessageId),
        2 => SendResult.Failed(
            query.Message, FailureReason.BadAddress, "Expected a customer of the member, but they are no friends any more.", "not_a_friend"),
        3 => SendResult.Failed(
            query.Message, FailureReason.QuotaGone, "Expected the customer to have room for a mass message, but others had used it up.", "over_the_limit"),
        0 when stage == "expired" => SendResult.Failed(
            query.Message, FailureReason.RetryLater, "Expected the member to confirm the message, but the time for it is over.", "expired"),
        0 => SendResult.Accepted(query.Message, query.VendorMessageId) with { Stage = stage },
        _ => SendResult.Unknown(query.Message, "Expected the vendor to say what became of the task, but it did not.", problem),
    };

    /// <summary>What the vendor says of each customer of a task: 0 waits, 1 sent, 2 no friend, 3 over the limit.</summary>
    private async ValueTask<(Dictionary<string, int> Statuses, bool HasSent, string? Problem)> StatusesAsync(string task, CancellationToken cancellation)
    {
        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        var (members, problem) = await PagesAsync(
            "externalcontact/get_groupmsg_task", new JsonObject { ["msgid"] = task, ["limit"] = PageSize }, "task_list", cancellation);
        foreach (var member in members.Select(one => WeComContent.Text(one, "userid")).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var (sent, wrong) = await PagesAsync(
                "externalcontact/get_groupmsg_send_result",
                new JsonObject { ["msgid"] = task, ["userid"] = member, ["limit"] = PageSize }, "send_list", cancellation);
            problem ??= wrong;
            foreach (var one in sent)
            {
                if (WeComContent.Text(one, "external_userid") is { } customer && one.TryGetProperty("status", out var status) && status.TryGetInt32(out var number))
                {
                    // Several members may have the customer: what one of them sent counts before what another still has to.
                    statuses[customer] = statuses.TryGetValue(customer, out var other) && (other == 1 || number == 0) ? other : number;
                }
            }
        }

        var hasSent = members.Exists(one => one.TryGetProperty("status", out var status) && status.TryGetInt32(out var number) && number == 2);
        return (statuses, hasSent, problem);
    }

    private async ValueTask<(List<JsonElement> Items, string? Problem)> PagesAsync(
        string path, JsonObject body, string list, CancellationToken cancellation)
    {
        var items = new List<JsonElement>();
        for (var page = 0; page < PagesMax; page++)
        {
            var outcome = await api.PostAsync(options.ContactSecret ?? "", path, body, cancellation);
            if (!outcome.IsOk)
            {
                return (items, outcome.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? outcome.Answer.Code);
            }

            if (outcome.Json.TryGetProperty(list, out var found) && found.ValueKind == JsonValueKind.Array)
            {
                items.AddRange(found.EnumerateArray());
            }

            if (WeComContent.Text(outcome.Json, "next_cursor") is not { } cursor)
            {
                break;
            }

            body["cursor"] = cursor;
        }

        return (items, null);
    }

    private async ValueTask<string> StageAsync(string task, TimeSpan age, CancellationToken cancellation)
    {
        var body = new JsonObject { ["msgid"] = task };
        if (age >= options.ExpireAfter)
        {
            // If it cannot be cancelled, the member could still send it; then it is asked about again.
            var cancelled = await api.PostAsync(options.ContactSecret ?? "", "externalcontact/cancel_groupmsg_send", body, cancellation);
            return cancelled.IsOk || cancelled.Code is 41047 ? "expired" : WasReminded(task) ? Reminded : Waiting;
        }

        if (options.RemindAfter > TimeSpan.Zero && age >= options.RemindAfter && MayRemind(task))
        {
            await api.PostAsync(options.ContactSecret ?? "", "externalcontact/remind_groupmsg_send", body, cancellation);
        }

        return options.RemindAfter > TimeSpan.Zero && age >= options.RemindAfter ? Reminded : Waiting;
    }

    private bool WasReminded(string task)
    {
        lock (_lock)
        {
            return _reminded.ContainsKey(task);
        }
    }

    private bool MayRemind(string task)
    {
        var now = services.Time.GetUtcNow();
        lock (_lock)
        {
            if (_reminded.TryGetValue(task, out var last) && now - last < ReminderPause)
            {
                return false;
            }

            foreach (var old in _reminded.Where(one => now - one.Value > TimeSpan.FromDays(4)).Select(one => one.Key).ToArray())
            {
                _reminded.Remove(old);
            }

            _reminded[task] = now;
            return true;
        }
    }
}
