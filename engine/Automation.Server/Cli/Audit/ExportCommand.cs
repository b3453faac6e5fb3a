using System.CommandLine;
using System.Globalization;
using System.Text;
using Automation.Core.Deciding;
using Automation.Runtime.Audit;
using Automation.Runtime.Ports;
using Automation.Server.Telling;
using CsvHelper;
using Command = System.CommandLine.Command;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit export</c>: the whole ledger, row by row, as NDJSON or CSV. It streams, so its size does not matter.</summary>
internal static class ExportCommand
{
    /// <summary>Records between two notes of how far it has come.</summary>
    internal const int KeptEvery = 20_000;

    public static Command Create(Terminal terminal)
    {
        var data = Options.Data();
        var postgres = Options.Postgres();
        var format = new Option<string>("--format") { Description = "ndjson or csv.", HelpName = "ndjson|csv", DefaultValueFactory = _ => "ndjson" };
        var output = new Option<string>("--out") { Description = "File to write; - for the output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
        var from = new Option<string?>("--from") { Description = "Facts from this time on." };
        var to = new Option<string?>("--to") { Description = "Facts before this time." };
        var events = new Option<bool>("--events") { Description = "The events as well. They hold what people sent, also personal data; facts do not. NDJSON only." };
        var resume = new Option<bool>("--resume") { Description = "Goes on with an export to --out that was broken off. The file is then the same as if it had not been." };
        var command = new Command("export", "Writes the ledger, row by row.") { data, postgres, format, output, from, to, events, resume };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await LedgerSource.OpenAsync(parsed, data, postgres, cancellation);
            var times = await WorkspaceTimes.ReadAsync(store.Definitions, cancellation);
            var begin = parsed.GetValue(from) is { } first ? times.Read("--from", first) : NodaTime.Instant.MinValue;
            var end = parsed.GetValue(to) is { } last ? times.Read("--to", last) : NodaTime.Instant.MaxValue;
            var asked = $"{parsed.GetValue(format)} {parsed.GetValue(from)} {parsed.GetValue(to)} {(parsed.GetValue(events) ? "events" : "")}".Trim();
            var path = parsed.GetValue(output)!;
            var known = !parsed.GetValue(resume) ? null
                : path != "-" ? ExportProgress.Read(path, asked)
                : throw new CannotRunException("nothing_to_resume", "Expected a file after --out beside --resume, but found the output.");
            await using var file = path == "-" ? null : Open(path, known);
            using var sheet = Sheet.Of(parsed.GetValue(format)!, file ?? terminal.Output, parsed.GetValue(events), isBegun: known is not null);
            var total = (await store.Ledger.TotalsAsync(cancellation)) is { } all ? all.Facts + all.Events : 0;
            var (rows, read) = (known?.Rows ?? 0, 0L);
            var after = Enumerable.Range(0, store.Ledger.Partitions).Select(partition => known?.After.ElementAtOrDefault(partition) ?? 0).ToArray();
            // Before the first line: broken off at any moment, it can be gone on with.
            await KeepAsync();
            await foreach (var (partition, record) in MergedPartitions.RecordsAsync(store.Ledger, after.ToArray(), cancellation))
            {
                after[partition] = record.Sequence;
                var at = record.Fact?.At ?? record.Event!.Value.Event.ReceivedAt;
                if (at >= begin && at < end && sheet.Write(record))
                {
                    rows++;
                }
                if (++read % KeptEvery == 0)
                {
                    await KeepAsync();
                    terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows of {total:N0} records"));
                }
            }
            terminal.ClearProgress();
            if (file is not null)
            {
                File.Delete(ExportProgress.PathOf(path));
            }
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{rows} rows."));
            return ExitCodes.Fine;

            async Task KeepAsync()
            {
                if (file is not null)
                {
                    await file.FlushAsync(cancellation);
                    new ExportProgress(file.BaseStream.Position, rows, after, asked).Write(path);
                }
            }
        });
        return command;
    }

    private static StreamWriter Open(string path, ExportProgress? known)
    {
        var stream = new FileStream(path, known is null ? FileMode.Create : FileMode.Open, FileAccess.Write);
        // What came after the last note may end in the middle of a line.
        stream.SetLength(known?.Bytes ?? 0);
        stream.Seek(0, SeekOrigin.End);
        return new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
    }

    private abstract class Sheet : IDisposable
    {
        public static Sheet Of(string format, TextWriter to, bool withEvents, bool isBegun) => format switch
        {
            "ndjson" => new Lines(to, withEvents),
            "csv" when !withEvents => new Table(to, isBegun),
            "csv" => throw new CannotRunException("bad_format", "Expected ndjson beside --events, but found csv: events have no fixed columns."),
            _ => throw new CannotRunException("bad_format", $"Expected the format ndjson or csv, but found '{format}'."),
        };

        /// <returns>Whether the record stands in it.</returns>
        public abstract bool Write(in LedgerRecord record);

        public virtual void Dispose()
        {
        }
    }

    private sealed class Lines(TextWriter to, bool withEvents) : Sheet
    {
        public override bool Write(in LedgerRecord record)
        {
            if (record.Fact is { } fact)
            {
                to.WriteLine(JsonText.Compact(json => RowJson.Write(json, fact)));
                return true;
            }
            if (withEvents && record.Event is { } happened)
            {
                to.WriteLine(JsonText.Compact(json => RowJson.Write(json, happened)));
                return true;
            }
            return false;
        }
    }

    private sealed class Table : Sheet
    {
        private readonly CsvWriter _csv;

        public Table(TextWriter to, bool isBegun)
        {
            _csv = CsvWriter.Create(to, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            if (!isBegun)
            {
                FactTable.WriteHeads(_csv);
            }
        }

        public override bool Write(in LedgerRecord record)
        {
            if (record.Fact is not { } fact)
            {
                return false;
            }
            var header = FactJson.Header(fact.Fact);
            FactTable.Write(_csv, new LedgerRow(
                0, fact.Sequence, fact.At, fact.Contact, header.Journey, header.Version, header.Ordinal, header.Step, header.Kind, header.Reason, fact.Cause,
                header.Actor, JsonText.Compact(json => FactJson.WriteDetails(json, fact.Fact))));
            return true;
        }

        public override void Dispose()
        {
            _csv.Dispose();
            base.Dispose();
        }
    }
}
