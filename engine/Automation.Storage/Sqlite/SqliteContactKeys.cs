using Automation.Runtime.Ports;
using Automation.Storage.Personal;

namespace Automation.Storage.Sqlite;

/// <summary>Contacts' own keys in the embedded store.</summary>
internal sealed class SqliteContactKeys(ReaderPool readers, WriteTurn turn, Func<SqliteDatabase> openWriter) : IContactKeyStore, IDisposable
{
    private SqliteDatabase? _writer;

    public ValueTask<IReadOnlyList<ContactKey>> ReadAsync(IReadOnlyList<long> contacts, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<ContactKey>>(reader =>
        {
            var keys = new List<ContactKey>(contacts.Count);
            var row = reader.Query("contact_key");
            foreach (var contact in contacts)
            {
                if (row.Bind(1, contact).Step())
                {
                    keys.Add(Read(row));
                }
                row.Reset();
            }
            return keys;
        }));

    public ContactKey? Any() => readers.Read<ContactKey?>(reader =>
    {
        var row = reader.Query("any_contact_key");
        ContactKey? any = row.Step() ? Read(row) : null;
        row.Reset();
        return any;
    });

    public ValueTask<IReadOnlyList<ContactKey>> WrappedOtherwiseAsync(int ring, long after, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<ContactKey>>(reader =>
        {
            var keys = new List<ContactKey>();
            var row = reader.Query("contact_keys_wrapped_otherwise").Bind(1, ring).Bind(2, after).Bind(3, limit);
            while (row.Step())
            {
                keys.Add(Read(row));
            }
            return keys;
        }));

    public async ValueTask ReplaceAsync(IReadOnlyList<ContactKey> keys, CancellationToken cancellation) => await WriteAsync(
        database =>
        {
            var statement = database.PrepareOnce(SqlText.Query("replace_contact_key"));
            foreach (var key in keys)
            {
                statement.Bind(1, key.Contact).Bind(2, key.Ring).BindBlob(3, key.Wrapped).Run();
            }
        },
        cancellation);

    public ValueTask<IReadOnlyList<string>> ClearIdentitiesAsync(string type, string prefix, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult(readers.Read<IReadOnlyList<string>>(reader =>
        {
            var values = new List<string>();
            var behind = string.Concat(prefix.AsSpan(0, prefix.Length - 1), ((char)(prefix[^1] + 1)).ToString());
            var row = reader.Query("clear_identities").Bind(1, reader.Names.Find(type)).Bind(2, prefix).Bind(3, behind).Bind(4, limit);
            while (row.Step())
            {
                values.Add(row.Text(0));
            }
            return values;
        }));

    public async ValueTask HideIdentitiesAsync(string type, IReadOnlyList<(string Clear, string Hidden)> values, CancellationToken cancellation) =>
        await WriteAsync(
            database =>
            {
                var statement = database.PrepareOnce(SqlText.Query("hide_identity"));
                var name = new NameReader(database).Find(type);
                foreach (var (clear, hidden) in values)
                {
                    statement.Bind(1, name).Bind(2, clear).Bind(3, hidden).Run();
                }
            },
            cancellation);

    public ValueTask<IReadOnlyList<StoredState>> StatesAsync(long after, int limit, CancellationToken cancellation) => ValueTask.FromResult(
        readers.Read<IReadOnlyList<StoredState>>(reader =>
        {
            var states = new List<StoredState>();
            var row = reader.Query("stored_states").Bind(1, after).Bind(2, limit);
            while (row.Step())
            {
                states.Add(new StoredState(row.Long(0), row.Bytes(1).ToArray()));
            }
            return states;
        }));

    public async ValueTask<int> HideStatesAsync(IReadOnlyList<HiddenState> states, CancellationToken cancellation) => await CountAsync(
        database =>
        {
            var made = new HashSet<long>();
            var hide = database.PrepareOnce(SqlText.Query("hide_state"));
            return states.Count(one =>
            {
                if (!IsKeyOf(database, one.Made, made))
                {
                    return false;
                }
                hide.Bind(1, one.Clear.Contact).BindBlob(2, one.Clear.State).BindBlob(3, one.State).Run();
                return database.Changes > 0;
            });
        },
        cancellation);

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(long after, int limit, CancellationToken cancellation) => ValueTask.FromResult(
        readers.Read<IReadOnlyList<StoredText>>(reader =>
        {
            var texts = new List<StoredText>();
            var row = reader.Query("stored_texts").Bind(1, after).Bind(2, limit);
            while (row.Step())
            {
                texts.Add(new StoredText(row.Long(0), row.Long(1), reader.Names.Read(row, 2).Text, row.Text(3), row.Text(4)));
            }
            return texts;
        }));

    public async ValueTask<int> HideTextsAsync(IReadOnlyList<HiddenText> texts, CancellationToken cancellation) => await CountAsync(
        database =>
        {
            var made = new HashSet<long>();
            var hide = database.PrepareOnce(SqlText.Query("hide_text"));
            return texts.Count(one =>
            {
                if (!IsKeyOf(database, one.Made, made))
                {
                    return false;
                }
                hide.Bind(1, one.Clear.Number).Bind(2, one.Clear.Content).Bind(3, one.Address).Bind(4, one.Content).Run();
                return database.Changes > 0;
            });
        },
        cancellation);

    public void Dispose() => _writer?.Dispose();

    private async ValueTask WriteAsync(Action<SqliteDatabase> write, CancellationToken cancellation) => await CountAsync(
        database =>
        {
            write(database);
            return 0;
        },
        cancellation);

    private async ValueTask<int> CountAsync(Func<SqliteDatabase, int> write, CancellationToken cancellation) => await turn.TakeAsync(
        () =>
        {
            _writer ??= Open();
            return _writer.Write(() => write(_writer));
        },
        cancellation);

    private SqliteDatabase Open()
    {
        var database = openWriter();
        // What stood there in clear, and keys that were wrapped otherwise, are overwritten and not only given up.
        database.Execute("PRAGMA secure_delete = ON");
        return database;
    }

    // Where the loop made one meanwhile, that is the contact's key.
    private static bool IsKeyOf(SqliteDatabase database, ContactKey? first, HashSet<long> made)
    {
        if (first is not { } key || made.Contains(key.Contact))
        {
            return true;
        }
        database.PrepareOnce(SqlText.Query("insert_missing_contact_key")).Bind(1, key.Contact).Bind(2, key.Ring).BindBlob(3, key.Wrapped).Run();
        return database.Changes > 0 && made.Add(key.Contact);
    }

    private static ContactKey Read(SqliteStatement row) => new(row.Long(0), row.Int(1), row.Bytes(2).ToArray());
}
