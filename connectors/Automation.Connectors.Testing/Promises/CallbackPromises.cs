using System.Text;
using static Automation.Connectors.Testing.PromiseRun;

namespace Automation.Connectors.Testing.Promises;

/// <summary>What holds of callbacks: receipts come twice, late, out of order, and from strangers.</summary>
internal static class CallbackPromises
{
    public static IReadOnlyList<Promise> All { get; } =
    [
        new("receipt_twice", "A receipt that comes twice says the same twice.", Receipts, ReceiptTwice),
        new("receipts_any_order", "Receipts in any order each name their own message.", Receipts, AnyOrder),
        new("receipt_late", "A receipt that comes after a restart, a day later, is understood.", Receipts, Late),
        new("receipt_failed", "A receipt of failure has a reason.", Receipts, FailedReceipt),
        new("callback_forged", "A forged callback is refused and carries nothing.", Forgeable, ForgedRefused),
        new("callback_nonsense", "A callback that makes no sense carries nothing and breaks nothing.", Callbacks, Nonsense),
    ];

    private static string? Callbacks(ConnectorRig rig) => rig.Factory.Manifest is { Receipts: ReceiptDelivery.Push } or { HasInbound: true } && rig.SpeaksHttp
        ? null
        : "it takes no callbacks";

    private static string? Receipts(ConnectorRig rig) => Callbacks(rig)
        ?? (rig.ReceiptCallbacks([new ReceiptSample(rig.Message(1, "x"), "v", true)], DateTimeOffset.UnixEpoch) is null ? "receipts do not come by callback" : null);

    private static string? Forgeable(ConnectorRig rig) => Receipts(rig) is not null
        ? "receipts do not come by callback"
        : rig.Forged(Callbacks(rig, [new ReceiptSample(rig.Message(1, "x"), "v", true)], DateTimeOffset.UnixEpoch)[0]) is null ? "the vendor proves nothing" : null;

    private static async Task ReceiptTwice(PromiseRun run)
    {
        var (_, samples) = await SentAsync(run, delivered: true);
        var callbacks = Callbacks(run.Rig, samples, run.Clock.GetUtcNow());
        var first = await HandleAsync(run.Connector, callbacks);
        var again = await HandleAsync(run.Connector, callbacks);
        Expect(first.Receipts.Count == samples.Count, $"Expected {samples.Count} receipts, but got {first.Receipts.Count}.");
        Expect(first.Receipts.SequenceEqual(again.Receipts), "Expected the same receipts twice, but got others.");
        Expect(first.Reply.Status is >= 200 and <= 299, $"Expected the vendor to be thanked, but it gets {first.Reply.Status}.");
    }

    private static async Task AnyOrder(PromiseRun run)
    {
        var (results, samples) = await SentAsync(run, delivered: true);
        var answer = await HandleAsync(run.Connector, Callbacks(run.Rig, [.. samples.Reverse()], run.Clock.GetUtcNow()));
        ExpectMatches(samples, results, [.. answer.Receipts.Reverse()]);
    }

    private static async Task Late(PromiseRun run)
    {
        var (results, samples) = await SentAsync(run, delivered: true);
        run.Clock.Advance(TimeSpan.FromDays(1));
        await using var restarted = run.Rig.Factory.Create(run.Account, run.Services);
        var answer = await HandleAsync(restarted, Callbacks(run.Rig, samples, run.Clock.GetUtcNow()));
        ExpectMatches(samples, results, answer.Receipts);
    }

    private static async Task FailedReceipt(PromiseRun run)
    {
        var (_, samples) = await SentAsync(run, delivered: false);
        var answer = await HandleAsync(run.Connector, Callbacks(run.Rig, samples, run.Clock.GetUtcNow()));
        Expect(answer.Receipts.Count == samples.Count, $"Expected {samples.Count} receipts, but got {answer.Receipts.Count}.");
        foreach (var receipt in answer.Receipts)
        {
            Expect(receipt is { Status: ReceiptStatus.Failed, Reason: not null }, $"Expected a failure with its reason, but got {receipt.Status}.");
        }
    }

    private static async Task ForgedRefused(PromiseRun run)
    {
        var (_, samples) = await SentAsync(run, delivered: true);
        VendorCallback[] forged = [.. Callbacks(run.Rig, samples, run.Clock.GetUtcNow()).Select(one => run.Rig.Forged(one)!)];
        var answer = await HandleAsync(run.Connector, forged);
        ExpectNothing(answer);
        Expect(answer.Reply.Status is 401 or 403 or 404, $"Expected 401 for a stranger, but the reply is {answer.Reply.Status}.");
    }

    private static async Task Nonsense(PromiseRun run)
    {
        byte[][] bodies =
        [
            [], "[]"u8.ToArray(), "{}"u8.ToArray(), "null"u8.ToArray(), "[1,null,\"x\",{}]"u8.ToArray(), [0xC4, 0xE3, 0x00, 0xFF],
            Encoding.ASCII.GetBytes(new string('[', 20_000)), "<xml><a>"u8.ToArray(),
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a>", 50_000)) + string.Concat(Enumerable.Repeat("</a>", 50_000))),
            Encoding.UTF8.GetBytes("""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>"""),
            Encoding.UTF8.GetBytes("""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><xml><Encrypt>&e;</Encrypt></xml>"""),
        ];
        foreach (var body in bodies)
        {
            var proven = run.Rig.ProvenCallback(body, run.Clock.GetUtcNow());
            var bare = proven with { Query = new Dictionary<string, string>(StringComparer.Ordinal) };
            foreach (var callback in new[] { proven, proven with { Method = "GET" }, bare, bare with { Method = "GET" } })
            {
                ExpectNothing(await HandleAsync(run.Connector, [callback]));
            }
        }
    }

    private static void ExpectNothing(CallbackAnswer answer) => Expect(
        answer.Receipts.Count == 0 && answer.Events.Count == 0, "Expected nothing from such a callback, but it carried receipts or events.");

    private static void ExpectMatches(IReadOnlyList<ReceiptSample> samples, IReadOnlyList<SendResult> results, IReadOnlyList<Receipt> receipts)
    {
        Expect(receipts.Count == samples.Count, $"Expected {samples.Count} receipts, but got {receipts.Count}.");
        for (var i = 0; i < samples.Count; i++)
        {
            var message = samples[i].Message;
            var shared = results.Count(one => one.VendorMessageId == results[i].VendorMessageId) > 1;
            var found = receipts[i].MessageId == message.Id
                || (receipts[i].MessageId is null && receipts[i].VendorMessageId == results[i].VendorMessageId && (!shared || receipts[i].To?.Value == message.To.Value));
            Expect(found, "Expected a receipt to name its own message, but it names another, or none that can be told from its neighbours.");
        }
    }

    private static async Task<(IReadOnlyList<SendResult> Results, IReadOnlyList<ReceiptSample> Samples)> SentAsync(PromiseRun run, bool delivered)
    {
        var batch = run.Messages(Math.Max(2, Math.Min(3, run.Limits.BatchSizeMax)));
        var results = await run.SendAsync(batch);
        SendingPromises.ExpectSuccess(results);
        return (results, [.. batch.Select((message, i) => new ReceiptSample(message, results[i].VendorMessageId, delivered))]);
    }

    private static IReadOnlyList<VendorCallback> Callbacks(ConnectorRig rig, IReadOnlyList<ReceiptSample> samples, DateTimeOffset now) =>
        rig.ReceiptCallbacks(samples, now) ?? throw new PromiseBrokenException("Expected callbacks with receipts, but the rig has none.");

    /// <summary>All of them as one answer: what they carried, and the worst reply.</summary>
    private static async Task<CallbackAnswer> HandleAsync(IConnector connector, IReadOnlyList<VendorCallback> callbacks)
    {
        if (connector is not IReceiptHandler handler)
        {
            throw new PromiseBrokenException("Expected a connector that takes callbacks, but this one does not.");
        }

        var answers = new List<CallbackAnswer>();
        foreach (var callback in callbacks)
        {
            answers.Add(await handler.HandleAsync(callback, CancellationToken.None));
        }

        return new CallbackAnswer
        {
            Reply = answers.MaxBy(one => one.Reply.Status)!.Reply,
            Receipts = [.. answers.SelectMany(one => one.Receipts)],
            Events = [.. answers.SelectMany(one => one.Events)],
        };
    }
}
