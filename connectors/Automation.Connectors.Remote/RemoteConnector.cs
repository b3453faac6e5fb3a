using System.Text.Json.Nodes;
using Automation.Connectors.Http;

namespace Automation.Connectors.Remote;

/// <summary>
/// Asks the other process. It says of each message what became of it; where it does not answer, the same holds as for a vendor who does
/// not. The engine checks channels and sizes before, so the other process need not.
/// </summary>
internal sealed class RemoteConnector(
    ConnectorManifest manifest, ConnectorAccount account, Uri address, TimeSpan timeout, ConnectorServices services) : IConnector, IReceiptHandler
{
    private readonly VendorHttp _http = new(services, account.Key, timeout, answerBytesMax: 8 * 1024 * 1024);

    public async ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        var results = new SendResult?[batch.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = MessageCheck.Refusal(manifest, batch[i]);
        }

        // A batch is of one channel; what is not was refused just now.
        foreach (var channel in Enumerable.Range(0, results.Length).Where(i => results[i] is null).GroupBy(i => batch[i].Channel))
        {
            foreach (var part in channel.Chunk(manifest.Channel(channel.Key)!.Limits.BatchSizeMax))
            {
                await SendAsync(batch, part, results, cancellation);
            }
        }

        return results!;
    }

    public async ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation)
    {
        var asked = new JsonArray();
        foreach (var query in queries)
        {
            var one = RemoteForm.Of(query.Message);
            one["vendor_message_id"] = query.VendorMessageId;
            one["sent_at"] = query.SentAt.ToString("O");
            asked.Add(one);
        }

        var answer = await AskAsync("query", new JsonObject { ["queries"] = asked }, cancellation);
        var said = RemoteForm.Results(answer);
        return
        [
            .. queries.Select(query => said.TryGetValue(query.Message.Id, out var one) && RemoteForm.Result(query.Message, one) is { } result
                ? result
                : SendResult.Unknown(query.Message, "Expected the connector's process to know the message, but it said nothing of it.", answer.Code)),
        ];
    }

    public async ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation)
    {
        var answer = await AskAsync("health", [], cancellation);
        cancellation.ThrowIfCancellationRequested();
        return RemoteForm.Health(answer)
            ?? ConnectorHealth.Wrong(FailureReason.RetryLater, "Expected the connector's process to answer, but it did not.");
    }

    public async ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation)
    {
        var answer = await AskAsync("callback", RemoteForm.Of(callback), cancellation);
        // 503: the vendor comes again when the process is there again.
        return RemoteForm.Callback(answer, callback.ReceivedAt) ?? new CallbackAnswer { Reply = new CallbackReply(503, "", "text/plain") };
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask SendAsync(IReadOnlyList<OutgoingMessage> batch, int[] part, SendResult?[] results, CancellationToken cancellation)
    {
        var messages = new JsonArray([.. part.Select(i => (JsonNode)RemoteForm.Of(batch[i]))]);
        var answer = await AskAsync("send", new JsonObject { ["messages"] = messages }, cancellation);
        var said = RemoteForm.Results(answer);
        foreach (var i in part)
        {
            results[i] = answer.Reach != VendorReach.Answered || answer.Status != 200
                ? answer.Result(batch[i])
                : said.TryGetValue(batch[i].Id, out var one) && RemoteForm.Result(batch[i], one) is { } result
                    ? result
                    : SendResult.Unknown(batch[i], "Expected a result for each message, but the connector's process gave none for this one.", "result_missing");
        }
    }

    /// <summary>Every request brings the account along, so the process keeps nothing of ours.</summary>
    private ValueTask<VendorAnswer> AskAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        body["account"] = new JsonObject
        {
            ["key"] = account.Key,
            ["configuration"] = JsonNode.Parse(account.Configuration.GetRawText()),
            ["secrets"] = new JsonObject(account.Secrets.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
        };
        return _http.SendAsync(HttpMethod.Post, new Uri(address, path), RawJson.Bytes(body), "application/json; charset=utf-8", [], cancellation);
    }
}
