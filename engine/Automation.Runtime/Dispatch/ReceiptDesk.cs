using System.Diagnostics;
using Automation.Connectors;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// Takes vendors' receipts, finds their messages, and reports them as outcomes. It returns when they are durable, so a vendor that
/// is answered after it never has to repeat one.
/// </summary>
public sealed partial class ReceiptDesk(IEngine engine, IOutboxStore outbox, ILogger<ReceiptDesk> log, EngineMetrics? metrics = null)
{
    /// <summary>Ids on the span of a callback; a vendor may push hundreds at once.</summary>
    private const int MessagesTold = 20;

    // A receipt may be quicker than the commit of what it answers: only then is its vendor id not to be found yet.
    private static readonly TimeSpan[] Patience = [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)];

    /// <returns>How many found their message. The others name none that this workspace sent, or not which of several.</returns>
    public async ValueTask<int> ReportAsync(string account, IReadOnlyList<Receipt> receipts, CancellationToken cancellation = default)
    {
        var ids = new Guid?[receipts.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = receipts[i].MessageId ?? await FindAsync(account, receipts[i], cancellation);
        }
        var wanted = ids.Where(id => id is not null).Select(id => id!.Value).Distinct().ToArray();
        var messages = new Dictionary<Guid, QueuedMessage>();
        foreach (var message in wanted.Length == 0 ? [] : await outbox.ByIdAsync(wanted, cancellation))
        {
            messages[message.Id] = message;
        }
        var outcomes = new List<Addressed>(receipts.Count);
        var charged = new List<(Addressed Outcome, Charge Charge)>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] is { } id && messages.TryGetValue(id, out var message) && message.Account == account)
            {
                var outcome = new Addressed(message.Contact, new Stimulus.OutcomeReported(Outcome(id, receipts[i])));
                if (receipts[i].Charge is { } charge)
                {
                    charged.Add((outcome, charge));
                }
                else
                {
                    outcomes.Add(outcome);
                }
            }
        }
        var found = outcomes.Count + charged.Count;
        Activity.Current?.SetTag(EngineTrace.MessageTag, string.Join(',', wanted.Take(MessagesTold)));
        if (found < receipts.Count)
        {
            LogNotOurs(receipts.Count - found, account);
        }
        if (outcomes.Count > 0)
        {
            await engine.SubmitAsync(outcomes, cancellation);
        }
        await Task.WhenAll(charged.Select(one => ReportAsync(account, one.Outcome, one.Charge, cancellation)));
        return found;
    }

    // Vendors push receipts again and again. What one costs counts when it was news to the contact, and only the loop knows that.
    private async Task ReportAsync(string account, Addressed outcome, Charge charge, CancellationToken cancellation)
    {
        var taken = await engine.SubmitAsync(outcome.Contact, outcome.Stimulus, cancellation);
        if (metrics is not null && taken.Facts.Any(static one => one.Fact is StepFact))
        {
            Charges.Count(metrics, account, charge);
        }
    }

    private async ValueTask<Guid?> FindAsync(string account, Receipt receipt, CancellationToken cancellation)
    {
        if (receipt.VendorMessageId is not { } vendorId)
        {
            return null;
        }
        for (var attempt = 0; ; attempt++)
        {
            if (await NamedAsync(account, vendorId, receipt.To, cancellation) is { } found)
            {
                return found;
            }
            if (attempt == Patience.Length)
            {
                return null;
            }
            await Task.Delay(Patience[attempt], cancellation);
        }
    }

    // A batch may share one vendor id. Of several messages only the one to the receipt's address is meant, and without an address
    // none: a receipt that is lost leaves a message "sent", a receipt for the wrong message would be a lie.
    private async ValueTask<Guid?> NamedAsync(string account, string vendorId, Address? to, CancellationToken cancellation)
    {
        if (to is { } address && await outbox.ByVendorIdAsync(account, vendorId, address.Value, 1, cancellation) is [var exact])
        {
            return exact;
        }
        return await outbox.ByVendorIdAsync(account, vendorId, null, 2, cancellation) is [var only] ? only : null;
    }

    private MessageOutcome Outcome(Guid message, Receipt receipt)
    {
        var now = engine.Clock.GetCurrentInstant();
        var at = Instant.Min(now, Instant.FromUnixTimeMilliseconds(receipt.OccurredAt.ToUnixTimeMilliseconds()));
        return receipt.Status == ReceiptStatus.Failed
            ? new MessageOutcome(
                message, OutcomeKind.Failed, at, receipt.VendorMessageId, (receipt.Reason ?? FailureReason.BadAddress).Code(),
                receipt.VendorCode, receipt.Text)
            : new MessageOutcome(message, OutcomeKind.Delivered, at, receipt.VendorMessageId, Code: receipt.VendorCode);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} receipts of account {Account} name no message that we sent, or not which of several")]
    private partial void LogNotOurs(int count, string account);
}
