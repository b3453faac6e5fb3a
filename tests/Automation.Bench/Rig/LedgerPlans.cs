using System.Text;
using Automation.Bench.Workloads;
using Automation.Storage.Postgres;
using Automation.Storage.Sqlite;

namespace Automation.Bench.Rig;

/// <summary>How a store goes about a question.</summary>
internal interface ILedgerPlans
{
    string Store { get; }

    /// <summary>Line by line, as the store tells it.</summary>
    Task<IReadOnlyList<string>> ExplainAsync(LedgerQuestion question);
}

/// <summary>By <c>EXPLAIN QUERY PLAN</c> of every statement that the question ran.</summary>
internal sealed class SqlitePlans(string databasePath) : ILedgerPlans
{
    public string Store => "SQLite";

    public Task<IReadOnlyList<string>> ExplainAsync(LedgerQuestion question)
    {
        using var reader = new StoreReader(SqliteDatabase.OpenReader(databasePath));
        if (question.Facts is { } facts)
        {
            FactSearch.Run(reader, facts(0));
        }
        if (question.Counts is { } counts)
        {
            TallyRows.Counts(reader, counts(0));
        }
        var lines = new List<string>();
        foreach (var text in reader.Database.Texts.ToList())
        {
            var plan = reader.Database.PrepareOnce("EXPLAIN QUERY PLAN " + text);
            while (plan.Step())
            {
                lines.Add(plan.Text(3));
            }
        }
        return Task.FromResult<IReadOnlyList<string>>(lines);
    }
}

/// <summary>By <c>EXPLAIN (ANALYZE, BUFFERS)</c>, which runs it.</summary>
internal sealed class PostgresPlans(PostgresDatabase database) : ILedgerPlans
{
    public string Store => "PostgreSQL";

    public async Task<IReadOnlyList<string>> ExplainAsync(LedgerQuestion question)
    {
        await using var connection = await database.Readers.OpenConnectionAsync();
        await using var command = question.Facts is { } facts
            ? PostgresFactSearch.Command(connection, facts(0)) : PostgresTallySearch.Command(connection, question.Counts!(0));
        command.CommandText = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + command.CommandText;
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }
        return lines;
    }
}

/// <summary>A page of Markdown with each question, how long it took, and its plan.</summary>
internal static class LedgerPlanPage
{
    public static async Task WriteAsync(string path, ILedgerPlans plans, int facts, IReadOnlyDictionary<string, (double Median, double High)> times, IEnumerable<LedgerQuestion> questions)
    {
        var page = new StringBuilder();
        page.AppendLine(FormattableString.Invariant($"# Plans of questions to the ledger: {plans.Store}")).AppendLine();
        page.AppendLine(FormattableString.Invariant($"""
            Made by `LEDGER_PLANS={Path.GetFileName(path)} dotnet run -c Release --project tests/Automation.Bench -- ledger{(plans is PostgresPlans ? " --store postgres" : "")}`, over {facts:N0} facts
            and a fifth as many events. Of each question the median and the 99th percentile of up to a hundred times, and how the store goes about the first of them.
            What the questions are is in [performance](../performance.md#questions-to-the-ledger).
            """)).AppendLine();
        foreach (var question in questions)
        {
            var (median, high) = times[question.What];
            page.AppendLine(FormattableString.Invariant($"## {question.What}: {median:0.0} ms, {high:0.0} ms")).AppendLine().AppendLine("```");
            foreach (var line in await plans.ExplainAsync(question))
            {
                page.AppendLine(line);
            }
            page.AppendLine("```").AppendLine();
        }
        await File.WriteAllTextAsync(path, page.ToString().TrimEnd() + "\n");
    }
}
