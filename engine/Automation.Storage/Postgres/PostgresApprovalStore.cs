using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;
using Npgsql;
using static Automation.Storage.Postgres.Statements;

namespace Automation.Storage.Postgres;

/// <summary>Requests to publish, for every process of a cluster; changed in the definitions' transactions, of which there is one at a time.</summary>
internal sealed class PostgresApprovalStore(
    PostgresDatabase database, Func<Func<NpgsqlConnection, CancellationToken, Task<bool>>, CancellationToken, Task<bool>> change) : IApprovalStore
{
    public async ValueTask<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellation) =>
        await database.RowsAsync("approvals", Read, cancellation, OfOptional((string?)null));

    public async ValueTask<Approval?> FindAsync(string journey, CancellationToken cancellation) =>
        (await database.RowsAsync("approvals", Read, cancellation, OfOptional(journey))).FirstOrDefault();

    public async ValueTask<IReadOnlyList<DraftEdit>> EditsAsync(string journey, CancellationToken cancellation) => await database.RowsAsync(
        "draft_edits", static row => new DraftEdit(row.GetString(0), Time(row, 1)), cancellation, Of(journey));

    public async ValueTask<bool> AskAsync(Approval request, int revision, CancellationToken cancellation) => await change(
        async (connection, token) => await RunAsync(
            connection, "ask_approval", token,
            Of(request.Journey), Of(request.Number), Of(request.Hash), Of((int)request.InFlight), Of(request.CountExisting), Of(request.Asked.By),
            Of(request.Asked.At.ToUnixTimeMilliseconds()), Of(request.Asked.Comment), Of(revision)) == 1,
        cancellation);

    public async ValueTask<bool> ChangeAsync(Approval request, ApprovalStatus from, CancellationToken cancellation) => await change(
        async (connection, token) => await RunAsync(
            connection, "change_approval", token,
            Of(request.Journey), Of(request.Number), Of((int)from), Of((int)request.Status),
            OfOptional(request.Decision?.By), OfOptional(request.Decision?.At.ToUnixTimeMilliseconds()), OfOptional(request.Decision?.Comment),
            OfOptional(request.End?.By), OfOptional(request.End?.At.ToUnixTimeMilliseconds())) == 1,
        cancellation);

    /// <summary>The last request of a journey, as it stands in the caller's transaction.</summary>
    public static async Task<Approval?> FindAsync(NpgsqlConnection connection, string journey, CancellationToken cancellation)
    {
        await using var statements = new Statements(connection);
        statements.Add("approvals", OfOptional(journey));
        await using var reader = await statements.ReadAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>The draft says something else than it did: who changed it is kept, and a request about what it said is void.</summary>
    public static async Task DraftChangedAsync(
        NpgsqlConnection connection, string journey, string document, Instant at, string actor, CancellationToken cancellation)
    {
        var time = at.ToUnixTimeMilliseconds();
        await RunAsync(connection, "note_draft_edit", cancellation, Of(journey), Of(actor), Of(time));
        await RunAsync(connection, "void_approval", cancellation, Of(journey), Of(Approval.HashOf(document)), Of(actor), Of(time));
    }

    /// <summary>The journey is published: on this approval, or, where it stands on none, past whatever was asked for.</summary>
    public static async Task PublishedAsync(
        NpgsqlConnection connection, string journey, int approval, Instant at, string actor, CancellationToken cancellation)
    {
        await RunAsync(connection, "publish_approval", cancellation, Of(journey), Of(approval), Of(actor), Of(at.ToUnixTimeMilliseconds()));
        await ForgetEditsAsync(connection, journey, cancellation);
    }

    public static Task<int> ForgetEditsAsync(NpgsqlConnection connection, string journey, CancellationToken cancellation) =>
        RunAsync(connection, "forget_draft_edits", cancellation, Of(journey));

    private static async Task<int> RunAsync(NpgsqlConnection connection, string query, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var statements = new Statements(connection);
        statements.Add(query, parameters);
        return await statements.RunAsync(cancellation);
    }

    private static Approval Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), (ApprovalStatus)row.GetInt32(2), row.GetString(3), (InFlightChoice)row.GetInt32(4), row.GetBoolean(5),
        new ApprovalWord(row.GetString(6), Time(row, 7), row.GetString(8)),
        row.IsDBNull(9) ? null : new ApprovalWord(row.GetString(9), Time(row, 10), row.GetString(11)),
        row.IsDBNull(12) ? null : new ApprovalWord(row.GetString(12), Time(row, 13), ""));

    private static Instant Time(NpgsqlDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));
}
