using System.Text.Json;
using static Automation.Connectors.Testing.PromiseRun;

namespace Automation.Connectors.Testing.Promises;

/// <summary>What holds of sending while nothing goes wrong at the vendor.</summary>
internal static class SendingPromises
{
    public static IReadOnlyList<Promise> All { get; } =
    [
        new("one_result_each", "Each message of a batch arrives once and gets one result, in order.", Always, OneResultEach),
        new("empty_batch", "An empty batch gets an empty answer and makes no request.", Always, EmptyBatch),
        new("large_batch_split", "A batch over the limit is split and sent.", Always, LargeBatchSplit),
        new("text_intact", "Chinese, emoji, quotes and line ends arrive as they were written.", Always, TextIntact),
        new("unknown_channel_alone", "A message for an unknown channel fails alone.", Always, UnknownChannelAlone),
        new("oversized_alone", "Oversized content fails alone as too_large.", Always, OversizedAlone),
        new("no_object_refused", "Content that is no object is refused.", Always, NoObjectRefused),
        new("partial_failure", "One bad address in a batch fails alone.", Singly, PartialFailure),
        new("cancelled_before", "A call cancelled before it began sends nothing and says so.", Always, CancelledBefore),
        new("concurrent_calls", "Calls at the same time do not mix their results.", Always, ConcurrentCalls),
        new("repeat_by_id", "A repeated id reaches the person once.", Idempotent, RepeatById),
        new("token_fetched_once", "Calls at the same time fetch one token.", Tokens, TokenFetchedOnce),
        new("token_expired_midway", "A token that expires between the requests of a batch is replaced, and nothing is sent twice.", Tokens, TokenExpiredMidway),
        new("healthy_account", "A working account is healthy, and the check reaches nobody.", Always, HealthyAccount),
        new("every_question_answered", "Every question about an outcome gets an answer.", Always, EveryQuestionAnswered),
    ];

    private static string? Always(ConnectorRig rig) => null;

    private static string? Singly(ConnectorRig rig) => rig.RefusesSingly ? null : "the vendor tells no single address apart";

    private static string? Tokens(ConnectorRig rig) => rig.UsesTokens ? null : "the vendor has no tokens";

    private static string? Idempotent(ConnectorRig rig) =>
        rig.Account(new Uri("http://127.0.0.1/")).Idempotency(rig.Factory.Manifest) == Idempotency.ByMessageId ? null : "a repeated id reaches the person twice, as the account says";

    private static async Task OneResultEach(PromiseRun run)
    {
        var batch = run.Messages(run.Rig.BatchSize);
        var results = await run.SendAsync(batch);
        ExpectSuccess(results);
        ExpectArrived(run, batch);
    }

    private static async Task EmptyBatch(PromiseRun run)
    {
        await run.SendAsync();
        Expect(run.Vendor.Requests.IsEmpty, "Expected no request for an empty batch, but there was one.");
    }

    private static async Task LargeBatchSplit(PromiseRun run)
    {
        var batch = run.Messages(run.Limits.BatchSizeMax + 1);
        ExpectSuccess(await run.SendAsync(batch));
        ExpectArrived(run, batch);
    }

    private static async Task TextIntact(PromiseRun run)
    {
        const string Text = "您好🎁\"引号\"\\<b>&%20 é";
        var message = run.Rig.Message(1, Text);
        ExpectSuccess(await run.SendAsync(message));
        var arrived = run.Arrivals.Single().Text;
        Expect(arrived == Text, $"Expected the text as it was written, but got '{arrived}'.");
    }

    private static async Task UnknownChannelAlone(PromiseRun run)
    {
        OutgoingMessage[] batch = [run.Rig.Message(1, "您好") with { Channel = "telegraph" }, run.Rig.Message(2, "您好")];
        var results = await run.SendAsync(batch);
        Expect(results[0].Reason == FailureReason.FixConfiguration, $"Expected fix_configuration, but got {Shown(results[0])}.");
        ExpectSuccess([results[1]]);
        ExpectArrived(run, batch[1..]);
    }

    private static async Task OversizedAlone(PromiseRun run)
    {
        var text = new string('长', run.Limits.BodyBytesMax);
        OutgoingMessage[] batch =
        [
            run.Rig.Message(1, "您好") with { Content = JsonSerializer.SerializeToElement(new { text }) },
            run.Rig.Message(2, "您好"),
        ];
        var results = await run.SendAsync(batch);
        Expect(results[0].Reason == FailureReason.TooLarge, $"Expected too_large, but got {Shown(results[0])}.");
        ExpectSuccess([results[1]]);
        ExpectArrived(run, batch[1..]);
    }

    private static async Task NoObjectRefused(PromiseRun run)
    {
        var results = await run.SendAsync(run.Rig.Message(1, "您好") with { Content = JsonElement.Parse("[1]") });
        Expect(results[0].Reason == FailureReason.ContentRefused, $"Expected content_refused, but got {Shown(results[0])}.");
        ExpectArrived(run, []);
    }

    private static async Task PartialFailure(PromiseRun run)
    {
        var batch = run.Messages(Math.Min(3, run.Limits.BatchSizeMax + 2));
        run.Vendor.Memory.Refuse(run.Rig.ArrivalKey(batch[1]));
        var results = await run.SendAsync(batch);
        Expect(
            results[1].Outcome == SendOutcome.Failed && results[1].Reason is FailureReason.BadAddress or FailureReason.ContentRefused,
            $"Expected bad_address for the one the vendor refused, but got {Shown(results[1])}.");
        ExpectSuccess([results[0], results[2]]);
        ExpectArrived(run, [batch[0], batch[2]]);
    }

    private static async Task CancelledBefore(PromiseRun run)
    {
        var results = await run.SendAsync(run.Messages(3), new CancellationToken(canceled: true));
        foreach (var result in results)
        {
            Expect(
                result is { Outcome: SendOutcome.Failed, Reason: FailureReason.RetryLater }, $"Expected retry_later, but got {Shown(result)}.");
        }

        ExpectArrived(run, []);
    }

    private static async Task ConcurrentCalls(PromiseRun run)
    {
        var all = run.Messages(60);
        var answers = await Task.WhenAll(all.Chunk(10).Select(batch => run.SendAsync(batch)));
        ExpectSuccess([.. answers.SelectMany(answer => answer)]);
        ExpectArrived(run, all);
    }

    private static async Task RepeatById(PromiseRun run)
    {
        var message = run.Rig.Message(1, "您好");
        var first = await run.SendAsync(message);
        var again = await run.SendAsync(message with { Attempt = 2 });
        Expect(first[0].Outcome == again[0].Outcome, $"Expected the same answer twice, but got {Shown(again[0])} after {Shown(first[0])}.");
        Expect(
            run.Arrivals.Select(arrival => arrival.Key).Distinct().Single() == run.Rig.ArrivalKey(message),
            "Expected the other side to see one message, but it saw another id.");
    }

    private static async Task TokenFetchedOnce(PromiseRun run)
    {
        ExpectSuccess([.. (await Task.WhenAll(run.Messages(8).Select(message => run.SendAsync(message)))).SelectMany(one => one)]);
        Expect(run.Vendor.Memory.TokensIssued == 1, $"Expected one token for eight calls, but {run.Vendor.Memory.TokensIssued} were fetched.");
    }

    private static async Task TokenExpiredMidway(PromiseRun run)
    {
        await run.SendAsync(run.Rig.Message(1, "您好"));
        run.Vendor.Memory.ExpireTokens();
        var batch = Enumerable.Range(2, 4).Select(number => run.Rig.Message(number, "您好")).ToArray();
        var answers = await Task.WhenAll(batch.Chunk(2).Select(part => run.SendAsync(part)));
        ExpectSuccess([.. answers.SelectMany(one => one)]);
        ExpectArrived(run, [run.Rig.Message(1, "您好"), .. batch]);
        Expect(run.Vendor.Memory.TokensIssued == 2, $"Expected one new token, but {run.Vendor.Memory.TokensIssued - 1} were fetched.");
    }

    private static async Task HealthyAccount(PromiseRun run)
    {
        var health = await run.SoonAsync(run.Connector.HealthAsync(CancellationToken.None).AsTask(), "the health check to return");
        Expect(health is { Healthy: true, Code: "ok" }, $"Expected a working account to be healthy, but: {health.Text}");
        ExpectArrived(run, []);
    }

    private static async Task EveryQuestionAnswered(PromiseRun run)
    {
        var queries = run.Messages(2).Select(message => new OutcomeQuery(message, null, run.Clock.GetUtcNow())).ToArray();
        var results = await run.SoonAsync(run.Connector.QueryOutcomeAsync(queries, CancellationToken.None).AsTask(), "the question to be answered");
        Expect(
            results.Select(one => one.MessageId).SequenceEqual(queries.Select(one => one.Message.Id)), "Expected an answer to each question, in order, but got others.");
        run.ExpectTruth([.. queries.Select(one => one.Message)], results);
    }

    internal static void ExpectSuccess(IReadOnlyList<SendResult> results)
    {
        foreach (var result in results)
        {
            Expect(result.Outcome is SendOutcome.Accepted or SendOutcome.Delivered, $"Expected success, but got {Shown(result)}.");
        }
    }

    internal static void ExpectArrived(PromiseRun run, IReadOnlyList<OutgoingMessage> expected)
    {
        var arrived = run.Arrivals.Select(arrival => arrival.Key).Order(StringComparer.Ordinal);
        var keys = expected.Select(run.Rig.ArrivalKey).Order(StringComparer.Ordinal);
        Expect(arrived.SequenceEqual(keys), $"Expected {expected.Count} messages to arrive, each once, but {run.Arrivals.Count} did, or others.");
    }
}
