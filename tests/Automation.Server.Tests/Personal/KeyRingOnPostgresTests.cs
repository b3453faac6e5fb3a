using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Tests.Cli;
using Automation.Storage;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;
using Automation.Storage.Tests.Postgres;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests.Personal;

/// <summary>The ring of keys of a store that several processes share, by its commands.</summary>
public sealed class KeyRingOnPostgresTests : IDisposable
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 8, 0);
    private static readonly PropertyBag Person = PropertyBag.Of(("name", "欧阳标记"), ("city", "上海"));

    private readonly string _database = $"ring_{Guid.NewGuid():N}";
    private readonly TempFolder _folder = new();

    public KeyRingOnPostgresTests() => PostgresServer.Shared.Execute("postgres", $"CREATE DATABASE {_database}");

    private string Ring => _folder["ring.json"];

    private string Connection => PostgresServer.Shared.ConnectionString(_database);

    [Fact]
    public async Task A_ring_turns_while_processes_run_and_what_was_wrapped_in_the_old_key_is_read_with_the_new_one_alone()
    {
        var made = await CliRun.Of("key-ring", "add", "--ring", Ring);
        File.Copy(Ring, _folder["old.json"]);
        await using var running = await OpenAsync(Ring);
        await CommitAsync(running);

        var added = await CliRun.Of("key-ring", "add", "--ring", Ring);
        var early = await CliRun.Of("key-ring", "rewrap", "--ring", _folder["old.json"], "--postgres", Connection, "--json");
        var wrapped = await CliRun.Of("key-ring", "rewrap", "--ring", Ring, "--postgres", Connection, "--json");
        var again = await CliRun.Of("key-ring", "rewrap", "--ring", Ring, "--postgres", Connection, "--json");
        var dropped = await CliRun.Of("key-ring", "drop", "--ring", Ring);

        Assert.Equal(["Key 1 is the newest of the ring.", "Key 2 is the newest of the ring.", "The ring has its newest key alone."], new[] { made, added, dropped }.Select(run => run.Error.Trim()));
        Assert.Equal((1, 0), Wrapped(early));
        Assert.Equal((2, 1), Wrapped(wrapped));
        Assert.Equal((2, 0), Wrapped(again));
        // The one that runs has what it needs in memory until it is started with the new file.
        Assert.Equal(Person, (await running.Ledger.ContactAsync(1, default))!.Attributes);
        await using (var started = await OpenAsync(Ring))
        {
            Assert.Equal(Person, (await started.Ledger.ContactAsync(1, default))!.Attributes);
            Assert.True((await started.Ledger.VerifyAsync(0, null, default)).Intact);
        }
        Assert.Equal("personal_key_missing", (await Assert.ThrowsAsync<StoreUnusableException>(() => OpenAsync(_folder["old.json"]))).Code);
    }

    [Fact]
    public async Task A_ring_that_is_none_and_a_store_that_is_not_there_are_told()
    {
        await File.WriteAllTextAsync(Ring, "{}");

        var bad = await CliRun.Of("key-ring", "rewrap", "--ring", Ring, "--postgres", Connection);
        File.Delete(Ring);
        await CliRun.Of("key-ring", "add", "--ring", Ring);
        var empty = await CliRun.Of("key-ring", "rewrap", "--ring", Ring, "--postgres", Connection);

        Assert.Equal((2, "bad_key_ring"), (bad.Code, bad.ErrorCode));
        Assert.Equal((2, "store_missing"), (empty.Code, empty.ErrorCode));
    }

    public void Dispose()
    {
        PostgresServer.Shared.Execute("postgres", $"DROP DATABASE {_database} WITH (FORCE)");
        _folder.Dispose();
    }

    private static (int Key, int Wrapped) Wrapped(CliRun run) => (run.Json.GetProperty("key").GetInt32(), run.Json.GetProperty("wrapped").GetInt32());

    private Task<PostgresStore> OpenAsync(string ring) => PostgresStore.OpenAsync(
        new PostgresOptions { ConnectionString = Connection, Partitions = 1, Node = "test", PersonalKeys = KeyRingFile.Read(ring) });

    private static async Task CommitAsync(PostgresStore store)
    {
        await using var engine = store.Engine((await store.Leases.TakeAsync("test", default))!.Value);
        await engine.CommitAsync(
            new CommitBatch
            {
                Partition = 0, At = Start, Contacts = [new ContactChange(null, new Contact(1, Start) { Attributes = Person }, null)],
                Facts = [new RecordedFact(1, 0, Start, "command:archive", new WorkspaceFact.JourneyArchived("welcome") { Actor = "li" })],
            },
            default);
    }
}
