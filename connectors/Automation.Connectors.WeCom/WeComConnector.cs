using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Connectors.Http;

namespace Automation.Connectors.WeCom;

/// <summary>
/// Sends through WeCom. What is the same for many goes in one call: for customers that is one task, which the member confirms once.
/// </summary>
internal sealed class WeComConnector : IConnector, IReceiptHandler, IDirectory
{
    private const int MembersMax = 1_000;
    private const int CustomersMax = 10_000;

    private readonly WeComOptions _options;
    private readonly VendorHttp _http;
    private readonly WeComApi _api;
    private readonly WeComTasks _tasks;
    private readonly WeComCallbacks _callbacks;
    private readonly WeComDirectory _directory;

    public WeComConnector(string account, WeComOptions options, ConnectorServices services)
    {
        _options = options;
        _http = new VendorHttp(services, account, options.Timeout);
        _api = new WeComApi(options, services, _http);
        _tasks = new WeComTasks(_api, options, services);
        _callbacks = new WeComCallbacks(_api, options);
        _directory = new WeComDirectory(_api, options, services);
    }

    public async ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        var results = new SendResult[batch.Count];
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < results.Length; i++)
        {
            if (Refusal(batch[i]) is { } refusal)
            {
                results[i] = refusal;
                continue;
            }

            // A robot's messages, greetings and what goes to groups go one by one; the others together where they say the same.
            var one = batch[i].Channel is WeComManifest.Robot or WeComManifest.Welcome or WeComManifest.Group ? i.ToString(CultureInfo.InvariantCulture) : "";
            var key = $"{batch[i].Channel}\n{one}\n{batch[i].Content.GetRawText()}";
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = [];
            }

            group.Add(i);
        }

        foreach (var group in groups.Values)
        {
            foreach (var part in group.Chunk(batch[group[0]].Channel == WeComManifest.App ? MembersMax : CustomersMax))
            {
                await SendAsync(batch, part, results, cancellation);
            }
        }

        return results;
    }

    public ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation) =>
        _tasks.AskAsync(queries, cancellation);

    /// <summary>Fetches a token of each secret the account has; a robot cannot be asked anything.</summary>
    public async ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation)
    {
        foreach (var secret in new[] { _options.ContactSecret, _options.AppSecret })
        {
            if (secret is null)
            {
                continue;
            }

            var (token, failed) = await _api.TokenAsync(secret, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (token is null)
            {
                return failed.Code is { } code
                    ? ConnectorHealth.Wrong(
                        WeComErrors.Reason(code).Reason, string.Create(CultureInfo.InvariantCulture, $"Expected a token, but the vendor answered {code}."))
                    : failed.Answer.Code == "tls_failed"
                        ? ConnectorHealth.Wrong(FailureReason.FixConfiguration, failed.Answer.Text)
                        : ConnectorHealth.Wrong(FailureReason.RetryLater, "Expected a token, but the vendor could not be reached.");
            }
        }

        return ConnectorHealth.Ok("The vendor gives tokens for the secrets of the account.");
    }

    public ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation) => _callbacks.ReadAsync(callback, cancellation);

    public ValueTask<DirectoryPage> ReadAsync(string? place, CancellationToken cancellation) => _directory.ReadAsync(place, cancellation);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private SendResult? Refusal(OutgoingMessage message)
    {
        if (MessageCheck.Refusal(WeComManifest.Value, message) is { } refusal)
        {
            return refusal;
        }

        var (secret, name) = message.Channel switch
        {
            WeComManifest.App => (_options.AppSecret, "app_secret"),
            WeComManifest.Robot => (_options.RobotKey, "robot_key"),
            _ => (_options.ContactSecret, "contact_secret"),
        };
        if (secret is null)
        {
            return SendResult.Failed(
                message, FailureReason.FixConfiguration, $"Expected the secret '{name}' for '{message.Channel}', but the account has none.", "secret_missing");
        }

        if (Body(message) is null)
        {
            return SendResult.Failed(message, FailureReason.ContentRefused, "Expected a text or something attached, but got neither.", "content_empty");
        }

        if (message.Channel == WeComManifest.Group && Sender(message.Content) is null)
        {
            return SendResult.Failed(
                message, FailureReason.FixConfiguration, "Expected a 'sender' who owns the groups, in the message or the account, but there is none.", "sender_missing");
        }

        var isWithoutCode = message.Channel == WeComManifest.Welcome && WeComContent.Text(message.Content, "welcome_code") is null;
        return isWithoutCode
            ? SendResult.Failed(
                message, FailureReason.QuotaGone, "Expected the welcome_code of a customer who was just added, but there is none.", "welcome_code_missing")
            : null;
    }

    private static JsonObject? Body(OutgoingMessage message) => message.Channel switch
    {
        WeComManifest.App => WeComContent.OfApp(message.Content),
        WeComManifest.Robot => WeComContent.OfRobot(message.Content),
        _ => WeComContent.ToCustomer(message.Content),
    };

    private async ValueTask SendAsync(IReadOnlyList<OutgoingMessage> batch, int[] part, SendResult[] results, CancellationToken cancellation)
    {
        var body = Body(batch[part[0]])!;
        var channel = batch[part[0]].Channel;
        var addresses = part.Select(i => batch[i].To.Value).Distinct(StringComparer.Ordinal).ToArray();
        var outcome = channel switch
        {
            WeComManifest.App => await _api.PostAsync(_options.AppSecret!, "message/send", ToMembers(body, addresses), cancellation),
            WeComManifest.Robot => await _api.PostRobotAsync(_options.RobotKey!, body, cancellation),
            WeComManifest.Welcome => await _api.PostAsync(
                _options.ContactSecret!, "externalcontact/send_welcome_msg", Welcome(body, batch[part[0]].Content), cancellation),
            WeComManifest.Group => await _api.PostAsync(
                _options.ContactSecret!, "externalcontact/add_msg_template", ToGroups(body, batch[part[0]].Content), cancellation),
            _ => await _api.PostAsync(
                _options.ContactSecret!, "externalcontact/add_msg_template", ToCustomers(body, batch[part[0]].Content, addresses), cancellation),
        };
        var unreached = Unreached(outcome, channel);
        foreach (var i in part)
        {
            results[i] = Result(batch[i], outcome, unreached);
        }
    }

    private JsonObject ToMembers(JsonObject body, string[] members)
    {
        body["touser"] = string.Join('|', members);
        body["agentid"] = _options.AgentId;
        return body;
    }

    private JsonObject ToCustomers(JsonObject body, JsonElement content, string[] customers)
    {
        body["chat_type"] = "single";
        body["external_userid"] = new JsonArray([.. customers.Select(one => JsonValue.Create(one))]);
        if (Sender(content) is { } sender)
        {
            body["sender"] = sender;
        }

        return body;
    }

    /// <summary>To the groups that are named; to none in particular, the owner chooses among theirs.</summary>
    private JsonObject ToGroups(JsonObject body, JsonElement content)
    {
        body["chat_type"] = "group";
        body["sender"] = Sender(content);
        if (WeComContent.Groups(content) is { Length: > 0 } groups)
        {
            body["chat_id_list"] = new JsonArray([.. groups.Select(one => JsonValue.Create(one))]);
        }

        return body;
    }

    private string? Sender(JsonElement content) => (WeComContent.Text(content, "sender") ?? _options.Sender) is { Length: > 0 } sender ? sender : null;

    private static JsonObject Welcome(JsonObject body, JsonElement content)
    {
        body["welcome_code"] = WeComContent.Text(content, "welcome_code");
        return body;
    }

    /// <summary>Whom a call that succeeded did not reach, with the reason in the vendor's word.</summary>
    private static Dictionary<string, string> Unreached(in WeComApi.Outcome outcome, string channel)
    {
        var unreached = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase); // The vendor answers in lower case.
        if (!outcome.IsOk)
        {
            return unreached;
        }

        if (channel is WeComManifest.Customer or WeComManifest.Group)
        {
            if (outcome.Json.TryGetProperty("fail_list", out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String))
                {
                    unreached[one.GetString()!] = "fail_list";
                }
            }

            return unreached;
        }

        foreach (var name in new[] { "invaliduser", "unlicenseduser" })
        {
            foreach (var one in (WeComContent.Text(outcome.Json, name) ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                unreached[one] = name;
            }
        }

        return unreached;
    }

    private static SendResult Result(OutgoingMessage message, in WeComApi.Outcome outcome, Dictionary<string, string> unreached)
    {
        if (!outcome.IsOk)
        {
            return outcome.Failure(message);
        }

        var id = WeComContent.Text(outcome.Json, "msgid");
        if (message.Channel == WeComManifest.Group)
        {
            // The groups that are gone are named; as long as one is left there is a task.
            return WeComContent.Groups(message.Content) is { Length: > 0 } groups && groups.All(unreached.ContainsKey)
                ? SendResult.Failed(message, FailureReason.BadAddress, "Expected a group that there is, but the vendor named all of them in fail_list.", "fail_list")
                : SendResult.Accepted(message, id) with { Stage = WeComTasks.Waiting };
        }

        if (unreached.TryGetValue(message.To.Value, out var word))
        {
            return SendResult.Failed(message, FailureReason.BadAddress, $"Expected a person the vendor can reach, but it named this one in {word}.", word);
        }

        // Only a task has something left to wait for: its member's word.
        return message.Channel == WeComManifest.Customer
            ? SendResult.Accepted(message, id) with { Stage = WeComTasks.Waiting }
            : SendResult.Delivered(message, id);
    }
}
