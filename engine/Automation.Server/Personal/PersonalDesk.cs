using System.IO.Pipelines;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Server.Personal;

/// <summary>What is done with all that is known of a person at once: handing it out, and erasing it. Both are on record.</summary>
internal sealed class PersonalDesk(IEngine engine, ILedgerStore ledger, ISandboxMailbox mailbox)
{
    /// <summary>The contact, also by one that became part of it; null where nobody has this number.</summary>
    public async ValueTask<Contact?> FindAsync(long id, CancellationToken cancellation)
    {
        var contact = await ledger.ContactAsync(id, cancellation);
        while (contact is { MergedInto: { } survivor, IsErased: false })
        {
            contact = await ledger.ContactAsync(survivor, cancellation);
        }
        return contact;
    }

    /// <summary>Notes it first: what is handed out is on record, also where the other side hangs up.</summary>
    public async Task ExportAsync(Contact contact, string actor, string where, PipeWriter to, CancellationToken cancellation)
    {
        if (!contact.IsErased)
        {
            await engine.SubmitAsync(contact.Id, new Command.NoteExport(actor, where), cancellation);
        }
        await new PersonalExport(ledger).WriteAsync(contact, actor, engine.Clock.GetCurrentInstant(), to, cancellation);
    }

    /// <summary>Erases the person. Who is erased already is seen to once more, so that what broke off in the middle is finished.</summary>
    /// <returns>The facts it came to; none where it was done before.</returns>
    public async Task<IReadOnlyList<RecordedFact>> EraseAsync(Contact contact, string actor, string why, CancellationToken cancellation)
    {
        var parts = await new PersonalExport(ledger).PartsAsync(contact.Id, cancellation);
        IReadOnlyList<RecordedFact> facts = [];
        if (!contact.IsErased)
        {
            facts = (await engine.SubmitAsync(contact.Id, new Command.Erase(actor, why), cancellation)).Facts;
        }
        mailbox.Forget([.. parts.Select(static part => part.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        return facts;
    }
}
