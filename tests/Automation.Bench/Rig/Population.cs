using Automation.Bench.Workloads;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Automation.Storage;
using Automation.Storage.Postgres;
using Automation.Storage.Tests.Postgres;
using NodaTime;

namespace Automation.Bench.Rig;

/// <summary>Databases with contacts in them before anything is measured.</summary>
internal static class Population
{
    private const string Node = "population";

    /// <summary>Everybody as after a first event, written by commits without records; then a copy of the database for each of the names.</summary>
    /// <param name="at">When; the ledger has a period from then on.</param>
    public static async Task MakeAsync(PostgresServer server, int contacts, int partitions, Instant at, string database, params string[] copies)
    {
        server.Execute("postgres", $"CREATE DATABASE {database}");
        await using (var store = await PostgresStore.OpenAsync(
            new PostgresOptions { ConnectionString = server.ConnectionString(database), Partitions = partitions, Node = Node }))
        {
            await store.Leases.BeatAsync(new NodeBeat(Node, "worker"), default);
            // All of them first: what is filled may take longer than a lease lasts, and nobody else takes them here.
            var leases = new List<PartitionLease>();
            while (await store.Leases.TakeAsync(Node, default) is { } lease)
            {
                leases.Add(lease);
            }
            foreach (var lease in leases)
            {
                await using var engine = store.Engine(lease);
                await FillAsync(engine, lease.Partition, partitions, contacts, at);
            }
            await store.Leases.LeaveAsync(Node, default);
        }
        server.Execute(database, "VACUUM ANALYZE");
        foreach (var copy in copies)
        {
            server.Execute("postgres", $"CREATE DATABASE {copy} TEMPLATE {database}");
        }
        server.Execute("postgres", "CHECKPOINT");
    }

    private static async Task FillAsync(IPartitionStore store, int partition, int partitions, int contacts, Instant at)
    {
        var next = (await store.HeadAsync(partition, default)).NextContactId;
        foreach (var page in Enumerable.Range(0, contacts).Chunk(20_000).DefaultIfEmpty([]))
        {
            var people = page.Select(contact => MixedWorkload.EventAmong(contacts, contact) with { Identities = MixedWorkload.Identities(contact) })
                .Where(happened => PartitionOf.Event(happened, partitions) == partition)
                .Select(happened => Evolution.Apply(new Contact(next++, happened.OccurredAt), happened)).ToList();
            await store.CommitAsync(
                new CommitBatch
                {
                    Partition = partition,
                    Id = Guid.NewGuid(),
                    At = at,
                    Contacts = [.. people.Select(contact => new ContactChange(null, contact, at + Duration.FromDays(30)))],
                    Identities = [.. people.SelectMany(contact => contact.Identities.Select(identity => new IdentityLink(identity, contact.Id)))],
                },
                default);
        }
    }
}
