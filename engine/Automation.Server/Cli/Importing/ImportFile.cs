using System.Buffers;
using System.Text;
using System.Text.Json;
using Automation.Server.Ingest;
using Automation.Server.Simulating;
using CsvHelper;

namespace Automation.Server.Cli.Importing;

/// <summary>The rows of a CSV or NDJSON file as calls of the tracking API. It streams: files may be larger than memory.</summary>
internal abstract class ImportFile : IDisposable
{
    public static ImportFile Open(string path, ImportKind kind, FieldMap map, RowTimes times)
    {
        if (!File.Exists(path))
        {
            throw new CannotRunException("no_file", $"Expected a file to import, but there is none at '{path}'.");
        }
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" or ".TSV" or ".TXT" => new CsvRows(path, kind, map, times),
            ".NDJSON" or ".JSONL" or ".JSON" => new JsonRows(path, kind, map, times),
            var ending => throw new CannotRunException("bad_file", $"Expected a file that ends in .csv or .ndjson, but found '{ending}'."),
        };
    }

    /// <summary>The first line of a file of rejects, so that it can be mended and imported; null for none.</summary>
    public abstract string? Header { get; }

    /// <summary>What stands between two columns.</summary>
    public virtual char Separator => ',';

    /// <summary>How far the file is read, from 0 to 1.</summary>
    public abstract double Progress { get; }

    public abstract IEnumerable<ImportRow> Rows();

    public virtual void Dispose()
    {
    }

    private static ImportRow Refuse(long line, string raw, string code, string message) =>
        new(line, raw, null, new IngestProblem(code, "", message)) { FallbackId = "" };

    private static ImportRow Row(CallBuilder call, long line, string raw, string id) => call.Problem is { } problem
        ? Refuse(line, raw, "bad_value", problem)
        : new ImportRow(line, raw, call.Build(), null) { FallbackId = id };

    private sealed class CsvRows : ImportFile
    {
        private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(" ,;\t|\"");

        private readonly string _name;
        private readonly ImportKind _kind;
        private readonly RowTimes _times;
        private readonly FileStream _file;
        private readonly CsvReader _csv;
        private readonly string[] _fields;

        public CsvRows(string path, ImportKind kind, FieldMap map, RowTimes times)
        {
            (_name, _kind, _times) = (Path.GetFileName(path), kind, times);
            _file = File.OpenRead(path);
            _csv = CsvReader.Create(_file, new CsvReaderOptions { TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Allow }, leaveOpen: true);
            var columns = _csv.Headers.ToArray();
            if (map.Missing(columns).FirstOrDefault() is { } missing)
            {
                throw new CannotRunException(
                    "unknown_column", $"Expected the column '{missing}' that --map names, but the file has {string.Join(", ", columns)}.");
            }
            _fields = [.. columns.Select(map.FieldOf)];
            Header = string.Join(_csv.Separator, columns.Select(Cell));
        }

        public override string Header { get; }

        public override char Separator => _csv.Separator;

        public override double Progress => _file.Length == 0 ? 1 : Math.Min(1, (double)_csv.ByteOffset / _file.Length);

        public override IEnumerable<ImportRow> Rows()
        {
            while (_csv.Read())
            {
                yield return Read();
            }
        }

        public override void Dispose()
        {
            _csv.Dispose();
            _file.Dispose();
            base.Dispose();
        }

        private ImportRow Read()
        {
            var raw = Encoding.UTF8.GetString(_csv.RawRecord);
            if (raw.Count(letter => letter == '"') % 2 != 0)
            {
                // Its quote swallowed the rest of the file; ended here, the row can be told apart from what follows it.
                return Refuse(
                    _csv.LineNumber, raw.TrimEnd('\r', '\n') + '"', "unclosed_quote", "Expected a quote that is closed again, but the file ends within it.");
            }
            if (_csv.FieldCount != _fields.Length)
            {
                return Refuse(_csv.LineNumber, raw, "wrong_columns", $"Expected {_fields.Length} columns, but the row has {_csv.FieldCount}.");
            }
            var call = new CallBuilder(_kind, _times);
            for (var i = 0; i < _fields.Length; i++)
            {
                call.Add(_fields[i], _csv.GetString(i).Trim());
            }
            return Row(call, _csv.LineNumber, raw, LineId.Of(_name, _csv.LineNumber, _csv.RawRecord));
        }

        private static string Cell(string text) =>
            text.AsSpan().IndexOfAny(NeedQuotes) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private sealed class JsonRows(string path, ImportKind kind, FieldMap map, RowTimes times) : ImportFile
    {
        private readonly string _name = Path.GetFileName(path);
        private readonly FileStream _file = File.OpenRead(path);

        public override string? Header => null;

        public override double Progress => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

        public override IEnumerable<ImportRow> Rows()
        {
            using var lines = new LineReader(_file);
            while (lines.Next() is { } line)
            {
                if (!line.Span.Trim(" \t\r"u8).IsEmpty)
                {
                    yield return Read(line, lines.Number);
                }
            }
        }

        public override void Dispose()
        {
            _file.Dispose();
            base.Dispose();
        }

        private ImportRow Read(Memory<byte> line, long number)
        {
            var raw = Encoding.UTF8.GetString(line.Span);
            var id = LineId.Of(_name, number, line.Span);
            try
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                {
                    return Refuse(number, raw, IngestCodes.WrongType, "Expected an object, but found another value.");
                }
                // A line that says what kind of call it is, is one already.
                return document.RootElement.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                    ? Call(type.GetString()!, line, number, raw, id)
                    : Flat(document.RootElement, number, raw, id);
            }
            catch (JsonException)
            {
                return Refuse(number, raw, IngestCodes.MalformedJson, "Expected a JSON object, but the line is malformed.");
            }
        }

        private ImportRow Call(string type, Memory<byte> line, long number, string raw, string id) => kind == ImportKind.Contacts && type != "identify"
            ? Refuse(number, raw, IngestCodes.UnknownType, $"Expected identify among contacts, but found {type}: import events takes the others.")
            : new ImportRow(number, raw, line.ToArray(), null) { FallbackId = id };

        private ImportRow Flat(JsonElement row, long number, string raw, string id)
        {
            var call = new CallBuilder(kind, times);
            foreach (var property in row.EnumerateObject())
            {
                call.Add(map.FieldOf(property.Name), property.Value);
            }
            return Row(call, number, raw, id);
        }
    }
}
