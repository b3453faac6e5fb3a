using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using NodaTime;

namespace Automation.Server.Personal;

/// <summary>
/// The ledger as a request may see it. Every route reads through this one, so masking is no matter of the route: a new one is masked
/// before anybody thinks of it. What people look for is looked for in what they may see, so no filter tells more than the answer would.
/// </summary>
internal sealed class MaskedLedger(ILedgerStore clear, Sight sight) : ILedgerStore
{
    private readonly Dictionary<long, PersonalWords> _words = [];

    public int Partitions => clear.Partitions;

    /// <summary>For counting conditions: clear values for who could look, since numbers name nobody.</summary>
    public ILedgerStore ForCounting => sight.MayReveal ? clear : this;

    public async ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactQuery query, CancellationToken cancellation)
    {
        var rows = new List<LedgerRow>();
        while (true)
        {
            var found = await clear.FactsAsync(query, cancellation);
            if (found.Count == 0)
            {
                return rows;
            }
            var isClear = await sight.IsClearAsync(found.Select(static row => row.Contact), cancellation);
            // A row that matches only by what is masked is as if it did not; the next ones are asked until the page is full.
            rows.AddRange((isClear ? found : found.Select(Mask)).Where(
                row => query.Text is not { } text || isClear || row.Details.Contains(text, StringComparison.OrdinalIgnoreCase)));
            if (found.Count < query.Limit || rows.Count >= query.Limit)
            {
                return rows;
            }
            var last = found[^1].Place;
            query = query.NewestFirst ? query with { Before = last } : query with { After = last };
        }
    }

    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(
        int partition, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var record in clear.RecordsAsync(partition, fromSequence, cancellation))
        {
            if (await sight.IsClearAsync([record.Contact], cancellation))
            {
                yield return record;
                continue;
            }
            yield return record with
            {
                Event = record.Event is { } happened ? happened with { Event = Mask(happened.Event) } : null,
                Fact = record.Fact is { } told ? told with { Fact = FactBags.Map(told.Fact, Mask) } : null,
            };
        }
    }

    public ValueTask<VerifyResult> VerifyAsync(int partition, IProgress<long>? progress, CancellationToken cancellation, VerifySpan? span = null) =>
        clear.VerifyAsync(partition, progress, cancellation, span);

    public ValueTask<SealMark?> SealAtAsync(int partition, long sequence, CancellationToken cancellation) =>
        clear.SealAtAsync(partition, sequence, cancellation);

    public async ValueTask<Contact?> ContactAsync(long id, CancellationToken cancellation)
    {
        var contact = await clear.ContactAsync(id, cancellation);
        return contact is null || await sight.IsClearAsync([id], cancellation) ? contact : Mask(contact);
    }

    /// <exception cref="ApiException">Somebody who may not see numbers asks whose one is: by trying, masked ones could be found out.</exception>
    public ValueTask<long?> FindContactAsync(Identity identity, CancellationToken cancellation) =>
        !sight.MayReveal && Mask(identity) != identity
            ? throw new ApiException(
                StatusCodes.Status403Forbidden, "personal_lookup",
                $"Expected an identity that names nobody by itself, such as user_id, but {identity.Type} finds people only for roles that may see it.")
            : clear.FindContactAsync(identity, cancellation);

    public async ValueTask<IReadOnlyList<Contact>> ContactPageAsync(long afterId, int limit, CancellationToken cancellation)
    {
        var page = await clear.ContactPageAsync(afterId, limit, cancellation);
        return page.Count == 0 || await sight.IsClearAsync(page.Select(static one => one.Id), cancellation) ? page : [.. page.Select(Mask)];
    }

    public ValueTask<IReadOnlyList<long>> EnrolledContactsAsync(
        string journey, int? version, bool heldOnly, long afterId, int limit, CancellationToken cancellation) =>
        clear.EnrolledContactsAsync(journey, version, heldOnly, afterId, limit, cancellation);

    public ValueTask<IReadOnlyList<StepCount>> StepCountsAsync(string journey, CancellationToken cancellation) => clear.StepCountsAsync(journey, cancellation);

    public ValueTask<IReadOnlyList<Stander>> StandingAsync(
        string journey, string? step, (long Contact, int Ordinal) after, int limit, CancellationToken cancellation) =>
        clear.StandingAsync(journey, step, after, limit, cancellation);

    public async ValueTask<IReadOnlyList<ContactEvent>> EventsAsync(long contact, int limit, CancellationToken cancellation)
    {
        var events = await clear.EventsAsync(contact, limit, cancellation);
        return events.Count == 0 || await sight.IsClearAsync([contact], cancellation) ? events : [.. events.Select(Mask)];
    }

    public async ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        await ShowAsync(await clear.MessagesAsync(query, cancellation), cancellation);

    /// <summary>Messages that were found elsewhere, as the request may see them.</summary>
    public async ValueTask<IReadOnlyList<MessageRow>> ShowAsync(IReadOnlyList<MessageRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0 || await sight.IsClearAsync(rows.Select(static row => row.Contact), cancellation))
        {
            return rows;
        }
        var masked = new List<MessageRow>(rows.Count);
        foreach (var row in rows)
        {
            masked.Add(Mask(row, await WordsAsync(row.Contact, cancellation)));
        }
        return masked;
    }

    public async ValueTask<MessageRow?> MessageAsync(Guid id, CancellationToken cancellation)
    {
        var row = await clear.MessageAsync(id, cancellation);
        return row is null || await sight.IsClearAsync([row.Contact], cancellation) ? row : Mask(row, await WordsAsync(row.Contact, cancellation));
    }

    public ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(string? journey, CancellationToken cancellation) =>
        clear.CountersAsync(journey, cancellation);

    public ValueTask<IReadOnlyDictionary<DayKey, long>> DaysAsync(LocalDate from, CancellationToken cancellation) => clear.DaysAsync(from, cancellation);

    public ValueTask<IReadOnlyList<TallyCount>> TalliesAsync(TallyQuery query, CancellationToken cancellation) => clear.TalliesAsync(query, cancellation);

    public ValueTask<StoreTotals> TotalsAsync(CancellationToken cancellation) => clear.TotalsAsync(cancellation);

    /// <summary>What a contact's messages must not show; of contacts that are gone only patterns are known.</summary>
    public async ValueTask<PersonalWords> WordsAsync(long contact, CancellationToken cancellation)
    {
        if (!_words.TryGetValue(contact, out var words))
        {
            _words[contact] = words = PersonalWords.Of(await clear.ContactAsync(contact, cancellation), sight.Fields);
        }
        return words;
    }

    private LedgerRow Mask(LedgerRow row)
    {
        // Facts about definitions speak of journeys and users of the system, not of contacts.
        if (row.Contact == 0 || (!sight.Fields.MayStandIn(row.Details) && ReferenceEquals(PersonalMask.Text(row.Details), row.Details)))
        {
            return row;
        }
        var masked = Mask(PropertyJson.Parse(Encoding.UTF8.GetBytes(row.Details)));
        return row with { Details = ContactAnswer.Bag(masked).GetRawText() };
    }

    private Contact Mask(Contact contact) => ContactBags.Map(contact, Mask, Mask);

    private ContactEvent Mask(ContactEvent happened) =>
        happened with { Properties = Mask(happened.Properties), Identities = Mask(happened.Identities) };

    private PropertyBag Mask(PropertyBag bag) => PersonalMask.Bag(bag, sight.Fields);

    private ImmutableArray<Identity> Mask(ImmutableArray<Identity> identities) => identities.IsDefaultOrEmpty ? identities : [.. identities.Select(Mask)];

    private Identity Mask(Identity identity) =>
        identity with { Value = sight.Fields.Contains(identity.Type) ? PersonalMask.Text(identity.Type, identity.Value) : PersonalMask.Text(identity.Value) };

    private MessageRow Mask(MessageRow row, PersonalWords words) => row with
    {
        Address = Mask(new Identity(row.AddressType, row.Address)).Value,
        Content = ContactAnswer.Bag(words.Mask(PropertyJson.Parse(Encoding.UTF8.GetBytes(row.Content)), sight.Fields)).GetRawText(),
        Text = row.Text is null ? null : words.Mask(row.Text),
        Code = row.Code is null ? null : PersonalMask.Text(row.Code),
    };
}
