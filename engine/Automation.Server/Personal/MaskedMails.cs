using System.Globalization;
using System.Text;
using Automation.Connectors;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Primitives;
using Automation.Server.Api;

namespace Automation.Server.Personal;

/// <summary>The sandbox's mailbox as a request may see it; it keeps what people would have got, with their addresses.</summary>
internal sealed class MaskedMails(MaskedLedger ledger, Sight sight)
{
    /// <exception cref="ApiException">A number as filter would find out a masked one.</exception>
    public void Refuse(string? address)
    {
        if (address is not null && !sight.MayReveal && PersonalMask.Text(address) != address)
        {
            throw new ApiException(
                StatusCodes.Status403Forbidden, "personal_lookup", "Expected a filter by contact or channel, but an address finds mails only for roles that may see it.");
        }
    }

    public async ValueTask<IReadOnlyList<SandboxMail>> ShowAsync(IReadOnlyList<SandboxMail> mails, CancellationToken cancellation)
    {
        if (mails.Count == 0 || await sight.IsClearAsync(mails.Select(ContactOf), cancellation))
        {
            return mails;
        }
        var shown = new List<SandboxMail>(mails.Count);
        foreach (var mail in mails)
        {
            shown.Add(Mask(mail, await ledger.WordsAsync(ContactOf(mail), cancellation)));
        }
        return shown;
    }

    private SandboxMail Mask(SandboxMail mail, PersonalWords words)
    {
        var type = mail.To.Type;
        var address = sight.Fields.Contains(type) ? PersonalMask.Text(type, mail.To.Value) : PersonalMask.Text(mail.To.Value);
        var content = words.Mask(PropertyJson.Parse(Encoding.UTF8.GetBytes(mail.Content.GetRawText())), sight.Fields);
        return mail with { To = new Address(type, address), Content = ContactAnswer.Bag(content) };
    }

    private static long ContactOf(SandboxMail mail) =>
        long.TryParse(mail.ContactId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
