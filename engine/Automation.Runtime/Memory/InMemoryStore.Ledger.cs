using System.Runtime.CompilerServices;
using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Memory;

/// <summary>Reading what was committed.</summary>
public sealed partial class InMemoryStore : ILedgerStore
{
    public ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactQuery query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var facts = _records.Where(record => record.Fact is { } fact && Matches(query, fact.Fact))
                .Select(record => RowOf(record.Fact!.Value)).Where(row => Matches(query, row));
            return List(query.NewestFirst ? facts.Reverse() : facts, query.Limit);
        }
    }

    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(
        int partition, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LedgerRecord[] records;
        lock (_gate)
        {
            records = [.. _records.Where(record => record.Sequence >= fromSequence)];
        }
        await Task.CompletedTask;
        foreach (var record in records)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public ValueTask<VerifyResult> VerifyAsync(int partition, IProgress<long>? progress, CancellationToken cancellation, VerifySpan? span = null)
    {
        lock (_gate)
        {
            var facts = _records.Count(record => record.Fact is not null);
            return ValueTask.FromResult(new VerifyResult(true, facts, _records.Count - facts, 0, null, null));
        }
    }

    /// <summary>It seals nothing.</summary>
    public ValueTask<SealMark?> SealAtAsync(int partition, long sequence, CancellationToken cancellation) => ValueTask.FromResult<SealMark?>(null);

    public ValueTask<Contact?> ContactAsync(long id, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_contacts.GetValueOrDefault(id));
        }
    }

    public ValueTask<long?> FindContactAsync(Identity identity, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<long?>(_owners.TryGetValue(identity, out var owner) ? owner : null);
        }
    }

    public ValueTask<IReadOnlyList<Contact>> ContactPageAsync(long afterId, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(_contacts.Values.Where(contact => contact.Id > afterId).OrderBy(contact => contact.Id), limit);
        }
    }

    public ValueTask<IReadOnlyList<long>> EnrolledContactsAsync(
        string journey, int? version, bool heldOnly, long afterId, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                _contacts.Values
                    .Where(contact => contact.Id > afterId && contact.Enrollments.Any(one =>
                        one.Journey == journey && (version is null || one.Version == version) && (!heldOnly || one.HeldSince is not null)))
                    .Select(contact => contact.Id).Order(),
                limit);
        }
    }

    public ValueTask<IReadOnlyList<StepCount>> StepCountsAsync(string journey, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                _contacts.Values.SelectMany(contact => contact.Enrollments).Where(one => one.Journey == journey)
                    .GroupBy(one => (one.Version, one.Step, one.Status, Held: one.HeldSince is not null))
                    .Select(group => new StepCount(group.Key.Version, group.Key.Step, group.Key.Status, group.Key.Held, group.Count())),
                int.MaxValue);
        }
    }

    public ValueTask<IReadOnlyList<Stander>> StandingAsync(
        string journey, string? step, (long Contact, int Ordinal) after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                _contacts.Values.SelectMany(contact => contact.Enrollments, (contact, one) => (contact.Id, One: one))
                    .Where(at => at.One.Journey == journey && (step is null || at.One.Step == step) && (at.Id, at.One.Ordinal).CompareTo(after) > 0)
                    .OrderBy(at => (at.Id, at.One.Ordinal))
                    .Select(at => new Stander(
                        at.Id, at.One.Ordinal, at.One.Version, at.One.Step, at.One.Status, at.One.HeldSince is not null, at.One.Since, at.One.WakeAt)),
                limit);
        }
    }

    public ValueTask<IReadOnlyList<ContactEvent>> EventsAsync(long contact, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                _records.Where(record => record.Contact == contact && record.Event is not null).Select(record => record.Event!.Value.Event).Reverse(),
                limit);
        }
    }

    public ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(MessageQuery query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(Rows().Reverse().Where(row =>
                (query.Contact is null || row.Contact == query.Contact)
                && (query.Journey is null || row.Journey == query.Journey)
                && (query.Channel is null || row.Channel == query.Channel)
                && (query.Status is null || row.Status == query.Status)
                && (query.From is null || row.QueuedAt >= query.From)
                && (query.To is null || row.QueuedAt < query.To)
                && (query.Before is null || _messageOrder.IndexOf(row.Id) < _messageOrder.IndexOf(query.Before.Value))), query.Limit);
        }
    }

    public ValueTask<MessageRow?> MessageAsync(Guid id, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_messages.GetValueOrDefault(id));
        }
    }

    public ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(string? journey, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyDictionary<CounterKey, long>>(
                _counters.Where(one => journey is null || one.Key.Journey == journey).ToDictionary());
        }
    }

    public ValueTask<IReadOnlyDictionary<DayKey, long>> DaysAsync(LocalDate from, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyDictionary<DayKey, long>>(_days.Where(one => one.Key.Day >= from).ToDictionary());
        }
    }

    public ValueTask<IReadOnlyList<TallyCount>> TalliesAsync(TallyQuery query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                _records.Where(record => record.Fact is { } fact && TallyHours.Of(fact.At) is var hour
                        && hour >= TallyHours.Of(query.From) && hour < TallyHours.After(query.To))
                    .GroupBy(record => TallyKey.Of(record.Fact!.Value.Fact)).Where(group => query.Takes(group.Key))
                    .Select(group => new TallyCount(group.Key, group.Count())),
                int.MaxValue);
        }
    }

    public ValueTask<StoreTotals> TotalsAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            var facts = _records.Count(record => record.Fact is not null);
            return ValueTask.FromResult(new StoreTotals(_contacts.Count, _records.Count - facts, facts, _messages.Count));
        }
    }

    private static ValueTask<IReadOnlyList<T>> List<T>(IEnumerable<T> rows, int limit) =>
        ValueTask.FromResult<IReadOnlyList<T>>([.. rows.Take(limit)]);

    private static bool Matches(FactQuery query, Fact fact) =>
        TallyKey.Of(fact) is var key && (query.Channel is null || key.Channel == query.Channel) && (query.Account is null || key.Account == query.Account);

    private static bool Matches(FactQuery query, LedgerRow row) =>
        (query.Contact is null || row.Contact == query.Contact)
        && (query.Journey is null || row.Journey == query.Journey)
        && (query.Ordinal is null || row.Ordinal == query.Ordinal)
        && (query.Step is null || row.Step == query.Step)
        && (query.Kind is null || row.Kind == query.Kind)
        && (query.Reason is null || row.Reason == query.Reason)
        && (query.Actor is null || row.Actor == query.Actor)
        && (query.Text is null || row.Details.Contains(query.Text, StringComparison.Ordinal))
        && (query.Message is not { } message || row.Details.Contains(message.ToString(), StringComparison.Ordinal))
        && (query.From is null || row.At >= query.From)
        && (query.To is null || row.At < query.To)
        && (query.After is null || row.Sequence > query.After)
        && (query.Before is null || row.Sequence < query.Before);

    private static LedgerRow RowOf(RecordedFact recorded)
    {
        var header = FactJson.Header(recorded.Fact);
        return new LedgerRow(
            0, recorded.Sequence, recorded.At, recorded.Contact, header.Journey, header.Version, header.Ordinal, header.Step,
            header.Kind, header.Reason, recorded.Cause, header.Actor, Encoding.UTF8.GetString(FactJson.Write(recorded.Fact)));
    }

    private static MessageRow RowOf(OutboxMessage message)
    {
        var sent = message.Message;
        return new MessageRow(
            sent.Message, message.Contact, sent.Ordinal, sent.Journey, sent.Version, sent.Step, sent.Channel, sent.Account, sent.Template,
            sent.IsCall, OutboxStatus.Queued, 1, message.QueuedAt, null, sent.SendBefore, null, null, null, null,
            sent.AddressType, sent.Address, MessageContent.Json(sent.Content));
    }

    private IEnumerable<MessageRow> Rows() => _messageOrder.Select(id => _messages[id]);
}
