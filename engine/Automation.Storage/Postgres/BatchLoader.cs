using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Reads what a batch looks at in one round trip: duplicates, owners of identities, contacts; and who is due.</summary>
/// <param name="home">The partition whose loop asks; null where it is the only one.</param>
internal sealed class BatchLoader(PostgresDatabase database, int? home)
{
    private readonly NamePool _names = new();
    private long _seenElsewhere;
    private bool _hasSeenMore;

    public async ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation)
    {
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        var ids = request.MessageIds.Count == 0 ? null : request.MessageIds.ToLookup(MessageKey.Of);
        var loaded = new Loaded(request, ids, _names);
        var results = new List<Action<NpgsqlDataReader>>();
        if (ids is not null)
        {
            statements.Add("known_messages", Of(ids.Select(id => id.Key).ToArray()));
            results.Add(loaded.Message);
        }
        if (request.Identities.Count > 0)
        {
            statements.Add("contacts_by_identity", Of(request.Identities.Select(i => i.Type).ToArray()), Of(request.Identities.Select(i => i.Value).ToArray()));
            results.Add(loaded.Owner);
        }
        if (request.ContactIds.Count > 0)
        {
            statements.Add("contacts_by_id", Of(request.ContactIds.ToArray()));
            results.Add(loaded.Contact);
        }
        if (request.Known.Count > 0)
        {
            statements.Add("newer_contacts", Of(request.Known.Select(k => k.Id).ToArray()), Of(request.Known.Select(k => k.Revision).ToArray()));
            results.Add(loaded.Contact);
        }
        if (home is { } partition && results.Count > 0)
        {
            statements.Add("written_elsewhere", Of(partition), Of(_seenElsewhere));
            results.Add(loaded.Elsewhere);
            if (_hasSeenMore)
            {
                statements.Add("delete_written_elsewhere", Of(partition), Of(_seenElsewhere));
            }
        }
        if (results.Count > 0)
        {
            await using var reader = await statements.ReadAsync(cancellation);
            foreach (var keep in results)
            {
                while (await reader.ReadAsync(cancellation))
                {
                    keep(reader);
                }
                await reader.NextResultAsync(cancellation);
            }
        }
        _hasSeenMore = loaded.LastElsewhere > _seenElsewhere;
        _seenElsewhere = Math.Max(_seenElsewhere, loaded.LastElsewhere);
        return loaded.Result;
    }

    /// <summary>
    /// Rows are found by where they are to be looked at, which may be before their deadline: those are moved on, and then it is asked again.
    /// </summary>
    public async ValueTask<IReadOnlyList<DueContact>> DueAsync(int partition, Instant now, int limit, CancellationToken cancellation)
    {
        var until = now.ToUnixTimeMilliseconds();
        await using var connection = await database.Loops.OpenConnectionAsync(cancellation);
        while (true)
        {
            var due = new List<DueContact>();
            var early = new List<long>();
            await using (var statements = new Statements(connection))
            {
                statements.Add("due_contacts", Of((long)partition), Of(until), Of(limit));
                await using var reader = await statements.ReadAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                {
                    var (id, look) = (reader.GetInt64(0), reader.GetInt64(1));
                    if (!await reader.IsDBNullAsync(2, cancellation) && reader.GetInt64(2) == look)
                    {
                        due.Add(new DueContact(id, Instant.FromUnixTimeMilliseconds(look)));
                    }
                    else
                    {
                        early.Add(id);
                    }
                }
            }
            if (early.Count == 0)
            {
                return due;
            }
            await using var move = new Statements(connection);
            move.Add("move_looks", Of(early));
            if (await move.RunAsync(cancellation) <= 0)
            {
                return due; // All of them are being written just now.
            }
        }
    }

    private sealed class Loaded(LoadRequest request, ILookup<Guid, string>? ids, NamePool names)
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);
        private readonly Dictionary<Identity, long> _owners = [];
        private readonly Dictionary<long, Contact> _contacts = [];
        private readonly Dictionary<long, long> _revisions = [];

        private readonly List<long> _elsewhere = [];

        public LoadResult Result => new(_known, _owners, _contacts) { Revisions = _revisions, WrittenElsewhere = _elsewhere };

        public long LastElsewhere { get; private set; }

        public void Elsewhere(NpgsqlDataReader row)
        {
            LastElsewhere = row.GetInt64(0);
            _elsewhere.Add(row.GetInt64(1));
        }

        public void Message(NpgsqlDataReader row) => _known.UnionWith(ids![row.GetGuid(0)]);

        public void Owner(NpgsqlDataReader row)
        {
            _owners[request.Identities[(int)row.GetInt64(0) - 1]] = row.GetInt64(1);
            Keep(row.GetInt64(1), row.GetInt64(2), row, 3);
        }

        public void Contact(NpgsqlDataReader row) => Keep(row.GetInt64(0), row.GetInt64(1), row, 2);

        // The statements see the database one after the other: the newest of a contact counts.
        private void Keep(long id, long revision, NpgsqlDataReader row, int state)
        {
            if (!_revisions.TryGetValue(id, out var known) || known < revision)
            {
                _revisions[id] = revision;
                _contacts[id] = ContactBytes.Read(row.GetFieldValue<byte[]>(state), names);
            }
        }
    }
}
