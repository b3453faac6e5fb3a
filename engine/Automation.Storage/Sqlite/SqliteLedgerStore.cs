using System.Runtime.CompilerServices;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>Everything that was recorded, for people and tools. Reads beside the loop and never waits for it.</summary>
internal sealed class SqliteLedgerStore(ReaderPool readers) : ILedgerStore
{
    private const int PageSize = 1_000;

    public ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactQuery query, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read(reader => FactSearch.Run(reader, query)));

    /// <summary>In pages, so that a long export holds no view of the database that would keep its log from being cleared.</summary>
    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(
        int partition, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = RowKey.Of(partition, Math.Max(fromSequence, 1) - 1);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = after;
            var page = await Task.Run(() => readers.Read(reader => Page(reader, from, RowKey.Last(partition))), cancellation);
            foreach (var record in page)
            {
                yield return record;
            }
            if (page.Count == 0)
            {
                yield break;
            }
            after = RowKey.Of(partition, page[^1].Sequence);
        }
    }

    public async ValueTask<VerifyResult> VerifyAsync(
        int partition, IProgress<long>? progress, CancellationToken cancellation, VerifySpan? span = null) =>
        await Task.Run(() => new LedgerVerification(readers, partition, progress, span).RunAsync(cancellation), cancellation);

    public ValueTask<SealMark?> SealAtAsync(int partition, long sequence, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read(reader => LedgerVerification.SealAt(reader, partition, RowKey.Of(partition, Math.Max(sequence, 0)))));

    public ValueTask<Contact?> ContactAsync(long id, CancellationToken cancellation) => ValueTask.FromResult(readers.Read(reader =>
    {
        var row = reader.Query("contact_by_id").Bind(1, id);
        var contact = row.Step() ? ContactBytes.Read(row.Bytes(0), reader.Pool) : null;
        row.Reset();
        return contact;
    }));

    public ValueTask<long?> FindContactAsync(Identity identity, CancellationToken cancellation) => ValueTask.FromResult(readers.Read(reader =>
    {
        var row = reader.Query("contact_by_identity").Bind(1, reader.Names.Find(identity.Type)).Bind(2, identity.Value);
        long? contact = row.Step() ? row.Long(0) : null;
        row.Reset();
        return contact;
    }));

    public ValueTask<IReadOnlyList<Contact>> ContactPageAsync(long afterId, int limit, CancellationToken cancellation) =>
        All(reader => reader.Query("contact_page").Bind(1, afterId).Bind(2, limit), static (reader, row) => ContactBytes.Read(row.Bytes(0), reader.Pool));

    public ValueTask<IReadOnlyList<long>> EnrolledContactsAsync(
        string journey, int? version, bool heldOnly, long afterId, int limit, CancellationToken cancellation) =>
        All(
            reader => reader.Query("enrolled_contacts")
                .Bind(1, reader.Names.Find(journey)).Bind(2, afterId).Bind(3, version).Bind(4, heldOnly ? 1 : 0).Bind(5, limit),
            static (_, row) => row.Long(0));

    public ValueTask<IReadOnlyList<StepCount>> StepCountsAsync(string journey, CancellationToken cancellation) =>
        All(
            reader => reader.Query("step_counts").Bind(1, reader.Names.Find(journey)),
            static (reader, row) => new StepCount(
                row.Int(0), reader.Names.Read(row, 1).Text, (EnrollmentStatus)row.Int(2), row.Long(3) != 0, row.Long(4)));

    public ValueTask<IReadOnlyList<Stander>> StandingAsync(
        string journey, string? step, (long Contact, int Ordinal) after, int limit, CancellationToken cancellation) =>
        All(
            reader => reader.Query("standing")
                .Bind(1, reader.Names.Find(journey)).Bind(2, after.Contact).Bind(3, after.Ordinal)
                .Bind(4, step is null ? (StoredName?)null : reader.Names.Find(step)).Bind(5, limit),
            static (reader, row) => new Stander(
                row.Long(0), row.Int(1), row.Int(2), reader.Names.Read(row, 3).Text, (EnrollmentStatus)row.Int(4), row.Long(5) != 0, row.Time(6),
                row.IsNull(7) ? null : row.Time(7)));

    public ValueTask<IReadOnlyList<ContactEvent>> EventsAsync(long contact, int limit, CancellationToken cancellation) =>
        All(
            reader => reader.Query("events_of_contact").Bind(1, contact).Bind(2, limit),
            static (reader, row) => RecordRows.RecordedEvent(reader, row).Event);

    public ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        All(
            reader => new SearchText()
                .Where("contact = ?", query.Contact)
                .Where("journey = ?", query.Journey is { } journey ? reader.Names.Find(journey) : null)
                .Where("channel = ?", query.Channel is { } channel ? reader.Names.Find(channel) : null)
                .Where("status = ?", query.Status)
                .Where("queued_at >= ?", query.From)
                .Where("queued_at < ?", query.To)
                .Where("number < (SELECT number FROM message WHERE id = ?)", query.Before)
                .Prepare(reader.Database, "messages", query.Limit),
            Message);

    public ValueTask<MessageRow?> MessageAsync(Guid id, CancellationToken cancellation) => ValueTask.FromResult(readers.Read(reader =>
    {
        var row = new SearchText().Where("id = ?", id).Prepare(reader.Database, "messages", 1);
        var message = row.Step() ? Message(reader, row) : null;
        row.Reset();
        return message;
    }));

    public async ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(string? journey, CancellationToken cancellation)
    {
        var rows = await All(
            reader => reader.Query("counters").Bind(1, journey is null ? null : reader.Names.Find(journey)),
            static (reader, row) => KeyValuePair.Create(
                new CounterKey(reader.Names.Read(row, 0).Text, row.Int(1), reader.Names.Read(row, 2).Text, reader.Names.Read(row, 3).Text),
                row.Long(4)));
        return new Dictionary<CounterKey, long>(rows);
    }

    public async ValueTask<IReadOnlyDictionary<DayKey, long>> DaysAsync(LocalDate from, CancellationToken cancellation)
    {
        var rows = await All(
            reader => reader.Query("days").Bind(1, EpochDays.Of(from)),
            static (reader, row) => KeyValuePair.Create(
                new DayKey(reader.Names.Read(row, 1).Text, EpochDays.Day(row.Int(0)), reader.Names.Read(row, 2).Text), row.Long(3)));
        return new Dictionary<DayKey, long>(rows);
    }

    public ValueTask<IReadOnlyList<TallyCount>> TalliesAsync(TallyQuery query, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<TallyCount>>(readers.Read(reader => TallyRows.Counts(reader, query)));

    public ValueTask<StoreTotals> TotalsAsync(CancellationToken cancellation) => ValueTask.FromResult(readers.Read(reader =>
    {
        var row = reader.Query("totals");
        row.Step();
        var totals = new StoreTotals(row.Long(0), row.Long(1), row.Long(2), row.Long(3));
        row.Reset();
        return totals;
    }));

    private ValueTask<IReadOnlyList<T>> All<T>(Func<StoreReader, SqliteStatement> search, Func<StoreReader, SqliteStatement, T> read) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<T>>(reader =>
        {
            var found = new List<T>();
            var row = search(reader);
            while (row.Step())
            {
                found.Add(read(reader, row));
            }
            return found;
        }));

    internal static MessageRow Message(StoreReader reader, SqliteStatement row)
    {
        string Name(int column) => reader.Names.Read(row, column).Text;
        return new MessageRow(
            row.Id(0), row.Long(1), row.Int(2), Name(3), row.Int(4), Name(5), Name(6), Name(7), Name(8), row.Long(9) != 0,
            (OutboxStatus)row.Int(10), row.Int(11), row.Time(12), row.OptionalTime(13), row.OptionalTime(14), row.OptionalText(15),
            reader.Names.ReadOptional(row, 16)?.Text, row.OptionalText(17), row.OptionalText(18), Name(19), row.Text(20), row.Text(21));
    }

    private static List<LedgerRecord> Page(StoreReader reader, long after, long last)
    {
        var records = new List<LedgerRecord>();
        var events = reader.Query("events_between").Bind(1, after).Bind(2, last).Bind(3, PageSize);
        while (events.Step())
        {
            var recorded = RecordRows.RecordedEvent(reader, events);
            records.Add(new LedgerRecord(recorded.Sequence, recorded.Contact, recorded, null));
        }
        var eventCount = records.Count;
        var facts = reader.Query("facts_between").Bind(1, after).Bind(2, last).Bind(3, PageSize);
        while (facts.Step())
        {
            var recorded = RecordRows.RecordedFact(reader, facts);
            records.Add(new LedgerRecord(recorded.Sequence, recorded.Contact, null, recorded));
        }
        // Each side may have stopped at its limit; only what lies before both ends is complete.
        var complete = Math.Min(End(0, eventCount), End(eventCount, records.Count));
        records.Sort(static (x, y) => x.Sequence.CompareTo(y.Sequence));
        return [.. records.TakeWhile(r => r.Sequence <= complete)];

        long End(int from, int to) => to - from == PageSize ? records[to - 1].Sequence : long.MaxValue;
    }
}
