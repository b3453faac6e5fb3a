using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>Messages with their state, and the last word on those that nobody else can give.</summary>
internal static class MessagesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/api/messages").WithTags("messages");
        messages.MapGet("", ListAsync).Needs(Permission.Read).WithName("messages_list").WithSummary("Messages that match, newest first.");
        messages.MapGet("{id:guid}", GetAsync).Needs(Permission.Read).WithName("messages_get").WithSummary("One message with its content.");
        messages.MapPost("{id:guid}/settle", SettleAsync).Needs(Permission.Operate).WithName("messages_settle")
            .WithSummary("Says what became of a message whose outcome is unknown: sent, delivered or failed.");
    }

    private static async Task<MessagesAnswer> ListAsync(
        ILedgerStore ledger, string? contact, string? journey, string? channel, string? status, string? from, string? to, Guid? before, int? limit,
        CancellationToken cancellation)
    {
        OutboxStatus? wanted = null;
        if (status is not null)
        {
            wanted = Enum.TryParse<OutboxStatus>(status, ignoreCase: true, out var parsed) && !char.IsAsciiDigit(status[0])
                ? parsed
                : throw ApiException.BadRequest(
                    "unknown_status", "Expected queued, sending, sent, delivered, failed, unknown or cancelled, but found another status.");
        }
        var query = new MessageQuery(
            await Paging.ContactAsync(ledger, contact, cancellation), journey, channel, wanted, Paging.Time("from", from), Paging.Time("to", to),
            before, Paging.Limit(limit));
        var rows = await ledger.MessagesAsync(query, cancellation);
        return new MessagesAnswer([.. rows.Select(MessageAnswer.Of)], rows.Count == query.Limit ? rows[^1].Id : null);
    }

    private static async Task<MessageAnswer> GetAsync(ILedgerStore ledger, Guid id, CancellationToken cancellation) =>
        MessageAnswer.Of(await FindAsync(ledger, id, cancellation));

    private static async Task<CommandAnswer> SettleAsync(
        HttpContext context, ILedgerStore ledger, IEngine engine, Guid id, Settlement settlement, CancellationToken cancellation)
    {
        var message = await FindAsync(ledger, id, cancellation);
        if (message.Status != OutboxStatus.Unknown)
        {
            throw ApiException.Conflict(
                "not_unknown", $"Expected a message whose outcome is unknown, but it is {message.Status.ToString().ToLowerInvariant()}.");
        }
        var now = engine.Clock.GetCurrentInstant();
        var kind = settlement.Outcome switch
        {
            SettledAs.Sent => OutcomeKind.Sent,
            SettledAs.Delivered => OutcomeKind.Delivered,
            _ => OutcomeKind.Failed,
        };
        var outcome = new MessageOutcome(
            id, kind, now, message.VendorId, kind == OutcomeKind.Failed ? settlement.Reason ?? Reasons.ContentRefused : null,
            Text: settlement.Text, Actor: context.Actor());
        return CommandAnswer.Of(await engine.SubmitAsync(message.Contact, new Stimulus.OutcomeReported(outcome), cancellation), message.Contact);
    }

    private static async ValueTask<MessageRow> FindAsync(ILedgerStore ledger, Guid id, CancellationToken cancellation) =>
        await ledger.MessageAsync(id, cancellation) ?? throw ApiException.NotFound("message", id.ToString());

    internal enum SettledAs
    {
        Sent,
        Delivered,
        Failed,
    }

    /// <param name="Reason">For failed: a canonical reason such as <c>bad_address</c>; <c>retry_later</c> sends it again.</param>
    internal sealed record Settlement(SettledAs Outcome, string? Reason = null, string? Text = null);

    internal sealed record MessagesAnswer(IReadOnlyList<MessageAnswer> Messages, Guid? Next);

    /// <param name="Address">Where it names a person, masked for who did not ask to see it or may not.</param>
    internal sealed record MessageAnswer(
        Guid Id, long Contact, int Ordinal, string Journey, int Version, string Step, string Channel, string Account, string Template, bool IsCall,
        OutboxStatus Status, int Attempt, DateTimeOffset QueuedAt, DateTimeOffset? ChangedAt, DateTimeOffset? SendBefore, string? VendorId,
        string? Reason, string? Code, string? Text, string AddressType, string Address, JsonElement Content)
    {
        public static MessageAnswer Of(MessageRow row) => new(
            row.Id, row.Contact, row.Ordinal, row.Journey, row.Version, row.Step, row.Channel, row.Account, row.Template, row.IsCall, row.Status,
            row.Attempt, row.QueuedAt.ToDateTimeOffset(), row.ChangedAt?.ToDateTimeOffset(), row.SendBefore?.ToDateTimeOffset(), row.VendorId,
            row.Reason, row.Code, row.Text, row.AddressType, row.Address, JsonElement.Parse(row.Content));
    }
}
