using static Automation.Connectors.Testing.PromiseRun;

namespace Automation.Connectors.Testing.Promises;

/// <summary>What holds when the vendor or the network misbehaves.</summary>
internal static class FaultPromises
{
    public static IReadOnlyList<Promise> All { get; } =
    [
        new("nobody_listens", "A vendor that cannot be reached fails the message for now, and the account's health.", Http, NobodyListens),
        new("silent_after_taking", "A time-out after the vendor took the message is an unknown outcome.", Http, run => Lost(run, Fault.SilentAfterTaking)),
        new("reset_after_taking", "A connection reset after the request is an unknown outcome.", Http, run => Lost(run, Fault.ResetAfterTaking)),
        new("answer_cut_short", "An answer that ends in its middle never makes a sent message a failed one.", Http, run => Garbled(run, Fault.CutShort)),
        new("answer_dripping", "An answer that drips does not outlive the time-out.", Http, Dripping),
        new("wrong_characters", "An answer in a wrong character set never makes a sent message a failed one.", Http, run => Garbled(run, Fault.WrongCharacters)),
        new("busy_with_wait", "Too much: tried later, after the wait the vendor named.", Waits, BusyWithWait),
        new("busy", "Too much: tried later, by the engine's own back-off where the vendor names no wait.", Http, Busy),
        new("inner_error", "An inner error of the vendor is neither success nor a lasting failure.", Http, InnerError),
        new("cancelled_midway", "A call cancelled after the request left returns soon, with an unknown outcome.", Http, CancelledMidway),
        new("works_again", "After a fault the next message is sent as if nothing had been.", Http, WorksAgain),
        new("clock_skew", "A clock 20 minutes off is a matter of configuration, and nothing is sent.", Clocks, ClockSkew),
        new("lost_answer_asked", "A connector that can be asked never says of a message that arrived that it did not.", Asks, LostAnswerAsked),
    ];

    private static string? Http(ConnectorRig rig) => rig.SpeaksHttp ? null : "it speaks no HTTP";

    private static string? Waits(ConnectorRig rig) => Http(rig) ?? (rig.BusyNamesWait ? null : "the vendor names no wait");

    private static string? Clocks(ConnectorRig rig) => rig.ChecksTime ? null : "the vendor looks at no time";

    private static string? Asks(ConnectorRig rig) =>
        Http(rig) ?? (rig.Factory.Manifest.CanQueryOutcome ? null : "it cannot be asked, as the manifest says");

    private static async Task NobodyListens(PromiseRun run)
    {
        var gone = await PromiseRun.StartAsync(run.Rig);
        var address = gone.Vendor.Address;
        await gone.DisposeAsync();
        await using var connector = run.Rig.Factory.Create(run.Rig.Account(address), run.Services);

        IReadOnlyList<SendResult> results;
        try
        {
            results = await run.SoonAsync(connector.SendAsync(run.Messages(2), CancellationToken.None).AsTask(), "the call to return");
        }
        catch (ConnectorNotSentException error)
        {
            results = [.. run.Messages(2).Select(message => SendResult.Failed(message, error.Reason, error.Message))];
        }

        foreach (var result in results)
        {
            Expect(result is { Outcome: SendOutcome.Failed, Reason: FailureReason.RetryLater }, $"Expected retry_later, but got {Shown(result)}.");
        }

        var health = await run.SoonAsync(connector.HealthAsync(CancellationToken.None).AsTask(), "the health check to return");
        Expect(!health.Healthy && health.Code == "retry_later", $"Expected the account to be unhealthy with retry_later, but it is '{health.Code}'.");
    }

    private static async Task Lost(PromiseRun run, Fault fault)
    {
        run.Vendor.Plan(fault);
        var message = run.Rig.Message(1, "您好");
        var call = run.SendAsync(message);
        var results = fault == Fault.SilentAfterTaking ? await run.OutlastAsync(call) : await call;
        ExpectUnsure(run, results[0]);
        Expect(run.Arrivals.Count == 1, $"Expected the connector to send once, but {run.Arrivals.Count} arrived.");
    }

    private static async Task Garbled(PromiseRun run, Fault fault)
    {
        run.Vendor.Plan(fault);
        var message = run.Rig.Message(1, "您好");
        var results = await run.SendAsync(message);
        run.ExpectTruth([message], results);
        Expect(run.Arrivals.Count == 1, $"Expected the connector to send once, but {run.Arrivals.Count} arrived.");
    }

    private static async Task Dripping(PromiseRun run)
    {
        run.Vendor.Plan(Fault.Dripping);
        var message = run.Rig.Message(1, "您好");
        run.ExpectTruth([message], await run.OutlastAsync(run.SendAsync(message)));
    }

    private static async Task BusyWithWait(PromiseRun run)
    {
        var result = await RefusedAsync(run, Fault.BusyForSevenSeconds);
        Expect(result.RetryAfter == TimeSpan.FromSeconds(7), $"Expected a wait of 7 s, but got {result.RetryAfter?.ToString() ?? "none"}.");
    }

    private static async Task Busy(PromiseRun run) => await RefusedAsync(run, Fault.Busy);

    private static async Task<SendResult> RefusedAsync(PromiseRun run, Fault fault)
    {
        // As often as the connector tries by itself.
        run.Vendor.Plan(fault, fault, fault, fault, fault, fault);
        var results = await run.SendAsync(run.Rig.Message(1, "您好"));
        Expect(results[0] is { Outcome: SendOutcome.Failed, Reason: FailureReason.RetryLater }, $"Expected retry_later, but got {Shown(results[0])}.");
        SendingPromises.ExpectArrived(run, []);
        return results[0];
    }

    private static async Task InnerError(PromiseRun run)
    {
        run.Vendor.Plan(Fault.InnerError, Fault.InnerError, Fault.InnerError, Fault.InnerError);
        var results = await run.SendAsync(run.Rig.Message(1, "您好"));
        Expect(
            results[0].Outcome == SendOutcome.Unknown || results[0].Reason == FailureReason.RetryLater,
            $"Expected retry_later or an unknown outcome, but got {Shown(results[0])}.");
    }

    private static async Task CancelledMidway(PromiseRun run)
    {
        run.Vendor.Plan(Fault.SilentAfterTaking);
        using var cancelling = new CancellationTokenSource();
        var call = run.SendAsync([run.Rig.Message(1, "您好")], cancelling.Token);
        await run.SoonAsync(run.Vendor.Held, "the request to reach the vendor");
        await cancelling.CancelAsync();
        ExpectUnsure(run, (await call)[0]);
    }

    private static async Task WorksAgain(PromiseRun run)
    {
        run.Vendor.Plan(Fault.ResetAfterTaking);
        await run.SendAsync(run.Rig.Message(1, "您好"));
        var results = await run.SendAsync(run.Rig.Message(2, "您好"));
        SendingPromises.ExpectSuccess(results);
    }

    private static async Task ClockSkew(PromiseRun run)
    {
        run.Vendor.Memory.ClockOffset = TimeSpan.FromMinutes(20);
        var results = await run.SendAsync(run.Rig.Message(1, "您好"));
        Expect(
            results[0] is { Outcome: SendOutcome.Failed, Reason: FailureReason.FixConfiguration }, $"Expected fix_configuration, but got {Shown(results[0])}.");
        SendingPromises.ExpectArrived(run, []);
    }

    private static async Task LostAnswerAsked(PromiseRun run)
    {
        run.Vendor.Plan(Fault.ResetAfterTaking);
        var message = run.Rig.Message(1, "您好");
        var sentAt = run.Clock.GetUtcNow();
        await run.SendAsync(message);
        var answer = await run.SoonAsync(
            run.Connector.QueryOutcomeAsync([new OutcomeQuery(message, null, sentAt)], CancellationToken.None).AsTask(), "the question to be answered");
        Expect(answer.Count == 1 && answer[0].MessageId == message.Id, "Expected one answer to one question, but got others.");
        Expect(
            answer[0].Outcome is SendOutcome.Accepted or SendOutcome.Delivered or SendOutcome.Unknown,
            $"Expected the connector to know the message, or nothing, but got {Shown(answer[0])}.");
    }

    private static void ExpectUnsure(PromiseRun run, SendResult result) => Expect(
        result.Outcome == SendOutcome.Unknown || (run.IsIdempotent && result.Reason == FailureReason.RetryLater),
        $"Expected an unknown outcome, but got {Shown(result)}.");
}
