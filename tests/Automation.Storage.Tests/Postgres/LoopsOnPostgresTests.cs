using System.Collections.Immutable;
using System.Globalization;
using Automation.Core.Contacts;
using Automation.Storage.Postgres;
using Xunit;

namespace Automation.Storage.Tests.Postgres;

/// <summary>The real loops over the real store, while persons cross partitions and the server comes and goes.</summary>
public sealed class LoopsOnPostgresTests(LoopsOnPostgresTests.Server server) : IClassFixture<LoopsOnPostgresTests.Server>
{
    private static readonly string[] Names = ["joined", "ordered", "page_seen"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Persons_known_by_several_identities_are_decided_by_several_partitions_and_rebuilt(int seed)
    {
        await using var loops = await OwnedLoops.StartAsync(await server.StoreAsync());
        var random = new Random(seed);
        var events = Enumerable.Range(0, 600).Select(i => Of(i, seed, random.Next(30), random.Next(5), random.Next(3))).ToList();

        await Task.WhenAll(events.Select(loops.SendAsync));

        await loops.ProveAsync([.. events.Select(e => e.MessageId)]);
        Assert.NotEqual(0, loops.Conflicts);
    }

    [Fact]
    public async Task Partitions_that_write_a_person_in_turns_have_no_conflict()
    {
        await using var loops = await OwnedLoops.StartAsync(await server.StoreAsync());
        // The first event of each makes the person one, for both of its partitions; then each of them writes it again and again.
        var events = Enumerable.Range(0, 120).Select(i => Of(i, 30, i % 10, i < 10 ? 4 : i / 10 % 3, i % 3)).ToList();
        foreach (var happened in events)
        {
            await loops.SendAsync(happened);
        }

        Assert.Equal(0, loops.Conflicts);
        await loops.ProveAsync([.. events.Select(e => e.MessageId)]);
    }

    [Fact]
    public async Task A_new_owner_goes_on_with_the_contacts_that_are_there()
    {
        var (first, second) = (Enumerable.Range(0, 60).Select(i => Of(i, 20, i % 20, 0, 0)).ToList(), Enumerable.Range(60, 60).Select(i => Of(i, 20, i % 20, 0, 1)).ToList());
        var store = await server.StoreAsync();
        await using (var loops = await OwnedLoops.StartAsync(store))
        {
            await Task.WhenAll(first.Select(loops.SendAsync));
            await store.Leases.LeaveAsync("loops", default);
        }

        await using var others = await OwnedLoops.StartAsync(await server.AgainAsync());
        await Task.WhenAll(second.Select(others.SendAsync));

        await others.ProveAsync([.. first.Concat(second).Select(e => e.MessageId)]);
        Assert.Equal((0, 0), (others.Conflicts, others.Again));
    }

    [Fact]
    public async Task A_server_that_crashes_under_load_loses_nothing_and_doubles_nothing()
    {
        await using var loops = await OwnedLoops.StartAsync(await server.StoreAsync());
        var events = Enumerable.Range(0, 1_200).Select(i => Of(i, 9, i % 100, 0, i % 3)).ToList();
        var sent = new List<Task>();
        foreach (var part in events.Chunk(300))
        {
            sent.AddRange(part.Select(loops.SendAsync));
            await sent[^150];
            server.Postgres.Kill();
            server.Postgres.Start();
        }

        await Task.WhenAll(sent);

        await loops.ProveAsync([.. events.Select(e => e.MessageId)]);
    }

    [Fact]
    public async Task A_server_that_stands_still_is_waited_for()
    {
        await using var loops = await OwnedLoops.StartAsync(await server.StoreAsync());
        var events = Enumerable.Range(0, 400).Select(i => Of(i, 10, i % 50, 0, i % 3)).ToList();
        await Task.WhenAll(events.Take(100).Select(loops.SendAsync));

        server.Postgres.Freeze();
        var waiting = events.Skip(100).Select(loops.SendAsync).ToList();
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        server.Postgres.Thaw();
        await Task.WhenAll(waiting);

        await loops.ProveAsync([.. events.Select(e => e.MessageId)]);
        Assert.Equal(0, loops.Again);
    }

    // Most events name one of a person's identities, and go to its partition; now and then one names two, and so joins what was apart.
    private static ContactEvent Of(int i, int seed, int person, int form, int name)
    {
        var who = person.ToString(CultureInfo.InvariantCulture);
        var (user, phone, device) = (new Identity(Identity.UserId, "u" + who), new Identity(Identity.Phone, "+86138" + who), new Identity(Identity.AnonymousId, "d" + who));
        ImmutableArray<Identity> identities = form switch
        {
            0 => [user],
            1 => [phone],
            2 => [device],
            3 => [user, device],
            _ => [phone, device],
        };
        return OwnedLoops.Event(new Guid(i, (short)seed, 0, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(), Names[name], identities);
    }

    /// <summary>A server of their own, for they kill it.</summary>
    public sealed class Server : IDisposable
    {
        private readonly Lazy<PostgresServer> _postgres = new(() => new PostgresServer("fsync=off", "shared_buffers=64MB"));
        private int _databases;

        internal PostgresServer Postgres => _postgres.Value;

        internal Task<PostgresStore> StoreAsync()
        {
            var database = "loops_" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
            Postgres.Execute("postgres", $"CREATE DATABASE {database}");
            return OpenAsync(database);
        }

        /// <summary>The last one, opened once more.</summary>
        internal Task<PostgresStore> AgainAsync() => OpenAsync("loops_" + _databases.ToString(CultureInfo.InvariantCulture));

        private Task<PostgresStore> OpenAsync(string database) =>
            PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = Postgres.ConnectionString(database), Partitions = 4, Node = "loops" });

        public void Dispose()
        {
            if (_postgres.IsValueCreated)
            {
                Postgres.Dispose();
            }
        }
    }
}
