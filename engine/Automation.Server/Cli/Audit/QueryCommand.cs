using System.CommandLine;
using System.Globalization;
using System.Text;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Command = System.CommandLine.Command;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit query</c>: the newest facts that match, oldest of them first, as a table or as JSON.</summary>
internal static class QueryCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = Options.Data();
        var postgres = Options.Postgres();
        var contact = new Option<string?>("--contact") { Description = "A user id, an identity (phone=+8613800138000), or id=42." };
        var journey = new Option<string?>("--journey") { Description = "Key of a journey." };
        var kind = new Option<string?>("--kind") { Description = "Kind of fact, e.g. enrolled, not_enrolled, message_suppressed." };
        var reason = new Option<string?>("--reason") { Description = "Reason code, e.g. frequency_cap." };
        var from = new Option<string?>("--from") { Description = "Facts from this time on: 2026-03-01, or with time and offset." };
        var to = new Option<string?>("--to") { Description = "Facts before this time." };
        var limit = new Option<int>("--limit") { Description = "At most so many, the newest.", DefaultValueFactory = _ => 100 };
        var command = new Command("query", "Lists facts.") { data, postgres, contact, journey, kind, reason, from, to, limit };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await LedgerSource.OpenAsync(parsed, data, postgres, cancellation);
            var times = await LedgerReading.TimesAsync(store, cancellation);
            var query = new FactQuery(
                Contact: parsed.GetValue(contact) is { } name ? await ContactReference.ResolveAsync(store.Ledger, name, cancellation) : null,
                Journey: parsed.GetValue(journey),
                Kind: Kind(parsed.GetValue(kind)),
                Reason: parsed.GetValue(reason),
                From: parsed.GetValue(from) is { } begin ? times.Read("--from", begin) : null,
                To: parsed.GetValue(to) is { } end ? times.Read("--to", end) : null,
                Limit: Limit(parsed.GetValue(limit)));
            var rows = (await store.Ledger.FactsAsync(query, cancellation)).Reverse().ToList();
            await ShowAsync(terminal, store.Ledger, rows, times, query, cancellation);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static string? Kind(string? kind) => kind is null || FactJson.KindNames.Contains(kind, StringComparer.Ordinal)
        ? kind
        : throw new CannotRunException("unknown_kind", $"Expected one of {string.Join(", ", FactJson.KindNames.Order(StringComparer.Ordinal))}, but found '{kind}'.");

    private static int Limit(int limit) => limit is >= 1 and <= 100_000
        ? limit
        : throw new CannotRunException("bad_limit", string.Create(CultureInfo.InvariantCulture, $"Expected a limit from 1 to 100000, but found {limit}."));

    private static async Task ShowAsync(
        Terminal terminal, ILedgerStore ledger, List<LedgerRow> rows, LocalTimes times, FactQuery query, CancellationToken cancellation)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartArray();
                rows.ForEach(row => RowJson.Write(to, row));
                to.WriteEndArray();
            });
            return;
        }
        var names = new Dictionary<long, string>();
        foreach (var contact in rows.Select(row => row.Contact).Distinct())
        {
            names[contact] = await ContactReference.NameAsync(ledger, contact, cancellation);
        }
        foreach (var line in Table(rows, times, names))
        {
            terminal.Say(line);
        }
        terminal.Note(rows.Count == 0 ? Nothing(query.Reason) : rows.Count == query.Limit
            ? string.Create(CultureInfo.InvariantCulture, $"The newest {rows.Count}; --limit shows more. Times are in {times.Zone.Id}.")
            : string.Create(CultureInfo.InvariantCulture, $"{rows.Count} facts. Times are in {times.Zone.Id}."));
    }

    // Connectors and callers bring reasons of their own, so an unknown one is no error; but it may be a slip of the pen.
    private static string Nothing(string? reason) => reason is null || Reasons.All.Contains(reason, StringComparer.Ordinal)
        ? "No facts match."
        : $"No facts match, and '{reason}' is no reason that the engine itself gives: those are {string.Join(", ", Reasons.All.Order(StringComparer.Ordinal))}.";

    private static IEnumerable<string> Table(List<LedgerRow> rows, LocalTimes times, Dictionary<long, string> names)
    {
        if (rows.Count == 0)
        {
            yield break;
        }
        // The sentence stands last: it alone may hold wide characters, which no padding fits in every terminal.
        var cells = rows.ConvertAll(row => new[] { times.Show(row.At), names[row.Contact], row.Journey ?? "", row.Step ?? "" });
        string[] heads = ["TIME", "CONTACT", "JOURNEY", "STEP"];
        var widths = heads.Select((head, i) => Math.Max(head.Length, cells.Max(cell => cell[i].Length))).ToArray();
        yield return Line(heads, widths, "WHAT");
        for (var i = 0; i < rows.Count; i++)
        {
            var fact = LedgerReading.FactOf(rows[i]);
            yield return Line(cells[i], widths, fact is null ? rows[i].Kind : FactSentence.Of(fact, times));
            if (fact is null || fact.Looked.IsDefaultOrEmpty)
            {
                continue;
            }
            foreach (var value in fact.Looked)
            {
                yield return Line(["", "", "", ""], widths, $"  {LookedSentence.Of(value)}");
            }
        }
    }

    private static string Line(string[] cells, int[] widths, string last)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            line.Append(cells[i].PadRight(widths[i] + 2));
        }
        return line.Append(last).ToString();
    }
}
