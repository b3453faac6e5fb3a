using System.Text.Json;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Runtime.Definitions;
using Automation.Server.Personal;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>The sandbox's mailbox: what people would have got, to look at.</summary>
internal static class SandboxApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var sandbox = routes.MapGroup("/api/sandbox/mailbox").WithTags("sandbox");
        sandbox.MapGet("", ListAsync).Needs(Permission.Read).WithName("sandbox_list").WithSummary("Messages of the sandbox, newest first.");
        sandbox.MapDelete("", (ISandboxMailbox mailbox) =>
        {
            mailbox.Clear();
            return Results.NoContent();
        }).Needs(Permission.Operate).WithName("sandbox_clear").WithSummary("Empties the mailbox.").Produces(204);
    }

    private static async Task<MailboxAnswer> ListAsync(
        ISandboxMailbox mailbox, JourneyRegistry registry, MaskedMails masked, string? channel, string? address, string? contact, string? account,
        long? before, int? limit, CancellationToken cancellation)
    {
        masked.Refuse(address);
        var most = Paging.Limit(limit);
        var mails = mailbox.List(new MailboxFilter
        {
            Channel = channel,
            Address = address,
            ContactId = contact,
            Account = account,
            Before = before,
            Limit = most,
        });
        var totals = mailbox.Totals();
        return new MailboxAnswer(
            [.. (await masked.ShowAsync(mails, cancellation)).Select(MailAnswer.Of)], mails.Count == most ? mails[^1].Sequence : null, totals.Messages, totals.Repeats,
            registry.Journeys.Settings.TimeZone);
    }

    /// <param name="Total">Different messages since the mailbox was made or emptied.</param>
    /// <param name="Repeats">Arrivals of a message that was there already; from a real vendor a person would have got it twice.</param>
    /// <param name="TimeZone">The workspace's, in which its pages tell times.</param>
    internal sealed record MailboxAnswer(IReadOnlyList<MailAnswer> Messages, long? Next, long Total, long Repeats, string TimeZone);

    internal sealed record MailAnswer(
        long Sequence, Guid MessageId, string Account, string Channel, string AddressType, string Address, string Contact, JsonElement Content,
        string Journey, string Step, int Attempt, int Arrivals, DateTimeOffset ReceivedAt)
    {
        public static MailAnswer Of(SandboxMail mail) => new(
            mail.Sequence, mail.MessageId, mail.Account, mail.Channel, mail.To.Type, mail.To.Value, mail.ContactId, mail.Content,
            mail.Origin.Journey, mail.Origin.Step, mail.Attempt, mail.Arrivals, mail.ReceivedAt);
    }
}
