using System.CommandLine;
using System.Globalization;
using Automation.Server.Telling;
using Automation.Server.Ingest;

namespace Automation.Server.Cli.Importing;

/// <summary><c>import</c>: contacts and what they did, from CSV and NDJSON files.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal) => new("import", "Imports contacts and what they did in the past.")
    {
        Create(terminal, ImportKind.Contacts, "contacts", "Each row is a person: columns become attributes, identities, tags and consent."),
        Create(terminal, ImportKind.Events, "events", "Each row is something a contact did. It counts as history and starts nothing, unless --live."),
    };

    private static Command Create(Terminal terminal, ImportKind kind, string name, string description)
    {
        var file = new Argument<string>("FILE") { Description = "A .csv or .ndjson file in UTF-8." };
        var map = new Option<string[]>("--map")
        {
            Description = "What a column means: column=field. Fields: user_id, phone, timestamp, event, message_id, tags, consent.sms, …; - leaves it out.",
            HelpName = "COLUMN=FIELD",
            DefaultValueFactory = _ => [],
        };
        var data = Options.Data();
        var server = Options.Server();
        var key = Options.Key();
        var zone = new Option<string?>("--zone") { Description = "Time zone of times without an offset; Asia/Shanghai when left out.", HelpName = "ZONE" };
        var live = new Option<bool>("--live") { Description = "Take rows as if they came in now, so that they start journeys." };
        var command = new Command(name, description) { file, map, data, server, key, zone, live };
        command.SetAction(async (parsed, cancellation) =>
        {
            terminal.StopsInOrder = true;
            var times = new RowTimes(Zone(parsed.GetValue(zone)));
            using var rows = ImportFile.Open(parsed.GetRequiredValue(file), kind, FieldMap.Of(parsed.GetValue(map)!), times);
            await using var door = await DoorAsync(parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, cancellation);
            using var rejects = new RejectsFile(parsed.GetRequiredValue(file), rows);
            var run = new ImportRun(terminal, rows, door, rejects, parsed.GetValue(live));
            return await run.RunAsync(name, cancellation);
        });
        return command;
    }

    private static NodaTime.DateTimeZone Zone(string? name)
    {
        var times = LocalTimes.Of(name);
        return name is null || times.Zone.Id == name
            ? times.Zone
            : throw new CannotRunException("bad_zone", $"Expected an IANA time zone such as Asia/Shanghai after --zone, but found '{name}'.");
    }

    private static async Task<IImportDoor> DoorAsync(string? server, string? key, string data, CancellationToken cancellation)
    {
        if (server is null)
        {
            return await DirectDoor.OpenAsync(data, cancellation);
        }
        return new HttpDoor(server, Options.KeyFor(key));
    }
}

/// <summary>One import, row by row.</summary>
internal sealed class ImportRun(Terminal terminal, ImportFile file, IImportDoor door, RejectsFile rejects, bool live)
{
    private const int QuietEvery = 100_000;
    private const int BarWidth = 30;

    private readonly List<ImportRow> _batch = [];
    private long _rows;
    private long _accepted;
    private long _duplicates;
    private long _toldAt;

    public async Task<int> RunAsync(string what, CancellationToken cancellation)
    {
        foreach (var row in file.Rows())
        {
            _rows++;
            if (row.Problem is { } problem)
            {
                rejects.Write(row, problem);
                continue;
            }
            _batch.Add(row);
            if (_batch.Count >= door.RowsMax)
            {
                await FlushAsync(cancellation);
            }
        }
        await FlushAsync(cancellation);
        await door.FinishAsync(what, _accepted, rejects.Rows, cancellation);
        Tell(what);
        return rejects.Rows > 0 ? ExitCodes.Findings : ExitCodes.Fine;
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_batch.Count > 0)
        {
            var result = await door.TakeAsync(_batch.ConvertAll(row => new IntakeRow(row.Json!, row.FallbackId)), live, cancellation);
            _accepted += result.Accepted;
            _duplicates += result.Duplicates;
            foreach (var (row, problem) in result.Problems)
            {
                rejects.Write(_batch[row], problem);
            }
            _batch.Clear();
        }
        Progress();
    }

    private void Progress()
    {
        if (terminal.IsInteractive)
        {
            var full = (int)(file.Progress * BarWidth);
            terminal.Progress(string.Create(
                CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', BarWidth - full)}] {file.Progress:P0}  {_rows:N0} rows, {rejects.Rows:N0} rejected"));
        }
        else if (_rows - _toldAt >= QuietEvery)
        {
            _toldAt = _rows;
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{_rows} rows, {rejects.Rows} rejected"));
        }
    }

    private void Tell(string what)
    {
        terminal.ClearProgress();
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartObject();
                to.WriteNumber("rows", _rows);
                to.WriteNumber("imported", _accepted);
                to.WriteNumber("duplicates", _duplicates);
                to.WriteNumber("rejected", rejects.Rows);
                if (rejects.Path is { } path)
                {
                    to.WriteString("rejects", path);
                }
                to.WriteEndObject();
            });
            return;
        }
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture, $"{_rows} rows of {what}: {_accepted} imported, {_duplicates} known already, {rejects.Rows} rejected."));
        if (rejects.Path is { } rejected)
        {
            terminal.Note($"The rejected rows are in {rejected}, each with its reason.");
        }
    }
}
