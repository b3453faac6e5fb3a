using System.CommandLine;
using System.Globalization;
using System.Text;
using Automation.Core.Deciding;
using Automation.Runtime.Audit;
using Automation.Runtime.Ports;
using CsvHelper;
using Command = System.CommandLine.Command;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit export</c>: the whole ledger, row by row, as NDJSON or CSV. It streams, so its size does not matter.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = Options.Data();
        var postgres = Options.Postgres();
        var format = new Option<string>("--format") { Description = "ndjson or csv.", HelpName = "ndjson|csv", DefaultValueFactory = _ => "ndjson" };
        var output = new Option<string>("--out") { Description = "File to write; - for the output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
        var from = new Option<string?>("--from") { Description = "Facts from this time on." };
        var to = new Option<string?>("--to") { Description = "Facts before this time." };
        var events = new Option<bool>("--events") { Description = "The events as well. They hold what people sent, also personal data; facts do not. NDJSON only." };
        var command = new Command("export", "Writes the ledger, row by row.") { data, postgres, format, output, from, to, events };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await LedgerSource.OpenAsync(parsed, data, postgres, cancellation);
            var times = await LedgerReading.TimesAsync(store, cancellation);
            var begin = parsed.GetValue(from) is { } first ? times.Read("--from", first) : NodaTime.Instant.MinValue;
            var end = parsed.GetValue(to) is { } last ? times.Read("--to", last) : NodaTime.Instant.MaxValue;
            var path = parsed.GetValue(output)!;
            await using var file = path == "-" ? null : new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
            using var sheet = Sheet.Of(parsed.GetValue(format)!, file ?? terminal.Output, parsed.GetValue(events));
            var rows = 0L;
            await foreach (var record in MergedPartitions.RecordsAsync(store.Ledger, cancellation))
            {
                var at = record.Fact?.At ?? record.Event!.Value.Event.ReceivedAt;
                if (at >= begin && at < end && sheet.Write(record))
                {
                    rows++;
                }
            }
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{rows} rows."));
            return ExitCodes.Fine;
        });
        return command;
    }

    private abstract class Sheet : IDisposable
    {
        public static Sheet Of(string format, TextWriter to, bool withEvents) => format switch
        {
            "ndjson" => new Lines(to, withEvents),
            "csv" when !withEvents => new Table(to),
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

        public Table(TextWriter to)
        {
            _csv = CsvWriter.Create(to, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            string[] heads = ["sequence", "at", "contact", "journey", "version", "ordinal", "step", "kind", "reason", "cause", "actor", "details"];
            _csv.WriteRecord(heads);
        }

        public override bool Write(in LedgerRecord record)
        {
            if (record.Fact is not { } fact)
            {
                return false;
            }
            var header = FactJson.Header(fact.Fact);
            _csv.WriteField(fact.Sequence.ToString(CultureInfo.InvariantCulture));
            _csv.WriteField(RowJson.Time(fact.At));
            _csv.WriteField(fact.Contact.ToString(CultureInfo.InvariantCulture));
            _csv.WriteField(header.Journey);
            _csv.WriteField(header.Version?.ToString(CultureInfo.InvariantCulture) ?? "");
            _csv.WriteField(header.Ordinal?.ToString(CultureInfo.InvariantCulture) ?? "");
            _csv.WriteField(header.Step);
            _csv.WriteField(header.Kind);
            _csv.WriteField(header.Reason);
            _csv.WriteField(fact.Cause);
            _csv.WriteField(header.Actor);
            _csv.WriteField(JsonText.Compact(json => FactJson.WriteDetails(json, fact.Fact)));
            _csv.EndRecord();
            return true;
        }

        public override void Dispose()
        {
            _csv.Dispose();
            base.Dispose();
        }
    }
}
