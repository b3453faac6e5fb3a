using System.Runtime.CompilerServices;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Personal;

/// <summary>The ledger, people and messages with everything personal opened, as far as its key is there. Proofs are over what is stored.</summary>
internal sealed class HidingLedgerStore(ILedgerStore inner, PersonalCipher cipher) : ILedgerStore
{
    public int Partitions => inner.Partitions;

    public async ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactQuery query, CancellationToken cancellation)
    {
        var rows = await inner.FactsAsync(query, cancellation);
        return await OpenAsync(
            rows, static row => HiddenValues.MayBeHidden(row.Details), static row => row.Contact,
            row => row with { Details = HiddenValues.OpenDetails(row.Details, cipher.Find(row.Contact), row.Contact) }, cancellation);
    }

    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(
        int partition, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var record in inner.RecordsAsync(partition, fromSequence, cancellation))
        {
            if (record.Event is { } happened && PersonalCipher.IsHidden(happened.Event))
            {
                await cipher.LearnAsync([record.Contact], cancellation);
                yield return record with { Event = happened with { Event = cipher.Open(happened.Event, record.Contact) } };
            }
            else if (record.Fact is { } told && PersonalCipher.IsHidden(told.Fact))
            {
                await cipher.LearnAsync([record.Contact], cancellation);
                yield return record with { Fact = told with { Fact = cipher.Open(told.Fact, record.Contact) } };
            }
            else
            {
                yield return record;
            }
        }
    }

    public ValueTask<VerifyResult> VerifyAsync(int partition, IProgress<long>? progress, CancellationToken cancellation, VerifySpan? span = null) =>
        inner.VerifyAsync(partition, progress, cancellation, span);

    public ValueTask<SealMark?> SealAtAsync(int partition, long sequence, CancellationToken cancellation) =>
        inner.SealAtAsync(partition, sequence, cancellation);

    public async ValueTask<Contact?> ContactAsync(long id, CancellationToken cancellation)
    {
        var contact = await inner.ContactAsync(id, cancellation);
        return contact is null ? null : (await OpenAsync([contact], cancellation))[0];
    }

    public ValueTask<long?> FindContactAsync(Identity identity, CancellationToken cancellation) =>
        inner.FindContactAsync(HiddenValues.IsPersonal(identity) ? cipher.Ring.Index(identity) : identity, cancellation);

    public async ValueTask<IReadOnlyList<Contact>> ContactPageAsync(long afterId, int limit, CancellationToken cancellation) =>
        await OpenAsync(await inner.ContactPageAsync(afterId, limit, cancellation), cancellation);

    public ValueTask<IReadOnlyList<long>> EnrolledContactsAsync(
        string journey, int? version, bool heldOnly, long afterId, int limit, CancellationToken cancellation) =>
        inner.EnrolledContactsAsync(journey, version, heldOnly, afterId, limit, cancellation);

    public ValueTask<IReadOnlyList<StepCount>> StepCountsAsync(string journey, CancellationToken cancellation) => inner.StepCountsAsync(journey, cancellation);

    public ValueTask<IReadOnlyList<Stander>> StandingAsync(
        string journey, string? step, (long Contact, int Ordinal) after, int limit, CancellationToken cancellation) =>
        inner.StandingAsync(journey, step, after, limit, cancellation);

    public async ValueTask<IReadOnlyList<ContactEvent>> EventsAsync(long contact, int limit, CancellationToken cancellation) => await OpenAsync(
        await inner.EventsAsync(contact, limit, cancellation), PersonalCipher.IsHidden, _ => contact, one => cipher.Open(one, contact), cancellation);

    public async ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        await HiddenMessages.OpenAsync(await inner.MessagesAsync(query, cancellation), cipher, cancellation);

    public async ValueTask<MessageRow?> MessageAsync(Guid id, CancellationToken cancellation) =>
        await inner.MessageAsync(id, cancellation) is { } row ? (await HiddenMessages.OpenAsync([row], cipher, cancellation))[0] : null;

    public ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(string? journey, CancellationToken cancellation) =>
        inner.CountersAsync(journey, cancellation);

    public ValueTask<IReadOnlyDictionary<DayKey, long>> DaysAsync(LocalDate from, CancellationToken cancellation) => inner.DaysAsync(from, cancellation);

    public ValueTask<IReadOnlyList<TallyCount>> TalliesAsync(TallyQuery query, CancellationToken cancellation) => inner.TalliesAsync(query, cancellation);

    public ValueTask<StoreTotals> TotalsAsync(CancellationToken cancellation) => inner.TotalsAsync(cancellation);

    private ValueTask<IReadOnlyList<Contact>> OpenAsync(IReadOnlyList<Contact> contacts, CancellationToken cancellation) =>
        OpenAsync(contacts, PersonalCipher.IsHidden, static contact => contact.Id, cipher.Open, cancellation);

    /// <summary>Opens those that are hidden, with their keys fetched at once.</summary>
    private async ValueTask<IReadOnlyList<T>> OpenAsync<T>(
        IReadOnlyList<T> items, Func<T, bool> isHidden, Func<T, long> contactOf, Func<T, T> open, CancellationToken cancellation)
    {
        if (!items.Any(isHidden))
        {
            return items;
        }
        await cipher.LearnAsync(items.Where(isHidden).Select(contactOf).Distinct(), cancellation);
        return [.. items.Select(item => isHidden(item) ? open(item) : item)];
    }
}
