using System.Collections.Concurrent;
using Automation.Connectors;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// Asks vendors for the last word: about sent messages where receipts are pulled, and about unknown outcomes where the connector
/// can be asked. What is still unknown is asked again, less and less often (<see cref="InquiryTimes"/>), and says nothing to the ledger.
/// </summary>
internal sealed partial class Inquiries(
    DispatchOptions options, IEngine engine, IOutboxStore outbox, ConnectorRegistry connectors, ILogger log) : IAsyncDisposable
{
    private const int PageSize = 500;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, AccountRounds> _accounts = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Asks about all that is due now, in every account, and returns when the answers are durable.</summary>
    /// <returns>How many messages had news.</returns>
    public async Task<int> AskAsync(CancellationToken cancellation = default)
    {
        var news = await Task.WhenAll(connectors.Askable.Select(account => AskAsync(account, cancellation)));
        return news.Sum();
    }

    /// <summary>Asks about these unknown ones now, whenever they were due: a person wants to know.</summary>
    /// <returns>How many could be asked about, and how many had news.</returns>
    public async Task<(int Asked, int News)> AskAsync(IReadOnlyList<MessageRow> messages, string actor, CancellationToken cancellation)
    {
        var (asked, news) = (0, 0);
        foreach (var group in messages.GroupBy(one => (one.Account, one.Channel)))
        {
            using var lease = connectors.Lease(group.Key.Account);
            if (lease is not { Manifest.CanQueryOutcome: true })
            {
                continue;
            }
            var vendorIds = group.ToDictionary(one => one.Id, one => one.VendorId);
            var open = (await outbox.ByIdAsync([.. group.Select(one => one.Id)], cancellation)).Where(one => one.ClaimedAt is not null)
                .Select(one => new OpenMessage(one, vendorIds[one.Id]));
            foreach (var batch in open.Chunk(Math.Max(1, lease.Manifest.Channel(group.Key.Channel)?.Limits.BatchSizeMax ?? 1)))
            {
                asked += batch.Length;
                news += await AskAsync(lease, OutboxStatus.Unknown, batch, cancellation, actor);
            }
        }
        return (asked, news);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await Task.WhenAll(_accounts.Values.Select(account => account.Running));
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await Task.Delay(options.InquireEvery, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (_stopping.IsCancellationRequested)
            {
                return;
            }
            foreach (var account in connectors.Askable)
            {
                // A vendor that answers slowly keeps nobody else waiting, and is not asked twice at a time.
                var rounds = _accounts.GetOrAdd(account, static _ => new AccountRounds());
                if (rounds.Running.IsCompleted)
                {
                    rounds.Running = AskPatientlyAsync(account, rounds);
                }
            }
        }
    }

    private async Task AskPatientlyAsync(string account, AccountRounds rounds)
    {
        try
        {
            await AskAsync(account, _stopping.Token);
            rounds.Failures = 0;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next process asks.
        }
#pragma warning disable CA1031 // Whatever a vendor or the store threw: what was not asked is still due.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var wait = TimeSpan.FromTicks(Math.Min(options.InquireEvery.Ticks << Math.Min(rounds.Failures++, 20), options.InquiryRetryMax.Ticks));
            LogNotAsked(error, account, wait);
            await Task.Delay(wait, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task<int> AskAsync(string account, CancellationToken cancellation)
    {
        using var lease = connectors.Lease(account);
        if (lease is null)
        {
            return 0;
        }
        var rounds = _accounts.GetOrAdd(account, static _ => new AccountRounds());
        var now = engine.Clock.GetCurrentInstant();
        var news = 0;
        foreach (var (after, until) in InquiryTimes.Due(rounds.LookedAt, now))
        {
            if (lease.Account.Receipts(lease.Manifest) == ReceiptDelivery.Pull)
            {
                news += await AskAsync(lease, OutboxStatus.Sent, after, until, static _ => true, cancellation);
            }
            if (lease.Manifest.CanQueryOutcome)
            {
                news += await AskAsync(lease, OutboxStatus.Unknown, after, until, static _ => true, cancellation);
            }
        }
        if (lease.Manifest.Channels.Any(static channel => channel.NeedsConfirmation) && InquiryTimes.OfPersons(rounds.LookedAt, now) is { } open)
        {
            news += await AskAsync(lease, OutboxStatus.Sent, open.After, open.Until, static channel => channel?.NeedsConfirmation == true, cancellation);
        }
        rounds.LookedAt = now;
        return news;
    }

    /// <param name="wanted">Of which channels.</param>
    private async ValueTask<int> AskAsync(
        AccountLease lease, OutboxStatus status, Instant after, Instant until, Func<ChannelManifest?, bool> wanted, CancellationToken cancellation)
    {
        var news = 0;
        var page = new OpenQuery(lease.Account.Key, status, after, until, null, PageSize);
        while (true)
        {
            var open = await outbox.OpenAsync(page, cancellation);
            foreach (var channel in open.GroupBy(one => one.Message.Channel, StringComparer.Ordinal).Where(one => wanted(lease.Manifest.Channel(one.Key))))
            {
                var size = Math.Max(1, lease.Manifest.Channel(channel.Key)?.Limits.BatchSizeMax ?? 1);
                foreach (var batch in channel.Chunk(size))
                {
                    news += await AskAsync(lease, status, batch, cancellation);
                }
            }
            if (open.Count < PageSize)
            {
                return news;
            }
            page = page with { After = open[^1].Message.ClaimedAt!.Value, AfterId = open[^1].Message.Id };
        }
    }

    private async ValueTask<int> AskAsync(
        AccountLease lease, OutboxStatus status, OpenMessage[] batch, CancellationToken cancellation, string? actor = null)
    {
        var queries = Array.ConvertAll(batch, static one => new OutcomeQuery(
            OutgoingMessages.Of(one.Message), one.VendorId, one.Message.ClaimedAt!.Value.ToDateTimeOffset()));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.CallTimeout);
        var results = await lease.Connector.QueryOutcomeAsync(queries, limit.Token);
        var now = engine.Clock.GetCurrentInstant();
        var contacts = batch.ToDictionary(one => one.Message.Id, one => one.Message.Contact);
        var news = new List<Addressed>(results.Count);
        foreach (var result in results)
        {
            if (IsNews(result, status) && contacts.TryGetValue(result.MessageId, out var contact))
            {
                news.Add(new Addressed(
                    contact, new Stimulus.OutcomeReported(OutgoingMessages.Outcome(
                        result, result.MessageId, isRepeatable: false, now, isKnownSent: status == OutboxStatus.Sent) with { Actor = actor })));
            }
        }
        if (news.Count > 0)
        {
            await engine.SubmitAsync(news, cancellation);
        }
        return news.Count;
    }

    private static bool IsNews(SendResult result, OutboxStatus status) =>
        result.Outcome != SendOutcome.Unknown && !(result is { Outcome: SendOutcome.Accepted, Stage: null } && status == OutboxStatus.Sent);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The vendor of account {Account} could not be asked what became of messages; it is asked again in {Wait}")]
    private partial void LogNotAsked(Exception error, string account, TimeSpan wait);

    private sealed class AccountRounds
    {
        public Instant? LookedAt { get; set; }

        public int Failures { get; set; }

        public Task Running { get; set; } = Task.CompletedTask;
    }
}
