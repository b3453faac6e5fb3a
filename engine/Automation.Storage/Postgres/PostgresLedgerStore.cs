using System.Runtime.CompilerServices;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Everything that was recorded, for people and tools. Reads beside the loops and never waits for them.</summary>
internal sealed class PostgresLedgerStore(PostgresDatabase database, int partitions) : ILedgerStore
{
    public int Partitions => partitions;

    public ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactQuery query, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = PostgresFactSearch.Command(connection, query);
            return await ReadAsync(command, static row => StoredFact.Of(row).Row, cancellation);
        },
        cancellation);

    public async IAsyncEnumerable<LedgerRecord> RecordsAsync(
        int partition, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = new RecordPages(database, partition);
        var from = RowKey.Of(partition, Math.Max(fromSequence, 1));
        var after = from - 1;
        while (true)
        {
            var page = await pages.NextAsync(after, cancellation);
            var seal = 0;
            foreach (var record in page.Records)
            {
                while (seal < page.Seals.Count && page.Seals[seal].Last < record.Key)
                {
                    seal++;
                }
                yield return record.Read(seal < page.Seals.Count ? page.Seals[seal].Revision ?? 0 : 0);
            }
            if (page.IsLast)
            {
                yield break;
            }
            after = page.Seals[^1].Last;
        }
    }

    public async ValueTask<VerifyResult> VerifyAsync(
        int partition, IProgress<long>? progress, CancellationToken cancellation, VerifySpan? span = null) =>
        await new PostgresVerification(database, partition, progress, span).RunAsync(cancellation);

    public ValueTask<SealMark?> SealAtAsync(int partition, long sequence, CancellationToken cancellation) =>
        PostgresVerification.SealAtAsync(database, partition, RowKey.Of(partition, Math.Max(sequence, 0)), cancellation);

    public async ValueTask<Contact?> ContactAsync(long id, CancellationToken cancellation) =>
        await AllAsync("contact_by_id", ReadContact, cancellation, Of(id)) is [var contact] ? contact : null;

    public async ValueTask<long?> FindContactAsync(Identity identity, CancellationToken cancellation) =>
        await AllAsync("contact_by_identity", static row => row.GetInt64(0), cancellation, Of(identity.Type), Of(identity.Value)) is [var id] ? id : null;

    public ValueTask<IReadOnlyList<Contact>> ContactPageAsync(long afterId, int limit, CancellationToken cancellation) =>
        AllAsync("contact_page", ReadContact, cancellation, Of(afterId), Of(limit));

    public ValueTask<IReadOnlyList<long>> EnrolledContactsAsync(
        string journey, int? version, bool heldOnly, long afterId, int limit, CancellationToken cancellation) =>
        AllAsync(
            "enrolled_contacts", static row => row.GetInt64(0), cancellation, Of(journey), Of(afterId), OfOptional(version), Of(heldOnly), Of(limit));

    public ValueTask<IReadOnlyList<StepCount>> StepCountsAsync(string journey, CancellationToken cancellation) =>
        AllAsync(
            "step_counts",
            static row => new StepCount(row.GetInt32(0), row.GetString(1), (EnrollmentStatus)row.GetInt16(2), row.GetBoolean(3), row.GetInt64(4)),
            cancellation, Of(journey));

    public ValueTask<IReadOnlyList<Stander>> StandingAsync(
        string journey, string? step, (long Contact, int Ordinal) after, int limit, CancellationToken cancellation) =>
        AllAsync(
            "standing",
            static row => new Stander(
                row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), (EnrollmentStatus)row.GetInt16(4), row.GetBoolean(5),
                Instant.FromUnixTimeMilliseconds(row.GetInt64(6)), row.IsDBNull(7) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(7))),
            cancellation, Of(journey), Of(after.Contact), Of(after.Ordinal), OfOptional(step), Of(limit));

    public ValueTask<IReadOnlyList<ContactEvent>> EventsAsync(long contact, int limit, CancellationToken cancellation) =>
        AllAsync("events_of_contact", static row => StoredEvent.Of(row).Event, cancellation, Of(contact), Of(limit));

    public ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(MessageQuery query, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = new PostgresSearch()
                .Where("contact = ?", query.Contact)
                .Where("journey = ?", query.Journey)
                .Where("channel = ?", query.Channel)
                .Where("status = ?", query.Status)
                .Where("queued_at >= ?", query.From)
                .Where("queued_at < ?", query.To)
                .Where("message.number < (SELECT number FROM message_state WHERE id = ?)", query.Before)
                .Command(connection, "messages", query.Limit);
            return await ReadAsync(command, Message, cancellation);
        },
        cancellation);

    public async ValueTask<MessageRow?> MessageAsync(Guid id, CancellationToken cancellation) =>
        await AllAsync("message_by_id", Message, cancellation, Of(id)) is [var message] ? message : null;

    public async ValueTask<IReadOnlyDictionary<CounterKey, long>> CountersAsync(string? journey, CancellationToken cancellation)
    {
        var rows = await AllAsync(
            "counters",
            static row => KeyValuePair.Create(new CounterKey(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3)), row.GetInt64(4)),
            cancellation, OfOptional(journey));
        return new Dictionary<CounterKey, long>(rows);
    }

    public async ValueTask<IReadOnlyDictionary<DayKey, long>> DaysAsync(LocalDate from, CancellationToken cancellation)
    {
        var rows = await AllAsync(
            "days",
            static row => KeyValuePair.Create(new DayKey(row.GetString(1), EpochDays.Day(row.GetInt32(0)), row.GetString(2)), row.GetInt64(3)),
            cancellation, Of(EpochDays.Of(from)));
        return new Dictionary<DayKey, long>(rows);
    }

    public ValueTask<IReadOnlyList<TallyCount>> TalliesAsync(TallyQuery query, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = PostgresTallySearch.Command(connection, query);
            return await ReadAsync(command, static row => new TallyCount(PostgresTallies.Read(row, 0), row.GetInt64(6)), cancellation);
        },
        cancellation);

    public async ValueTask<StoreTotals> TotalsAsync(CancellationToken cancellation) =>
        (await AllAsync("totals", static row => new StoreTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancellation))[0];

    private ValueTask<IReadOnlyList<T>> AllAsync<T>(
        string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters) => database.ReadAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(PostgresSql.Query(query), connection);
            // A parameter belongs to one command, and this may be the second one.
            command.Parameters.AddRange(Array.ConvertAll(parameters, parameter => parameter.Clone()));
            return await ReadAsync(command, read, cancellation);
        },
        cancellation);

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    private static Contact ReadContact(NpgsqlDataReader row) => ContactBytes.Read(row.GetFieldValue<byte[]>(0), new NamePool());

    internal static MessageRow Message(NpgsqlDataReader row)
    {
        Instant? Time(int column) => row.IsDBNull(column) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(column));
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new MessageRow(
            row.GetGuid(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4), row.GetString(5), row.GetString(6), row.GetString(7),
            row.GetString(8), row.GetBoolean(9), (OutboxStatus)row.GetInt16(10), row.GetInt32(11), Time(12)!.Value, Time(13), Time(14), Text(15),
            Text(16), Text(17), Text(18), row.GetString(19), row.GetString(20), row.GetString(21));
    }
}
