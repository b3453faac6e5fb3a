using Automation.Runtime.Ports;
using Automation.Server.Telling;
using NodaTime;

namespace Automation.Server.Cli.Audit;

/// <summary>Reads a store itself, beside whatever writes it.</summary>
internal sealed class StoreAuditDesk(LedgerSource store) : AuditDesk
{
    private readonly Dictionary<string, long> _contacts = new(StringComparer.Ordinal);

    public override ValueTask<LocalTimes> TimesAsync(CancellationToken cancellation) => WorkspaceTimes.ReadAsync(store.Definitions, cancellation);

    public override async ValueTask<WhyAnswer> WhyAsync(WhyAsked asked, CancellationToken cancellation)
    {
        var contact = await ContactAsync(asked.Contact, cancellation);
        var reading = new WhyReading(store.Ledger, store.Definitions, new Wording(await TimesAsync(cancellation), asked.Language == "zh"));
        try
        {
            return await reading.ReadAsync(new WhyQuestion(contact, asked.Journey, asked.Message, asked.Day, null, WhyReading.FactsMax), cancellation);
        }
        catch (BadQuestionException bad)
        {
            throw new CannotRunException(bad.Code, bad.Message, bad);
        }
    }

    public override async ValueTask<SummaryAnswer> SummaryAsync(SummaryAsked asked, CancellationToken cancellation)
    {
        var wording = new Wording(await TimesAsync(cancellation), asked.Language == "zh");
        try
        {
            return await new LedgerSummary(store.Ledger, wording)
                .ReadAsync(asked.Question(wording.Times, SystemClock.Instance.GetCurrentInstant()), cancellation);
        }
        catch (BadQuestionException bad)
        {
            throw new CannotRunException(bad.Code, bad.Message, bad);
        }
    }

    public override async ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactsAsked asked, CancellationToken cancellation)
    {
        var query = asked.Query;
        if (asked.Contact is { } name)
        {
            query = query with { Contact = await ContactAsync(name, cancellation) };
        }
        else if (query.Message is { } message)
        {
            query = query with { Contact = (await store.Ledger.MessageAsync(message, cancellation))?.Contact ?? -1 };
        }
        return await store.Ledger.FactsAsync(query, cancellation);
    }

    public override ValueTask<string> NameAsync(long contact, CancellationToken cancellation) => ContactReference.NameAsync(store.Ledger, contact, cancellation);

    public override ValueTask DisposeAsync() => store.DisposeAsync();

    private async ValueTask<long> ContactAsync(string name, CancellationToken cancellation)
    {
        if (!_contacts.TryGetValue(name, out var id))
        {
            _contacts[name] = id = await ContactReference.ResolveAsync(store.Ledger, name, cancellation);
        }
        return id;
    }
}
