using Automation.Runtime.Ports;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Leases and heartbeats as rows, with every time taken from the database's clock.</summary>
internal sealed class PostgresPartitionLeases(PostgresDatabase database, int partitions) : IPartitionLeases
{
    public int Partitions => partitions;

    public async ValueTask BeatAsync(NodeBeat node, CancellationToken cancellation)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add("beat", Of(node.Node), Of(node.Role));
        statements.Add("forget_silent_nodes");
        await statements.RunAsync(cancellation);
    }

    public async ValueTask<IReadOnlyList<NodeBeat>> NodesAsync(CancellationToken cancellation) =>
        await ReadAsync("live_nodes", static row => new NodeBeat(row.GetString(0), row.GetString(1)), cancellation, Of(LeaseTimes.NodeSilent));

    public async ValueTask<IReadOnlyList<PartitionLease>> RenewAsync(string node, CancellationToken cancellation)
    {
        var held = await ReadAsync("renew_leases", Lease, cancellation, Of(node), Of(LeaseTimes.Lease));
        return [.. held.OrderBy(l => l.Partition)];
    }

    public ValueTask<PartitionLease?> TakeAsync(string node, CancellationToken cancellation) =>
        TakeAsync("take_lease", node, cancellation, Of(node), Of(LeaseTimes.Lease));

    public async ValueTask<bool> HasFreeAsync(CancellationToken cancellation) =>
        (await ReadAsync("has_free_lease", static row => row.GetBoolean(0), cancellation))[0];

    public ValueTask<PartitionLease?> RetakeAsync(string node, int partition, CancellationToken cancellation) =>
        TakeAsync("retake_lease", node, cancellation, Of(node), Of(LeaseTimes.Lease), Of(partition));

    public async ValueTask ReleaseAsync(string node, PartitionLease lease, CancellationToken cancellation) =>
        await ReadAsync("release_lease", Lease, cancellation, Of(node), Of(lease.Partition), Of(lease.Epoch));

    public async ValueTask LeaveAsync(string node, CancellationToken cancellation)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add("release_leases", Of(node));
        statements.Add("delete_node", Of(node));
        await statements.RunAsync(cancellation);
    }

    public async ValueTask<IReadOnlyList<PartitionOwner>> OwnersAsync(CancellationToken cancellation) => await ReadAsync(
        "lease_owners", static row => new PartitionOwner(row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2)), cancellation);

    // Lease and epoch change together; a commit of the old owner is either before that or refused.
    private async ValueTask<PartitionLease?> TakeAsync(string query, string node, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        PartitionLease lease;
        string? before;
        await using (var take = new Statements(connection))
        {
            take.Add(query, parameters);
            await using var reader = await take.ReadAsync(cancellation);
            if (!await reader.ReadAsync(cancellation))
            {
                return null;
            }
            lease = Lease(reader);
            before = await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetString(2);
        }
        await using (var fence = new Statements(connection))
        {
            if (before is not null && before != node)
            {
                fence.Add("end_sessions", Of(PostgresDatabase.SessionName(before)));
            }
            fence.Add("raise_epoch", Of(lease.Partition), Of(lease.Epoch));
            await fence.RunAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return lease;
    }

    private async Task<List<T>> ReadAsync<T>(
        string query, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.Readers.OpenConnectionAsync(cancellation);
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        var rows = new List<T>();
        await using var reader = await statements.ReadAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    private static PartitionLease Lease(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt64(1));
}
