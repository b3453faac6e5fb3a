using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Http;
using Automation.Connectors.Tokens;

namespace Automation.Connectors.Tests.Kit;

/// <summary>A mistake a connector's author could make. Each breaks one promise.</summary>
public enum Mistake
{
    None,
    OtherContract,
    ManifestWithoutName,
    TextNotAccepted,
    DefaultRefused,
    UnknownPropertyTaken,
    PlaceNotNamed,
    ResultMissing,
    RequestForNothing,
    LargeBatchCutOff,
    TextStripped,
    ChannelNotChecked,
    SizeNotChecked,
    ContentNotChecked,
    RefusalTakenForSuccess,
    CancellationThrown,
    ResultsMixed,
    TokenEachTime,
    TokenNeverDropped,
    HealthSends,
    QuestionsDropped,
    ConnectionRefusedIsUnknown,
    TimeOutIsFailure,
    NoTimeOut,
    ResetRepeated,
    CutAnswerIsRefusal,
    ForeignPageIsRefusal,
    WaitIgnored,
    BusyIsLasting,
    InnerErrorIsLasting,
    CancellationForgotten,
    ClockRetried,
    LostMeansNeverCame,
    ReceiptOnce,
    ReceiptsSwapped,
    ReceiptsInMemory,
    ReceiptWithoutReason,
    ProofNotChecked,
    NonsenseThrown,
    AddressLogged,
    BrokenAfterFault,
}

/// <summary>A connector to a small vendor of postcards: right without a mistake, and wrong in one place with one.</summary>
internal sealed class CarelessConnector(ConnectorAccount account, ConnectorServices services, Mistake mistake) : IConnector, IReceiptHandler
{
    private readonly Uri _address = new(account.Configuration.GetProperty("url").GetString()!);
    private readonly string _secret = account.Secrets["secret"];
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _sent = [];
    private readonly VendorHttp _http = new(
        services, account.Key, mistake == Mistake.NoTimeOut ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(10));

    private bool _isBroken;
    private OutgoingMessage? _previous;

    public async ValueTask<IReadOnlyList<SendResult>> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0 && mistake == Mistake.RequestForNothing)
        {
            await AskAsync("token?secret=x", null, cancellation);
        }

        if (mistake == Mistake.CancellationThrown)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        var results = new List<SendResult>();
        foreach (var message in batch)
        {
            if (mistake == Mistake.LargeBatchCutOff && results.Count == 20)
            {
                results.AddRange(batch.Skip(20).Select(one => SendResult.Failed(one, FailureReason.RetryLater, "Expected fewer, but got more.")));
                break;
            }

            results.Add(await SendOneAsync(message, cancellation));
        }

        if (mistake == Mistake.ResultMissing)
        {
            results.RemoveAll(_ => results.Count > 1);
        }

        return results;
    }

    private async ValueTask<SendResult> SendOneAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        if (MessageCheck.Refusal(CarelessFactory.Manifest(mistake), message) is { } refusal
            && !(mistake == Mistake.ChannelNotChecked && refusal.VendorCode == "unknown_channel")
            && !(mistake == Mistake.SizeNotChecked && refusal.Reason == FailureReason.TooLarge))
        {
            return mistake == Mistake.ContentNotChecked && refusal.Reason == FailureReason.ContentRefused
                ? SendResult.Accepted(message)
                : refusal;
        }

        if (mistake == Mistake.AddressLogged)
        {
            services.Log(ConnectorLogLevel.Debug, $"A postcard for {message.To.Value}", null);
        }

        // Another call's message in between: what a field instead of a local variable does.
        var subject = mistake == Mistake.ResultsMixed ? Interlocked.Exchange(ref _previous, message) ?? message : message;
        var result = await PostAsync(message, retries: 1, cancellation);
        return mistake == Mistake.ResultsMixed ? result with { MessageId = subject.Id } : result;
    }

    private async ValueTask<SendResult> PostAsync(OutgoingMessage message, int retries, CancellationToken cancellation)
    {
        if (_isBroken)
        {
            return SendResult.Failed(message, FailureReason.RetryLater, "Expected a connection, but it is gone.");
        }

        VendorToken token;
        try
        {
            token = await TokenAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return SendResult.Failed(message, FailureReason.RetryLater, "Expected time to send, but it was cancelled.", "cancelled");
        }
        catch (ConnectorNotSentException error)
        {
            return mistake == Mistake.ConnectionRefusedIsUnknown
                ? SendResult.Unknown(message, error.Message)
                : SendResult.Failed(message, error.Reason, error.Message);
        }

        var text = message.Content.GetProperty("text").GetString()!;
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = message.IdText,
            to = message.To.Value,
            text = mistake == Mistake.TextStripped ? text.Replace("\"", "", StringComparison.Ordinal) : text,
            token = token.Value,
            time = services.Time.GetUtcNow(),
        });
        _sent.Add(message.IdText);
        var answer = await AskAsync(
            "send", body, mistake == Mistake.CancellationForgotten ? CancellationToken.None : cancellation);
        if (answer.TryJson(out var json) && json.GetProperty("code").GetString() == "token" && retries > 0 && mistake != Mistake.TokenNeverDropped)
        {
            await services.Tokens.DropAsync("postcard", token, cancellation);
            return await PostAsync(message, retries - 1, cancellation);
        }

        if (answer.Code == "connection_lost" && answer.Status == 0 && retries > 0 && mistake == Mistake.ResetRepeated)
        {
            return await PostAsync(message, retries - 1, cancellation);
        }

        return Read(message, answer);
    }

    private SendResult Read(OutgoingMessage message, VendorAnswer answer)
    {
        _isBroken = mistake == Mistake.BrokenAfterFault && answer.Reach == VendorReach.PerhapsSent;
        var wrong = (answer.Code, answer.Status, mistake) switch
        {
            ("timeout", _, Mistake.TimeOutIsFailure) => FailureReason.RetryLater,
            ("connection_lost", 200, Mistake.CutAnswerIsRefusal) => FailureReason.RetryLater,
            (_, 200, Mistake.ForeignPageIsRefusal) when !answer.TryJson(out _) => FailureReason.ContentRefused,
            (_, 429, Mistake.BusyIsLasting) => FailureReason.ContentRefused,
            (_, 500, Mistake.InnerErrorIsLasting) => FailureReason.FixConfiguration,
            _ => (FailureReason?)null,
        };
        if (wrong is { } reason)
        {
            return SendResult.Failed(message, reason, "Expected better, but this is a mistake.");
        }

        if (!answer.TryJson(out var json))
        {
            var result = answer.Result(message);
            return mistake == Mistake.WaitIgnored ? result with { RetryAfter = null } : result;
        }

        return json.GetProperty("code").GetString() switch
        {
            "ok" => SendResult.Accepted(message, message.IdText),
            _ when mistake == Mistake.RefusalTakenForSuccess => SendResult.Accepted(message),
            "nobody" => SendResult.Failed(message, FailureReason.BadAddress, "Expected a person, but there is none."),
            "time" => SendResult.Failed(
                message,
                mistake == Mistake.ClockRetried ? FailureReason.RetryLater : FailureReason.FixConfiguration,
                "Expected the vendor's time, but the clock is off."),
            _ => SendResult.Failed(message, FailureReason.FixConfiguration, "Expected success, but the vendor refused."),
        };
    }

    private ValueTask<VendorToken> TokenAsync(CancellationToken cancellation) => mistake == Mistake.TokenEachTime
        ? FetchAsync(cancellation)
        : services.Tokens.GetAsync("postcard", FetchAsync, cancellation);

    private async ValueTask<VendorToken> FetchAsync(CancellationToken cancellation)
    {
        var answer = await AskAsync("token", Encoding.UTF8.GetBytes($$"""{ "secret": "{{_secret}}" }"""), cancellation);
        return answer.TryJson(out var json)
            ? new VendorToken(json.GetProperty("token").GetString()!, services.Time.GetUtcNow().AddHours(1))
            : throw new ConnectorNotSentException(FailureReason.RetryLater, "Expected a token, but the vendor gave none.");
    }

    private ValueTask<VendorAnswer> AskAsync(string path, byte[]? body, CancellationToken cancellation) =>
        _http.SendAsync(HttpMethod.Post, new Uri(_address, path), body, "application/json", [], cancellation);

    public async ValueTask<IReadOnlyList<SendResult>> QueryOutcomeAsync(IReadOnlyList<OutcomeQuery> queries, CancellationToken cancellation)
    {
        var results = new List<SendResult>();
        foreach (var query in queries)
        {
            var answer = await AskAsync("ask", Encoding.UTF8.GetBytes($$"""{ "to": "{{query.Message.To.Value}}" }"""), cancellation);
            var came = answer.TryJson(out var json) && json.GetProperty("came").GetBoolean() && mistake != Mistake.LostMeansNeverCame;
            results.Add(came
                ? SendResult.Accepted(query.Message, query.Message.IdText)
                : SendResult.Failed(query.Message, FailureReason.RetryLater, "Expected the message at the vendor, but it never came."));
        }

        return mistake == Mistake.QuestionsDropped ? [.. results.Skip(1)] : results;
    }

    public async ValueTask<ConnectorHealth> HealthAsync(CancellationToken cancellation)
    {
        try
        {
            await TokenAsync(cancellation);
            if (mistake == Mistake.HealthSends)
            {
                await SendOneAsync(new CarelessRig(mistake).Message(1, "test"), cancellation);
            }

            return ConnectorHealth.Ok("The vendor gives tokens.");
        }
        catch (ConnectorNotSentException error)
        {
            return ConnectorHealth.Wrong(error.Reason, error.Message);
        }
    }

    public ValueTask<CallbackAnswer> HandleAsync(VendorCallback callback, CancellationToken cancellation)
    {
        var proof = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_secret), callback.Body.Span));
        if (mistake != Mistake.ProofNotChecked && callback.Query.GetValueOrDefault("proof") != proof)
        {
            return Reply(401);
        }

        try
        {
            var receipts = JsonElement.Parse(callback.Body.Span).EnumerateArray().Select(Receipt).Where(IsWanted).ToList();
            if (mistake == Mistake.ReceiptsSwapped && receipts.Count > 1)
            {
                receipts = [.. receipts.Select((one, i) => one with { MessageId = receipts[^(i + 1)].MessageId })];
            }

            return ValueTask.FromResult(new CallbackAnswer { Reply = CallbackReply.Empty, Receipts = receipts });
        }
        catch (Exception error) when (mistake != Mistake.NonsenseThrown && error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Reply(400);
        }
    }

    private static ValueTask<CallbackAnswer> Reply(int status) =>
        ValueTask.FromResult(new CallbackAnswer { Reply = new CallbackReply(status, "", "text/plain") });

    private bool IsWanted(Receipt receipt) => mistake switch
    {
        Mistake.ReceiptOnce => _seen.Add(receipt.MessageId.ToString()!),
        Mistake.ReceiptsInMemory => _sent.Contains(receipt.MessageId!.Value.ToString("N")),
        _ => true,
    };

    private Receipt Receipt(JsonElement one)
    {
        var failed = !one.GetProperty("delivered").GetBoolean();
        return new Receipt
        {
            MessageId = one.GetProperty("id").GetGuid(),
            Status = failed ? ReceiptStatus.Failed : ReceiptStatus.Delivered,
            Reason = failed && mistake != Mistake.ReceiptWithoutReason ? FailureReason.BadAddress : null,
            OccurredAt = DateTimeOffset.UnixEpoch,
        };
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
