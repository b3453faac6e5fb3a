using Automation.Core.Deciding;
using Automation.Runtime.Audit;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>
/// Deletes records that are older than they are to be kept, a few hundred at a time, each few in a transaction of their own that takes its
/// turn among the commits. Seals stay, and the last of what was touched becomes the anchor that verification starts from; it is written
/// first, so that a verification that runs meanwhile misses nothing. Broken off anywhere, it is simply run again.
/// </summary>
internal sealed class LedgerRetention(ReaderPool readers, WriteTurn turn, Func<SqliteDatabase> openWriter) : ILedgerUpkeep, IDisposable
{
    /// <summary>Some milliseconds of writing: a commit that waits for it waits no longer than for another commit.</summary>
    public const int RowsAtATime = 500;

    private const int Partition = 0;

    private readonly Lazy<SqliteDatabase> _writer = new(openWriter);
    private readonly SqliteLedgerStore _ledger = new(readers);

    /// <summary>The embedded store has no periods: nothing has to be made ahead.</summary>
    public ValueTask MakePeriodsAsync(Instant now, CancellationToken cancellation) => ValueTask.CompletedTask;

    public async Task<LedgerDropped> DropAsync(LedgerCuts cuts, CancellationToken cancellation)
    {
        var (events, facts, nonMatches) = (
            await BeforeAsync(cuts.Events, cancellation), await BeforeAsync(cuts.Facts, cancellation), await BeforeAsync(cuts.NonMatches, cancellation));
        var last = new[] { events, facts, nonMatches }.Where(one => one is not null).MaxBy(one => one!.Value.Seal.Last);
        if (last is not { } touched)
        {
            return LedgerDropped.Nothing;
        }
        await WriteAsync(
            database => database.PrepareOnce(SqlText.Query("put_anchor"))
                .Bind(1, Partition).Bind(2, RowKey.Of(Partition, touched.Seal.Last)).BindBlob(3, touched.Seal.Hash.Span)
                .Bind(4, touched.Before.ToUnixTimeMilliseconds()).Run(),
            cancellation);
        var both = Math.Min(events?.Seal.Last ?? 0, facts?.Seal.Last ?? 0);
        var dropped = LedgerDropped.Nothing with
        {
            Events = await DeleteAsync("event", events?.Seal.Last, both, cancellation),
            Facts = await DeleteAsync("fact", facts?.Seal.Last, both, cancellation),
        };
        if (facts is { } gone)
        {
            await WriteAsync(database => database.PrepareOnce(SqlText.Query("delete_marks")).Bind(1, RowKey.Of(Partition, gone.Seal.Last)).Run(), cancellation);
        }
        return nonMatches is { } old && old.Seal.Last > (facts?.Seal.Last ?? 0)
            ? dropped with { NonMatches = await DeleteNonMatchesAsync(old.Seal.Last, old.Before, cancellation) }
            : dropped;
    }

    public void Dispose()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }
    }

    private async ValueTask<(SealMark Seal, Instant Before)?> BeforeAsync(Instant? cut, CancellationToken cancellation) =>
        cut is { } time && await SealSearch.BeforeAsync(_ledger, Partition, time, cancellation) is { } seal ? (seal, time) : null;

    /// <param name="both">Up to here events and facts are dropped, and so is what finds them.</param>
    private async ValueTask<long> DeleteAsync(string table, long? through, long both, CancellationToken cancellation)
    {
        var (all, from) = (0L, RowKey.First(Partition));
        while (through is { } end)
        {
            var rows = Oldest(table, from, RowKey.Of(Partition, end));
            if (rows.Count == 0)
            {
                break;
            }
            var (first, last) = (rows[0].Sequence, rows[^1].Sequence);
            await WriteAsync(
                database =>
                {
                    database.PrepareOnce(SqlText.Query($"delete_{table}s")).Bind(1, first).Bind(2, last).Run();
                    foreach (var contact in rows.Select(row => row.Contact).Distinct())
                    {
                        database.PrepareOnce(SqlText.Query("delete_trail")).Bind(1, contact).Bind(2, RowKey.Of(Partition, both)).Run();
                    }
                },
                cancellation);
            all += rows.Count;
            from = last + 1;
        }
        return all;
    }

    private async ValueTask<long> DeleteNonMatchesAsync(long through, Instant before, CancellationToken cancellation)
    {
        var all = 0L;
        foreach (var reason in new[] { Reasons.TriggerNotMatched, Reasons.AudienceNotMatched })
        {
            var keys = readers.Read(reader => TallyRows.Keys(reader, new FactQuery(Kind: "not_enrolled", Reason: reason), int.MaxValue - 1));
            foreach (var key in keys)
            {
                int deleted;
                do
                {
                    deleted = await WriteAsync(
                        database => database.PrepareOnce(SqlText.Query("delete_non_matches"))
                            .Bind(1, key).Bind(2, before.ToUnixTimeMilliseconds()).Bind(3, RowKey.Of(Partition, through)).Bind(4, RowsAtATime).Run(),
                        cancellation);
                    all += deleted;
                }
                while (deleted == RowsAtATime);
            }
        }
        return all;
    }

    private List<(long Sequence, long Contact)> Oldest(string table, long from, long through) => readers.Read(reader =>
    {
        var rows = new List<(long, long)>();
        var row = reader.Query($"oldest_{table}s").Bind(1, from).Bind(2, through).Bind(3, RowsAtATime);
        while (row.Step())
        {
            rows.Add((row.Long(0), row.Long(1)));
        }
        return rows;
    });

    private ValueTask<int> WriteAsync(Action<SqliteDatabase> writing, CancellationToken cancellation) => turn.TakeAsync(
        () => _writer.Value.Write(() =>
        {
            writing(_writer.Value);
            return _writer.Value.Changes;
        }),
        cancellation);
}
