using Automation.Runtime.Ports;
using Automation.Storage.Personal;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Contacts' own keys in PostgreSQL.</summary>
internal sealed class PostgresContactKeys(PostgresDatabase database) : IContactKeyStore
{
    public ValueTask<IReadOnlyList<ContactKey>> ReadAsync(IReadOnlyList<long> contacts, CancellationToken cancellation) =>
        QueryAsync("contact_keys", Read, cancellation, Of(contacts.ToArray()));

    public async ValueTask<ContactKey?> AnyAsync(CancellationToken cancellation) =>
        await QueryAsync("any_contact_key", Read, cancellation) is [var any, ..] ? any : null;

    public ValueTask<IReadOnlyList<ContactKey>> WrappedOtherwiseAsync(int ring, long after, int limit, CancellationToken cancellation) =>
        QueryAsync("contact_keys_wrapped_otherwise", Read, cancellation, Of(ring), Of(after), Of(limit));

    public ValueTask ReplaceAsync(IReadOnlyList<ContactKey> keys, CancellationToken cancellation) =>
        RunAsync("replace_contact_keys", cancellation, Of(keys.Select(static key => key.Contact).ToArray()), Of(keys.Select(static key => key.Ring).ToArray()), Wrapped(keys));

    public ValueTask<IReadOnlyList<string>> ClearIdentitiesAsync(string type, string prefix, int limit, CancellationToken cancellation) =>
        QueryAsync("clear_identities", static row => row.GetString(0), cancellation, Of(type), Of(prefix), Of(limit));

    public ValueTask HideIdentitiesAsync(string type, IReadOnlyList<(string Clear, string Hidden)> values, CancellationToken cancellation) =>
        RunAsync("hide_identities", cancellation, Of(type), Of(values.Select(static one => one.Clear).ToArray()), Of(values.Select(static one => one.Hidden).ToArray()));

    public ValueTask<IReadOnlyList<StoredState>> StatesAsync(long after, int limit, CancellationToken cancellation) =>
        QueryAsync("stored_states", static row => new StoredState(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), cancellation, Of(after), Of(limit));

    public async ValueTask<int> HideStatesAsync(IReadOnlyList<HiddenState> states, CancellationToken cancellation) => (await QueryAsync(
        "hide_states", static row => row.GetInt64(0), cancellation, Of(states.Select(static one => one.Clear.Contact).ToArray()),
        Of(states.Select(static one => one.Clear.State).ToArray()), Of(states.Select(static one => one.State).ToArray()),
        Of(states.Select(static one => one.Made?.Ring).ToArray()), Made(states.Select(static one => one.Made)))).Count;

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(long after, int limit, CancellationToken cancellation) => QueryAsync(
        "stored_texts", static row => new StoredText(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4)), cancellation,
        Of(after), Of(limit));

    public async ValueTask<int> HideTextsAsync(IReadOnlyList<HiddenText> texts, CancellationToken cancellation) => (await QueryAsync(
        "hide_texts", static row => row.GetInt64(0), cancellation, Of(texts.Select(static one => one.Clear.Number).ToArray()),
        Of(texts.Select(static one => one.Clear.Content).ToArray()), Of(texts.Select(static one => one.Address).ToArray()),
        Of(texts.Select(static one => one.Content).ToArray()), Of(texts.Select(static one => one.Made?.Ring).ToArray()),
        Made(texts.Select(static one => one.Made)))).Count;

    /// <summary>What a commit writes of keys, and what it takes away of who was erased.</summary>
    public static void Add(Statements to, CommitBatch batch)
    {
        if (batch.NewKeys.Count > 0)
        {
            to.Add(
                "insert_contact_keys", Of(batch.NewKeys.Select(static key => key.Contact).ToArray()), Of(batch.NewKeys.Select(static key => key.Ring).ToArray()),
                Wrapped(batch.NewKeys));
        }
        foreach (var (from, survivor) in batch.KeyMoves)
        {
            to.Add("move_contact_keys", Of(from), Of(survivor));
        }
        if (batch.Erased.Count > 0)
        {
            to.Add("erase_messages", Of(batch.Erased.ToArray()));
            to.Add("delete_contact_keys", Of(batch.Erased.ToArray()));
        }
    }

    private static NpgsqlParameter Wrapped(IReadOnlyList<ContactKey> keys) => Of(keys.Select(static key => key.Wrapped).ToArray());

    private static NpgsqlParameter Made(IEnumerable<ContactKey?> keys) =>
        new() { Value = keys.Select(static key => key?.Wrapped).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bytea };

    private static ContactKey Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2));

    private async ValueTask<IReadOnlyList<T>> QueryAsync<T>(
        string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        await using var reader = await statements.ReadAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    private async ValueTask RunAsync(string query, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        await statements.RunAsync(cancellation);
    }
}
