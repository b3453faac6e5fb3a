using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;
using Automation.Storage.Tests.Contracts;
using Npgsql;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Postgres;

/// <summary>A database of an earlier engine, with facts in it: its chain holds, goes on, and is as easily found to be broken.</summary>
public sealed class UpgradeOnPostgresTests : IDisposable
{
    // Before seals covered the commit's time, facts were counted, and anything was hidden.
    private const int Schema = 10;

    private readonly string _database = $"upgrade_{Guid.NewGuid():N}";

    public UpgradeOnPostgresTests() => PostgresServer.Shared.Execute("postgres", $"CREATE DATABASE {_database}");

    [Fact]
    public async Task A_database_of_before_personal_data_and_of_the_first_form_of_seals_verifies_and_goes_on()
    {
        await WriteOldAsync();
        await using var store = await PostgresStore.OpenAsync(new PostgresOptions
        {
            ConnectionString = PostgresServer.Shared.ConnectionString(_database), Partitions = 1, Node = "test", PersonalKeys = PersonalKeyRing.Of(new byte[32]),
        });
        await using var engine = store.Engine((await store.Leases.TakeAsync("test", default))!.Value);

        Assert.Equal((true, 3L, 3L), Told(await store.Ledger.VerifyAsync(0, null, default)));
        var loaded = await engine.LoadAsync(new LoadRequest([], [], [1]), default);
        Assert.Equal("欧阳", loaded.Contacts[1].Attributes.Find("name"));
        await engine.CommitAsync(
            Batch(10) with
            {
                Facts = [NotEnrolled(4, 1, second: 10)], Events = [Recorded(5, 1, MessageId(1))],
                Contacts = [new ContactChange(loaded.Contacts[1], loaded.Contacts[1], null) { Revision = loaded.Revisions!.GetValueOrDefault(1) }],
            },
            default);

        Assert.Equal((true, 4L, 4L), Told(await store.Ledger.VerifyAsync(0, null, default)));
        Assert.Equal([4, 3, 2, 1], (await store.Ledger.FactsAsync(new FactQuery(Journey: "welcome"), default)).Select(fact => fact.Sequence));
        Assert.Equal("欧阳", (await store.Ledger.ContactAsync(1, default))!.Attributes.Find("name"));
        PostgresServer.Shared.Execute(_database, "UPDATE fact SET at = at + 1 WHERE sequence = 2");
        Assert.Equal(2, (await store.Ledger.VerifyAsync(0, null, default)).BrokenSequence);
    }

    public void Dispose() => PostgresServer.Shared.Execute("postgres", $"DROP DATABASE {_database} WITH (FORCE)");

    private static (bool, long, long) Told(VerifyResult result) => (result.Intact, result.Facts, result.Seals);

    private async Task WriteOldAsync()
    {
        var (connection, from, to) = (PostgresServer.Shared.ConnectionString(_database), new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        await using (var source = NpgsqlDataSource.Create(connection))
        {
            await PostgresMigrator.MigrateAsync(source, 1, [.. PostgresSql.Migrations.Take(Schema)], default);
        }
        var state = new ByteBuffer();
        ContactBytes.Write(state, Contact(1) with { Attributes = PropertyBag.Of(("name", "欧阳")) });
        var sql = new System.Text.StringBuilder();
        sql.Append(CultureInfo.InvariantCulture, $"""
            INSERT INTO ledger_period (name, starts_at, ends_at) VALUES ('20260301', {from.ToUnixTimeMilliseconds()}, {to.ToUnixTimeMilliseconds()});
            CREATE TABLE event_20260301 PARTITION OF event FOR VALUES FROM ({from.ToUnixTimeMilliseconds()}) TO ({to.ToUnixTimeMilliseconds()});
            CREATE TABLE fact_20260301 PARTITION OF fact FOR VALUES FROM ({from.ToUnixTimeMilliseconds()}) TO ({to.ToUnixTimeMilliseconds()});
            CREATE UNIQUE INDEX fact_20260301_sequence ON fact_20260301 (sequence);
            INSERT INTO contact (id, revision, state) VALUES (1, 1, '\x{Convert.ToHexString(state.Written)}');
            """);
        var previous = SealBuilder.Origin;
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            var at = At(sequence).ToUnixTimeMilliseconds();
            var (hash, checks) = OldLedger.Seal(previous, sequence, at, sequence);
            sql.Append(CultureInfo.InvariantCulture, $"""
                INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, reason, details, committed_at)
                VALUES ({sequence}, {at}, 1, 'timer', 'not_enrolled', 'welcome', 1, 'audience_not_matched', '{OldLedger.Details}', {at});
                INSERT INTO seal VALUES ({sequence}, {sequence}, {at}, {sequence}, '\x{Convert.ToHexString(hash)}', '\x{Convert.ToHexString(checks)}');
                """);
            previous = hash;
        }
        sql.Append(CultureInfo.InvariantCulture, $"""
            UPDATE partition_head SET next_sequence = 4, next_contact = 2, revision = 3, last_seal = '\x{Convert.ToHexString(previous)}', last_at = {At(3).ToUnixTimeMilliseconds()};
            """);
        PostgresServer.Shared.Execute(_database, sql.ToString());
    }
}
