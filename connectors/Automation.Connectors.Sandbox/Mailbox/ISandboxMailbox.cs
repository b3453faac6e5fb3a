using System.Text.Json;

namespace Automation.Connectors.Sandbox.Mailbox;

/// <summary>
/// Where the sandbox puts messages, so that people can look at them. It holds each message id once and counts how often it
/// came, which is what a crash test asks. Safe to use from several threads.
/// </summary>
public interface ISandboxMailbox
{
    /// <summary>
    /// Puts messages in, in order, all or none. A message whose id is known is not put in again; its count goes up.
    /// </summary>
    /// <param name="mails">What arrived; their <see cref="SandboxMail.Sequence"/> and <see cref="SandboxMail.Arrivals"/> are ignored.</param>
    /// <exception cref="IOException">A mailbox on disk could not be written; nothing was put in.</exception>
    void Append(ReadOnlySpan<SandboxMail> mails);

    /// <summary>Lists messages, newest first.</summary>
    /// <param name="filter">Which ones.</param>
    IReadOnlyList<SandboxMail> List(MailboxFilter filter);

    /// <summary>How often a message id came: 0 when never, or so long ago that it is forgotten; more than 1 when it was repeated.</summary>
    /// <param name="messageId">The message's id.</param>
    int Arrivals(Guid messageId);

    /// <summary>How much came since the mailbox was made or cleared.</summary>
    MailboxTotals Totals();

    /// <summary>Forgets everything.</summary>
    void Clear();

    /// <summary>Forgets the messages to these contacts, also where they are written down.</summary>
    /// <param name="contacts">Their ids, as <see cref="SandboxMail.ContactId"/> has them.</param>
    void Forget(IReadOnlyCollection<string> contacts);
}

/// <summary>How much came.</summary>
/// <param name="Messages">Different message ids.</param>
/// <param name="Repeats">Arrivals of an id that was known already. A person would have got these twice from a real vendor.</param>
public readonly record struct MailboxTotals(long Messages, long Repeats);

/// <summary>One message as the person would have got it.</summary>
public sealed record SandboxMail
{
    /// <summary>Counts the messages of the mailbox from 1, in order of arrival. For paging.</summary>
    public long Sequence { get; init; }

    /// <summary>The message's id.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Key of the account it came through.</summary>
    public required string Account { get; init; }

    /// <summary>Its channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Where it was sent.</summary>
    public required Address To { get; init; }

    /// <summary>The contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>The rendered fields.</summary>
    public required JsonElement Content { get; init; }

    /// <summary>The journey and step it came from.</summary>
    public MessageOrigin Origin { get; init; }

    /// <summary>The attempt that got through.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How often its id came.</summary>
    public int Arrivals { get; init; } = 1;
}

/// <summary>Which messages of a mailbox are wanted. What is null does not count.</summary>
public sealed record MailboxFilter
{
    /// <summary>Only this channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Only this address, compared exactly.</summary>
    public string? Address { get; init; }

    /// <summary>Only this contact.</summary>
    public string? ContactId { get; init; }

    /// <summary>Only this account.</summary>
    public string? Account { get; init; }

    /// <summary>Only messages with a smaller sequence: the last one of the page before.</summary>
    public long? Before { get; init; }

    /// <summary>At most so many, 1 to 1,000. Default: 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Whether a message is one of those wanted, leaving the limit aside.</summary>
    /// <param name="mail">The message.</param>
    public bool Matches(SandboxMail mail) =>
        (Channel is null || Channel == mail.Channel)
        && (Address is null || Address == mail.To.Value)
        && (ContactId is null || ContactId == mail.ContactId)
        && (Account is null || Account == mail.Account)
        && (Before is null || mail.Sequence < Before);
}
