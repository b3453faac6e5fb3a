using System.Globalization;
using System.Text;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Audit;

/// <summary>Facts as a table for people, or as JSON.</summary>
internal sealed class FactSheet(Terminal terminal, AuditDesk desk, Wording wording)
{
    private static readonly string[] Heads = ["TIME", "CONTACT", "JOURNEY", "STEP"];

    private readonly Dictionary<long, string> _names = [];
    private int[] _widths = [.. Heads.Select(head => head.Length)];

    public async Task ShowAsync(List<LedgerRow> rows, FactQuery query, CancellationToken cancellation)
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
        if (rows.Count > 0)
        {
            // The sentence stands last: it alone may hold wide characters, which no padding fits in every terminal.
            var cells = new List<string[]>();
            foreach (var row in rows)
            {
                cells.Add(await CellsAsync(row, cancellation));
            }
            _widths = [.. Heads.Select((head, i) => Math.Max(head.Length, cells.Max(cell => cell[i].Length)))];
            Say(Heads, "WHAT");
            for (var i = 0; i < rows.Count; i++)
            {
                Say(cells[i], rows[i]);
            }
        }
        terminal.Note(rows.Count == 0 ? Nothing(query.Reason) : rows.Count == query.Limit
            ? string.Create(CultureInfo.InvariantCulture, $"The newest {rows.Count}; --limit shows more. Times are in {wording.Times.Zone.Id}.")
            : $"{Counted.Of(rows.Count, "fact")}. Times are in {wording.Times.Zone.Id}.");
    }

    /// <summary>One more, as it came.</summary>
    public async Task AddAsync(LedgerRow row, CancellationToken cancellation)
    {
        if (terminal.Json)
        {
            terminal.Say(JsonText.Compact(to => RowJson.Write(to, row)));
            return;
        }
        Say(await CellsAsync(row, cancellation), row);
    }

    private async ValueTask<string[]> CellsAsync(LedgerRow row, CancellationToken cancellation)
    {
        if (!_names.TryGetValue(row.Contact, out var name))
        {
            _names[row.Contact] = name = await desk.NameAsync(row.Contact, cancellation);
        }
        return [wording.Show(row.At), name, row.Journey ?? "", row.Step ?? ""];
    }

    private void Say(string[] cells, LedgerRow row)
    {
        var fact = FactRows.FactOf(row);
        Say(cells, fact is null ? row.Kind : FactSentence.Of(fact, wording));
        foreach (var value in fact is null || fact.Looked.IsDefaultOrEmpty ? [] : fact.Looked)
        {
            Say(["", "", "", ""], $"  {LookedSentence.Of(value, wording)}");
        }
    }

    private void Say(string[] cells, string last)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            line.Append(cells[i].PadRight(_widths[i] + 2));
        }
        terminal.Say(line.Append(last).ToString());
    }

    // Connectors and callers bring reasons of their own, so an unknown one is no error; but it may be a slip of the pen.
    private static string Nothing(string? reason) => reason is null || Reasons.All.Contains(reason, StringComparer.Ordinal)
        ? "No facts match."
        : $"No facts match, and '{reason}' is no reason that the engine itself gives: those are {string.Join(", ", Reasons.All.Order(StringComparer.Ordinal))}.";
}
