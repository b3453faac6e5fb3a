using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;
using Automation.Storage.Tests.Contracts;
using NodaTime;
using Npgsql;

namespace Automation.Storage.Tests.Postgres;

/// <summary>A PostgreSQL store in a database of its own, made from a template that was migrated once.</summary>
internal sealed class PostgresUnderTest : StoreUnderTest
{
    public const int Partitions = 4;

    private const string Template = "automation_template";

    /// <summary>What is personal is hidden as it is for servers, so every contract holds with that.</summary>
    private static readonly PersonalKeyRing Ring = PersonalKeyRing.Of(new byte[32]);

    private static readonly Lazy<PostgresServer> Server = new(() =>
    {
        var server = PostgresServer.Shared;
        server.Execute("postgres", $"CREATE DATABASE {Template}");
        Await(Await(PostgresStore.OpenAsync(Options(Template))).DisposeAsync());
        return server;
    });

    private static int _databases;

    private readonly string _database = $"store_{Interlocked.Increment(ref _databases)}";
    private PostgresStore _store;
    private IPartitionStore[] _engines;

    public PostgresUnderTest()
    {
        Server.Value.Execute("postgres", $"CREATE DATABASE {_database} TEMPLATE {Template}");
        (_store, _engines) = Open();
        Engine = new Routed(this);
    }

    public override IEngineStore Engine { get; }

    public override ILedgerStore Ledger => _store.Ledger;

    public override IOutboxStore Outbox => _store.Outbox;

    public override IDefinitionStore Definitions => _store.Definitions;

    public override IHoldStore Holds => _store.Holds;

    public override IOperationsStore Operations => _store.Operations;

    public override Task<IReadOnlySet<Guid>> ClaimAsync(params SendIntent[] intents) => _store.Claims.ClaimAsync("test", intents, default).AsTask();

    public override IAccessStore Access => _store.Access;

    public PostgresStore Store => _store;

    public override string Everything()
    {
        string[] columns =
        [
            "encode(state, 'escape') FROM contact", "value FROM identity", "address || content FROM message", "coalesce(text, '') FROM message_state", "details::text FROM event",
            "details::text FROM fact", "encode(wrapped, 'hex') FROM contact_key",
        ];
        var text = new System.Text.StringBuilder();
        using var connection = _store.Database.Readers.OpenConnection();
        foreach (var column in columns)
        {
            using var command = new Npgsql.NpgsqlCommand($"SELECT {column}", connection);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                text.AppendLine(rows.GetString(0));
            }
        }
        return text.ToString();
    }

    public static PostgresOptions Options(string database, string node = "test") => new()
    {
        ConnectionString = PostgresServer.Shared.ConnectionString(database), Partitions = Partitions, Node = node, PersonalKeys = Ring,
    };

    public PostgresOptions OptionsOf(string node) => Options(_database, node);

    public IPartitionStore EngineOf(int partition) => _engines[partition];

    public override void Reopen()
    {
        Close();
        (_store, _engines) = Open();
    }

    public override void Tamper(string sql)
    {
        // Names are text here, ids of messages are of their own type, and a row says when it was committed.
        var translated = sql
            .Replace("name = name + 1", "name = name || '1'", StringComparison.Ordinal)
            .Replace("kind = kind + 1", "kind = kind || '1'", StringComparison.Ordinal)
            .Replace("SELECT hash FROM seal ORDER BY first_sequence LIMIT 1", "SELECT encode(substring(hash FOR 16), 'hex')::uuid FROM seal ORDER BY first_sequence LIMIT 1", StringComparison.Ordinal);
        Server.Value.Execute(
            _database, $"ALTER TABLE fact ALTER COLUMN committed_at SET DEFAULT {Sample.Start.ToUnixTimeMilliseconds()}; {translated}");
    }

    public override IEarlierValues Earlier => _store.Earlier!;

    public override void Declare(params string[] personal) => _store.PersonalFields = () => PersonalFields.Of(personal);

    public override ILedgerUpkeep Upkeep => _store.Upkeep;

    public override (long? Now, bool IsDone) FlipBit(string table, string column, long first, int draw)
    {
        using var connection = new NpgsqlConnection(PostgresServer.Shared.ConnectionString(_database));
        connection.Open();
        using var asked = new NpgsqlCommand($"SELECT {column} FROM {table} WHERE {KeyOf(table)} = {first}", connection);
        object? flipped = asked.ExecuteScalar() switch
        {
            long number => number ^ (1L << (draw % 63)),
            int number => number ^ (1 << (draw % 31)),
            short number => (short)(number ^ (1 << (draw % 15))),
            byte[] bytes => Flipped(bytes, draw),
            Guid id => new Guid(Flipped(id.ToByteArray(), draw)),
            // A text is UTF-8 or is none: a bit of one of its plain characters.
            string text when text.Length > 0 && text[draw % text.Length] is var letter && letter < 128 && (letter ^ (1 << (draw % 7))) != 0 =>
                text[..(draw % text.Length)] + (char)(letter ^ (1 << (draw % 7))) + text[(draw % text.Length + 1)..],
            _ => null,
        };
        if (flipped is null)
        {
            return (null, false);
        }
        try
        {
            using var change = new NpgsqlCommand($"UPDATE {table} SET {column} = $1 WHERE {KeyOf(table)} = {first}", connection) { Parameters = { new() { Value = flipped } } };
            change.ExecuteNonQuery();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return (null, false);
        }
        return (flipped as long?, true);
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        Server.Value.Execute("postgres", $"DROP DATABASE {_database} WITH (FORCE)");
    }

    private static byte[] Flipped(byte[] bytes, int draw)
    {
        var copy = bytes.ToArray();
        copy[draw % (8 * copy.Length) / 8] ^= (byte)(1 << (draw % 8));
        return copy;
    }

    private static T Await<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Await(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    private (PostgresStore Store, IPartitionStore[] Engines) Open()
    {
        var store = Await(PostgresStore.OpenAsync(Options(_database)));
        var leases = Enumerable.Range(0, Partitions).Select(_ => Await(store.Leases.TakeAsync("test", default).AsTask())!.Value).OrderBy(l => l.Partition);
        return (store, [.. leases.Select(store.Engine)]);
    }

    private void Close()
    {
        foreach (var engine in _engines)
        {
            Await(engine.DisposeAsync());
        }
        Await(_store.Leases.LeaveAsync("test", default));
        Await(_store.DisposeAsync());
    }

    /// <summary>
    /// The partitions as one store, for contracts that do not care; and as the loop does, with the revision of what was loaded before.
    /// </summary>
    private sealed class Routed(PostgresUnderTest store) : IEngineStore
    {
        public ValueTask<LoadResult> LoadAsync(LoadRequest request, CancellationToken cancellation) => store._engines[0].LoadAsync(request, cancellation);

        public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellation)
        {
            var known = await LoadAsync(new LoadRequest([], [], [.. batch.Contacts.Select(c => c.After.Id)]), cancellation);
            var contacts = batch.Contacts.Select(c => c with { Revision = known.Revisions!.GetValueOrDefault(c.After.Id) });
            return await store._engines[batch.Partition].CommitAsync(batch with { Contacts = [.. contacts] }, cancellation);
        }

        public ValueTask<IReadOnlyList<DueContact>> DueContactsAsync(Instant now, int limit, CancellationToken cancellation) =>
            store._engines[0].DueContactsAsync(now, limit, cancellation);

        public ValueTask<PartitionHead> HeadAsync(int partition, CancellationToken cancellation) => store._engines[partition].HeadAsync(partition, cancellation);
    }
}
