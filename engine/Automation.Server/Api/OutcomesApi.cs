using System.Globalization;
using Automation.Core.Deciding;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Automation.Server.Personal;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Outcomes that nobody knows: what they are, a person's word on them, and the vendor's, asked again.</summary>
internal static class OutcomesApi
{
    private const int IdsMax = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var outcomes = routes.MapGroup("/api/outcomes").WithTags("outcomes");
        outcomes.MapGet("", ListAsync).Needs(Permission.Read).WithName("outcomes_list")
            .WithSummary("Messages whose outcome is unknown, oldest first: to whom, what, when, through which account, and what the vendor said.");
        outcomes.MapPost("settle", SettleAsync).Needs(Permission.Operate).WithName("outcomes_settle")
            .WithSummary("Says of one or many what became of them, with a reason. Their journeys go on as if the vendor had said it.");
        outcomes.MapPost("ask", AskAsync).Needs(Permission.Operate).WithName("outcomes_ask")
            .WithSummary("Asks their vendors again, now; asked counts those whose vendor can be asked.");
    }

    private static async Task<UnknownAnswer> ListAsync(
        IOperationsStore store, MaskedLedger masked, string? account, Guid? after, int? limit, CancellationToken cancellation)
    {
        var rows = await store.UnknownAsync(account, after, Paging.Limit(limit), cancellation);
        var shown = await masked.ShowAsync(rows, cancellation);
        return new UnknownAnswer([.. shown.Select(MessagesApi.MessageAnswer.Of)], rows.Count == Paging.Limit(limit) ? rows[^1].Id : null);
    }

    private static async Task<OutcomesAnswer> SettleAsync(
        HttpContext context, IRunningEngine running, IOperationsStore store, IEngine engine, Settling asked, CancellationToken cancellation)
    {
        var reason = Reason.Of(asked.Reason);
        var rows = await FindAsync(running.Ledger, asked.Ids, cancellation);
        var before = await CountAsync(store, cancellation);
        var now = engine.Clock.GetCurrentInstant();
        await engine.SubmitAsync(
            [
                .. rows.Select(row => new Addressed(row.Contact, new Stimulus.OutcomeReported(new MessageOutcome(
                    row.Id, asked.Outcome == SettledAs.Delivered ? OutcomeKind.Delivered : OutcomeKind.Failed, now, row.VendorId,
                    asked.Outcome == SettledAs.Failed ? Reasons.ContentRefused : null, Text: reason, Actor: context.Actor())))),
            ],
            cancellation);
        var after = await RecordAsync(context, store, engine, "settle_outcomes", rows, before, reason);
        return new OutcomesAnswer(rows.Count, rows.Count, asked.Ids!.Count - rows.Count, after);
    }

    private static async Task<OutcomesAnswer> AskAsync(
        HttpContext context, IRunningEngine running, IOperationsStore store, IEngine engine, Dispatcher dispatcher, Asking asked, CancellationToken cancellation)
    {
        var reason = Reason.Of(asked.Reason);
        var rows = await FindAsync(running.Ledger, asked.Ids, cancellation);
        var before = await CountAsync(store, cancellation);
        var (count, news) = await dispatcher.InquireAsync(rows, context.Actor(), cancellation);
        var after = await RecordAsync(context, store, engine, "ask_outcomes", rows, before, reason);
        return new OutcomesAnswer(count, news, asked.Ids!.Count - count, after);
    }

    /// <summary>Those of them whose outcome is still unknown: somebody may have been quicker. In clear, since the vendor is asked by number.</summary>
    private static async ValueTask<List<MessageRow>> FindAsync(ILedgerStore ledger, IReadOnlyList<Guid>? ids, CancellationToken cancellation)
    {
        if (ids is not { Count: > 0 and <= IdsMax })
        {
            throw ApiException.BadRequest("bad_ids", $"Expected 1 to {IdsMax} ids of messages, but found {ids?.Count ?? 0}.", "/ids");
        }
        var rows = new List<MessageRow>(ids.Count);
        foreach (var id in ids.Distinct())
        {
            if (await ledger.MessageAsync(id, cancellation) is { Status: OutboxStatus.Unknown } row)
            {
                rows.Add(row);
            }
        }
        return rows.Count > 0
            ? rows
            : throw ApiException.Conflict("nothing_to_do", "Expected messages whose outcome is unknown, but none of these is: look at the list again.");
    }

    private static async ValueTask<long> CountAsync(IOperationsStore store, CancellationToken cancellation) =>
        (await store.CountUnknownAsync(cancellation)).Sum(one => one.Count);

    private static async ValueTask<long> RecordAsync(
        HttpContext context, IOperationsStore store, IEngine engine, string action, List<MessageRow> rows, long before, string reason)
    {
        var after = await CountAsync(store, CancellationToken.None);
        var accounts = string.Join(' ', rows.Select(row => $"account:{row.Account}").Distinct().Order(StringComparer.Ordinal));
        var id = Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);
        await engine.RecordAsync(
            [new WorkspaceFact.BulkActionEnded(action, id, accounts, before, rows.Count, after) { Actor = context.Actor(), Reason = reason }], CancellationToken.None);
        return after;
    }

    internal enum SettledAs
    {
        Delivered,
        Failed,
    }

    internal sealed record Settling(SettledAs Outcome = SettledAs.Failed, IReadOnlyList<Guid>? Ids = null, string? Reason = null);

    internal sealed record Asking(IReadOnlyList<Guid>? Ids = null, string? Reason = null);

    internal sealed record UnknownAnswer(IReadOnlyList<MessagesApi.MessageAnswer> Messages, Guid? Next);

    /// <param name="Asked">Of how many it was said, or the vendor was asked.</param>
    /// <param name="News">How many have an outcome now.</param>
    /// <param name="Left">Ids that nothing was done about: known by now, or of a vendor that cannot be asked.</param>
    /// <param name="Unknown">How many outcomes are unknown after it.</param>
    internal sealed record OutcomesAnswer(int Asked, int News, int Left, long Unknown);
}
