using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>Requests and edits of drafts as rows; what changes them stands in the caller's transaction.</summary>
internal static class ApprovalRows
{
    public static List<Approval> Read(SqliteDatabase database, string? journey)
    {
        var requests = new List<Approval>();
        var row = database.PrepareOnce(SqlText.Query("approvals")).Bind(1, journey);
        while (row.Step())
        {
            requests.Add(new Approval(
                row.Text(0), row.Int(1), (ApprovalStatus)row.Int(2), row.Text(3), (InFlightChoice)row.Int(4), row.Long(5) != 0,
                new ApprovalWord(row.Text(6), row.Time(7), row.Text(8)),
                row.OptionalText(9) is { } decider ? new ApprovalWord(decider, row.Time(10), row.Text(11)) : null,
                row.OptionalText(12) is { } ender ? new ApprovalWord(ender, row.Time(13), "") : null));
        }
        return requests;
    }

    public static List<DraftEdit> Edits(SqliteDatabase database, string journey)
    {
        var edits = new List<DraftEdit>();
        var row = database.PrepareOnce(SqlText.Query("draft_edits")).Bind(1, journey);
        while (row.Step())
        {
            edits.Add(new DraftEdit(row.Text(0), row.Time(1)));
        }
        return edits;
    }

    /// <summary>The draft says something else than it did: who changed it is kept, and a request about what it said is void.</summary>
    public static void DraftChanged(SqliteDatabase database, string journey, string document, Instant at, string actor)
    {
        Statement(database, "note_draft_edit", journey).Bind(2, actor).Bind(3, (Instant?)at).Run();
        Statement(database, "void_approval", journey).Bind(2, Approval.HashOf(document)).Bind(3, actor).Bind(4, (Instant?)at).Run();
    }

    /// <summary>The journey is published: on this approval, or, where it stands on none, past whatever was asked for.</summary>
    public static void Published(SqliteDatabase database, string journey, int approval, Instant at, string actor)
    {
        Statement(database, "publish_approval", journey).Bind(2, approval).Bind(3, actor).Bind(4, (Instant?)at).Run();
        ForgetEdits(database, journey);
    }

    public static void ForgetEdits(SqliteDatabase database, string journey) => Statement(database, "forget_draft_edits", journey).Run();

    public static bool Ask(SqliteDatabase database, Approval request, int revision)
    {
        Statement(database, "ask_approval", request.Journey)
            .Bind(2, request.Number).Bind(3, request.Hash).Bind(4, (long)request.InFlight).Bind(5, request.CountExisting ? 1L : 0L)
            .Bind(6, request.Asked.By).Bind(7, (Instant?)request.Asked.At).Bind(8, request.Asked.Comment).Bind(9, revision).Run();
        return database.Changes == 1;
    }

    public static bool Change(SqliteDatabase database, Approval request, ApprovalStatus from)
    {
        Statement(database, "change_approval", request.Journey)
            .Bind(2, request.Number).Bind(3, (long)from).Bind(4, (long)request.Status)
            .Bind(5, request.Decision?.By).Bind(6, request.Decision?.At).Bind(7, request.Decision?.Comment)
            .Bind(8, request.End?.By).Bind(9, request.End?.At).Run();
        return database.Changes == 1;
    }

    private static SqliteStatement Statement(SqliteDatabase database, string query, string journey) =>
        database.PrepareOnce(SqlText.Query(query)).Bind(1, journey);
}
