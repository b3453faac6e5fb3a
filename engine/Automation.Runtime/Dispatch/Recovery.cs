using Automation.Connectors;
using Automation.Core.Deciding;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// What a starting process does with messages whose intent an earlier one recorded, and no outcome: it died somewhere around the
/// call. A connector that takes the same id twice as once is called again; one that can be asked is asked; for any
/// other the outcome is unknown, and stays so until a receipt or a person says otherwise. (Who can be asked is asked again later, see <see cref="Inquiries"/>.)
/// </summary>
internal sealed partial class Recovery(IEngine engine, IOutboxStore outbox, ConnectorRegistry connectors, HoldBook holds, ILogger log)
{
    private const int PageSize = 10_000;

    // Repeating is sending: what a person holds back now stays as the dead process left it.
    private readonly Dictionary<Guid, QueuedMessage> _heldBack = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        HashSet<Guid> seen;
        lock (_heldBack)
        {
            seen = [.. _heldBack.Keys];
        }
        while (true)
        {
            var left = (await outbox.SendingAsync(PageSize + seen.Count, cancellation)).Where(message => seen.Add(message.Id)).ToArray();
            if (left.Length == 0)
            {
                return;
            }
            LogLeft(left.Length);
            await SettleAsync(left, cancellation);
        }
    }

    /// <summary>Settles what was held back and is held no more.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        QueuedMessage[] free;
        lock (_heldBack)
        {
            free = [.. _heldBack.Values.Where(message => holds.Holding(message) is null)];
            Array.ForEach(free, message => _heldBack.Remove(message.Id));
        }
        if (free.Length > 0)
        {
            await SettleAsync(free, cancellation);
        }
    }

    private async Task SettleAsync(QueuedMessage[] left, CancellationToken cancellation)
    {
        var outcomes = new List<Addressed>(left.Length);
        foreach (var group in left.GroupBy(message => (message.Account, message.Channel)))
        {
            using var account = connectors.Lease(group.Key.Account);
            var batchSize = Math.Max(1, account?.Manifest.Channel(group.Key.Channel)?.Limits.BatchSizeMax ?? 1);
            foreach (var batch in (account is { IsRepeatable: true } ? group.Where(IsFree) : group).Chunk(batchSize))
            {
                await SettleAsync(batch, account, outcomes, cancellation);
            }
        }
        await engine.SubmitAsync(outcomes, cancellation);
    }

    private bool IsFree(QueuedMessage message)
    {
        if (holds.Holding(message) is null)
        {
            return true;
        }
        lock (_heldBack)
        {
            _heldBack[message.Id] = message;
        }
        return false;
    }

    private async Task SettleAsync(QueuedMessage[] batch, AccountLease? account, List<Addressed> outcomes, CancellationToken cancellation)
    {
        var messages = Array.ConvertAll(batch, OutgoingMessages.Of);
        IReadOnlyList<SendResult> results = [];
        try
        {
            if (account is { IsRepeatable: true })
            {
                results = await account.Connector.SendAsync(messages, cancellation);
            }
            else if (account is { Manifest.CanQueryOutcome: true })
            {
                var now = engine.Clock.GetCurrentInstant();
                results = await account.Connector.QueryOutcomeAsync(
                    [.. messages.Zip(batch, (message, row) => new OutcomeQuery(message, null, (row.ClaimedAt ?? now).ToDateTimeOffset()))], cancellation);
            }
        }
        catch (ConnectorNotSentException error) when (account is { IsRepeatable: true })
        {
            var refusedAt = engine.Clock.GetCurrentInstant();
            outcomes.AddRange(batch.Select(message => Of(message, OutgoingMessages.NotSent(message.Id, refusedAt, error))));
            return;
        }
#pragma warning disable CA1031 // Neither asking nor repeating gave an answer, so nothing is known.
        catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotSettled(error, batch.Length, batch[0].Account);
        }
        var at = engine.Clock.GetCurrentInstant();
        var byId = results.ToDictionary(result => result.MessageId);
        foreach (var message in batch)
        {
            var outcome = byId.TryGetValue(message.Id, out var result)
                ? OutgoingMessages.Outcome(result, message.Id, account!.IsRepeatable, at)
                : account is { IsRepeatable: true }
                    ? new MessageOutcome(message.Id, OutcomeKind.Failed, at, Reason: Reasons.RetryLater, Text: "Expected an answer to the repeated call, but there was none.")
                    : OutgoingMessages.Unknown(message.Id, at, "Expected an outcome beside the intent to send, but the process ended before it was recorded.");
            outcomes.Add(Of(message, outcome));
        }
    }

    private static Addressed Of(QueuedMessage message, MessageOutcome outcome) =>
        new(message.Contact, new Stimulus.OutcomeReported(outcome));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages were being sent when an earlier process ended; their outcomes are settled now")]
    private partial void LogLeft(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of {Count} messages of account {Account} could not be settled")]
    private partial void LogNotSettled(Exception error, int count, string account);
}
